using System.Text;
using System.Text.RegularExpressions;
using CrmAi.Infrastructure.Conversations;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>
/// How fields that were read compare with those printed: case, blanks and punctuation do not count; numbers are their digits without China's country code;
/// addresses may differ in 5 % of their characters. Invented is a value for a field that the card lacks.
/// </summary>
public sealed partial class CardMeasures
{
    private readonly Dictionary<(string Field, string Capture), LabelCount> counts = [];
    private readonly HashSet<string> captures = [];

    public int Cards { get; private set; }

    public int Said { get; private set; }

    public int Invented { get; private set; }

    /// <summary>Right and wrong values among those marked doubtful, and among the others.</summary>
    public (int DoubtfulRight, int DoubtfulWrong, int SureRight, int SureWrong) Marks { get; private set; }

    public IEnumerable<string> Captures => captures.OrderBy(c => Array.IndexOf(["clean", "photo", "hard"], c) is >= 0 and var at ? at : 9).ThenBy(c => c);

    /// <param name="capture">Null for all.</param>
    public LabelCount this[string field, string? capture] => counts.GetValueOrDefault((field, capture ?? ""), new(0, 0, 0));

    /// <param name="doubtful">Names of fields that the reader marked so.</param>
    public void Add(CardCase card, IReadOnlyDictionary<string, string> said, IReadOnlySet<string> doubtful)
    {
        Cards++;
        captures.Add(card.Capture);
        foreach (var (_, field) in CardCases.Fields)
        {
            var (truth, value) = (card.Fields.GetValueOrDefault(field), said.GetValueOrDefault(field));
            if (truth is null && value is null) continue;
            var right = truth is not null && value is not null && Same(field, truth, value);
            var count = new LabelCount(right ? 1 : 0, value is not null && !right ? 1 : 0, truth is not null && !right ? 1 : 0);
            counts[(field, "")] = this[field, null] + count;
            counts[(field, card.Capture)] = this[field, card.Capture] + count;
            if (value is null) continue;
            Said++;
            if (truth is null) Invented++;
            var m = Marks;
            Marks = (doubtful.Contains(field), right) switch
            {
                (true, true) => m with { DoubtfulRight = m.DoubtfulRight + 1 },
                (true, false) => m with { DoubtfulWrong = m.DoubtfulWrong + 1 },
                (false, true) => m with { SureRight = m.SureRight + 1 },
                _ => m with { SureWrong = m.SureWrong + 1 },
            };
        }
    }

    /// <summary>Mean F1 over the main fields that occur.</summary>
    public double MacroF1(string? capture = null) =>
        CardCases.Fields.Take(CardCases.MainFields).Where(f => counts.ContainsKey((f.Name, capture ?? ""))).Select(f => this[f.Name, capture].F1 ?? 0).DefaultIfEmpty(0).Average();

    public double InventedShare => (double)Invented / Math.Max(1, Said);

    public static bool Same(string field, string truth, string said)
    {
        var (a, b) = (Plain(field, truth), Plain(field, said));
        return field.StartsWith("address", StringComparison.Ordinal) ? TextDistance.Of(a, b) <= 0.05 * a.Length : a == b;
    }

    private static string Plain(string field, string value)
    {
        var text = value.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Trim();
        switch (field)
        {
            case "mobile" or "tel":
                var digits = NoDigits().Replace(Extensions().Replace(text, "x"), "");
                return Country().Replace(digits, "").TrimStart('0');
            case "website":
                return Blanks().Replace(Protocol().Replace(text, "").TrimEnd('/'), "");
            case "email" or "wechat":
                return Blanks().Replace(text, "");
            default:
                return Marking().Replace(text, "");
        }
    }

    [GeneratedRegex(@"(转|ext\.?|x)\s*")]
    private static partial Regex Extensions();

    [GeneratedRegex(@"[^\dx]")]
    private static partial Regex NoDigits();

    [GeneratedRegex(@"^(00)?86(?=\d{7,})")]
    private static partial Regex Country();

    [GeneratedRegex(@"^(https?://)?(www\.)?")]
    private static partial Regex Protocol();

    [GeneratedRegex(@"\s")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[\s\W_]")]
    private static partial Regex Marking();
}
