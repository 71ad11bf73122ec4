using System.Text;
using System.Text.RegularExpressions;
using CrmAi.Domain.AiRuns;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>
/// Takes names, numbers and addresses out of the texts of one request and puts them back into its answer. Each written form has one placeholder
/// throughout the request; forms of one name share a number: ⟦人1⟧, ⟦人1.2⟧.
/// </summary>
internal sealed partial class Placeholders
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // The names of one request; null where there are none. What is the same for all requests is compiled once.
    private readonly Regex? own;
    private readonly List<KnownName> names;
    private readonly Dictionary<(string Kind, string Written), string> given = [];
    private readonly Dictionary<string, string> written = [];
    private readonly Dictionary<string, int> counts = [];
    private readonly Dictionary<int, (int Number, int Forms)> people = [];
    private readonly Dictionary<string, NameRole> roles = [];

    public Placeholders(IEnumerable<KnownName> known)
    {
        names = [.. known.Where(n => !string.IsNullOrWhiteSpace(n.Name)).OrderBy(n => n.Role).DistinctBy(n => n.Name.Trim())];
        // The longest form first: a company's name may hold a person's.
        var forms = names.SelectMany((n, index) => PlaceholderPatterns.FormsOf(n).Select(f => (f.Form, f.Pattern, index))).OrderByDescending(f => f.Form.Length).Select(f => $"(?<n{f.index}>{f.Pattern})").ToList();
        var surnames = names.Select(PlaceholderPatterns.SurnameOf).OfType<string>().ToList();
        if (surnames.Count > 0) forms.Add($"(?<surname>{PlaceholderPatterns.SurnamePattern(surnames)})");
        if (forms.Count > 0) own = new(string.Join('|', forms), RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit);
    }

    /// <summary>Who the placeholders in the texts so far stand for.</summary>
    public IReadOnlyDictionary<string, NameRole> Roles => roles;

    public MaskedText Mask(string text)
    {
        var (masked, pieces, last) = (new StringBuilder(text.Length), new List<MaskedText.Piece>(), 0);
        foreach (var match in Matches(text))
        {
            if (Placeholder(match) is not { } placeholder) continue;
            masked.Append(text, last, match.Index - last);
            pieces.Add(new(masked.Length, placeholder.Length, match.Index, match.Length));
            masked.Append(placeholder);
            last = match.Index + match.Length;
        }
        masked.Append(text, last, text.Length - last);
        return new(masked.ToString(), text.Length, pieces);
    }

    /// <summary>With what the placeholders stand for; null where one stands for nothing that was taken out.</summary>
    public string? Restore(string masked)
    {
        var known = Form().Matches(masked).All(m => written.ContainsKey(m.Value)) && Form().Replace(masked, "").IndexOfAny(['⟦', '⟧']) < 0;
        return known ? Form().Replace(masked, m => written[m.Value]) : null;
    }

    // As one pattern would find them that tries the fixed forms before the names: the leftmost, and of two at one place the fixed one; the next begins where it ends.
    private IEnumerable<Match> Matches(string text)
    {
        var (any, name) = (PlaceholderPatterns.FixedForms().Match(text), own?.Match(text) ?? Match.Empty);
        while (any.Success || name.Success)
        {
            var first = !name.Success || (any.Success && any.Index <= name.Index) ? any : name;
            yield return first;
            var end = first.Index + first.Length;
            if (any.Success && any.Index < end) any = PlaceholderPatterns.FixedForms().Match(text, end);
            if (name.Success && name.Index < end) name = own!.Match(text, end);
        }
    }

    private string? Placeholder(Match match)
    {
        var group = match.Groups.Values.Skip(1).First(g => g.Success).Name;
        if (group == "keep") return null;
        if (group[0] == 'n' && int.TryParse(group.AsSpan(1), out var index)) return OfName(index, match.Value);
        var kind = group switch
        {
            "sign" => "符",
            "mail" => "邮箱",
            "url" => "网址",
            "wechat" => "微信",
            "surname" => "姓",
            "phone" when match.Value.Count(char.IsDigit) is 0 or (>= 7 and <= 13) => "电话",
            _ => "号码",
        };
        if (given.TryGetValue((kind, match.Value), out var placeholder)) return placeholder;
        return Give((kind, match.Value), $"⟦{kind}{counts[kind] = counts.GetValueOrDefault(kind) + 1}⟧");
    }

    private string OfName(int index, string form)
    {
        var kind = names[index].Role switch { NameRole.Company => "机构", NameRole.Channel => "号码", _ => "人" };
        if (given.TryGetValue((kind, form), out var placeholder)) return placeholder;
        if (!people.TryGetValue(index, out var person)) person = (counts[kind] = counts.GetValueOrDefault(kind) + 1, 0);
        people[index] = person with { Forms = person.Forms + 1 };
        placeholder = Give((kind, form), person.Forms == 0 ? $"⟦{kind}{person.Number}⟧" : $"⟦{kind}{person.Number}.{person.Forms + 1}⟧");
        if (names[index].Role != NameRole.Channel) roles[placeholder] = names[index].Role;
        return placeholder;
    }

    private string Give((string Kind, string Written) key, string placeholder)
    {
        given[key] = placeholder;
        written[placeholder] = key.Written;
        return placeholder;
    }

    [GeneratedRegex(@"⟦(?:人|机构|姓|电话|邮箱|微信|号码|网址|符)\d+(?:\.\d+)?⟧", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
