using System.Text;
using CrmAi.Domain.Contacts;

namespace CrmAi.Domain.Imports;

/// <summary>What columns are called, in Chinese and English.</summary>
public static partial class ColumnWords
{
    private static readonly Dictionary<ImportKind, Dictionary<string, ImportTarget>> Tables = new()
    {
        [ImportKind.Contacts] = Table(Person, People, Left), [ImportKind.Accounts] = Table(Companies, Left), [ImportKind.Interactions] = Table(Conversations, Person, Left),
    };

    private static readonly HashSet<string> All = [.. Tables.Values.SelectMany(t => t.Keys)];

    /// <summary>Whether a cell reads like a column's name.</summary>
    public static bool Knows(string header) => header.Length is > 0 and <= 60 && (All.Contains(Key(header)) || NumberedColumn.Of(header) is not null);

    /// <summary>The target that a name means in files of a kind; null for none.</summary>
    public static ImportTarget? TargetOf(ImportKind kind, string header) => Tables[kind].TryGetValue(Key(header), out var target) ? target : null;

    /// <summary>The same for a name with something around it that we know: "客户手机号", "手机1". Null for none.</summary>
    public static ImportTarget? NearTargetOf(ImportKind kind, string header)
    {
        var key = Key(header);
        if (key.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') is { Length: > 0 } bare && bare != key && Tables[kind].TryGetValue(bare, out var numbered)) return numbered;
        // The longest known name at the end: what a column is stands last in either language.
        return key.Length is < 3 or > 30 ? null : Enumerable.Range(1, key.Length - 2).Select(i => key[i..]).Where(k => k.Length >= (ImportValues.IsHan(k[0]) ? 2 : 4)).Select(k => Tables[kind].TryGetValue(k, out var t) ? t : (ImportTarget?)null).FirstOrDefault(t => t is not null);
    }

    /// <summary>By which names are equal: folded, without signs and what stands in brackets.</summary>
    public static string Key(string text)
    {
        var key = new StringBuilder(text.Length);
        var depth = 0;
        foreach (var c in ContactKeys.Fold(text.Length > 200 ? text[..200] : text))
        {
            if (c is '(' or '[' or '【' or '<') depth++;
            else if (c is ')' or ']' or '】' or '>') depth = Math.Max(0, depth - 1);
            else if (depth == 0 && char.IsLetterOrDigit(c)) key.Append(c);
        }
        return key.ToString();
    }

    // Lines "Target: name, name"; of two lines with the same name the first counts.
    private static Dictionary<string, ImportTarget> Table(params ReadOnlySpan<string> texts)
    {
        var table = new Dictionary<string, ImportTarget>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var cut = line.IndexOf(':', StringComparison.Ordinal);
                var target = Enum.Parse<ImportTarget>(line[..cut]);
                foreach (var name in line[(cut + 1)..].Split(',')) table.TryAdd(Key(name), target);
                table.TryAdd(Key(line[..cut]), target);
            }
        }
        return table;
    }
}
