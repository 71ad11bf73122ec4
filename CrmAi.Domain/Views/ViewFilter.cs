namespace CrmAi.Domain.Views;

/// <summary>The list's part of an address: which names it may hold. The page that reads and writes addresses takes them from here.</summary>
public static class ViewFilter
{
    public const string Tab = "tab", Search = "q", Priority = "priority", Stage = "stage", Folder = "folder", Unfiled = "unfiled", Tag = "tag", Owner = "owner", Contacted = "contacted",
        Seniority = "seniority", Lifecycle = "lifecycle", Industry = "industry", Decade = "decade", Archived = "archived", Order = "order", Group = "group";

    /// <summary>Longer than any value of a list's address needs to be.</summary>
    public const int MaxValue = 200;

    public static IReadOnlyList<string> Names { get; } =
        [Tab, Search, Priority, Stage, Folder, Unfiled, Tag, Owner, Contacted, Seniority, Lifecycle, Industry, Decade, Archived, Order, Group];

    /// <summary>The pairs of an address's query, unescaped and in their order; null where that is no list's. Only <see cref="Tag"/> may stand there more than once.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>>? Parse(string filter)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var part in filter.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = part.IndexOf('=', StringComparison.Ordinal);
            if (cut < 0) return null;
            var (name, value) = (part[..cut], Uri.UnescapeDataString(part[(cut + 1)..].Replace('+', ' ')));
            if (!Names.Contains(name) || value.Length > MaxValue || (name != Tag && pairs.Exists(p => p.Key == name))) return null;
            if (name == Tag && !Guid.TryParse(value, out _)) return null;
            pairs.Add(new(name, value));
        }
        return pairs;
    }

    /// <summary>The same filter always written the same.</summary>
    public static string Write(IEnumerable<KeyValuePair<string, string>> pairs) => string.Join('&', pairs.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));
}
