using System.Text.RegularExpressions;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Scripts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;

namespace CrmAi.Infrastructure.Scripts;

/// <summary>
/// Lets through only what the cited words, the step and the contact's own record support; applies to every analyst alike, before anything is shown. It would rather lose a good sentence
/// than show one that says what nobody said: addresses, figures, days, names, concessions and facts need words that hold them, and those must be of the person whose word counts.
/// </summary>
internal sealed class ScriptCheck(ScriptInput input, ISpokenDates dates)
{
    /// <summary>Characters of a sentence, and of the subject of a mail.</summary>
    public const int MostOfOne = 320, MostOfSubject = 90;

    private const int MostOfOneInChinese = 120, CopiedOrder = 10;

    private readonly Dictionary<Guid, ScriptTalk> talks = input.Talks.ToDictionary(t => t.InteractionId);
    private readonly ScriptNames names = new(input);
    private readonly Dictionary<Guid, ParsedChat> parsed = [];

    public bool Holds(WrittenSentence sentence)
    {
        var text = sentence.Text;
        if (string.IsNullOrWhiteSpace(text) || text != text.Trim() || text.Length > (sentence.Part == ScriptPart.Subject ? MostOfSubject : input.Language == "zh" ? MostOfOneInChinese : MostOfOne)) return false;
        if (ScriptGuards.HasHidden(text)) return false;
        var quote = "";
        if (sentence.Evidence is { } place)
        {
            if (!talks.TryGetValue(place.InteractionId, out var talk) || place.QuoteIn(talk.Text) is not { } words || string.IsNullOrWhiteSpace(words) || IsOrder(place, talk)) return false;
            quote = words;
        }
        var (folded, source) = (ScriptGuards.Fold(text), ScriptGuards.Fold(quote));
        // An address is looked for in the whole sentence, also where it is a quotation.
        if (ScriptGuards.Leftover().IsMatch(folded) || LeadsElsewhere(text, folded) || ScriptGuards.Machine().IsMatch(folded) || CopiesAnOrder(folded)) return false;
        var own = WithoutQuotation(folded, source);
        var isOurs = IsOurs(sentence.Evidence);
        // What the other said is quoted, never said as one's own: an order that nobody noticed is such a text.
        if (!Supported(own, source, isOurs) || (!isOurs && ScriptGuards.Repeats(own, source))) return false;
        if (sentence.Evidence is null ? ScriptGuards.Attribution().IsMatch(own) || ScriptGuards.Product().IsMatch(own) : !Overlap.Between(folded, source)) return false;
        return DaysHold(text, own, sentence.Evidence) && names.Hold(text, quote, input.Language);
    }

    // Other than their own number, for who may read it.
    private bool LeadsElsewhere(string text, string folded)
    {
        foreach (var channel in input.OwnChannels.Where(c => c.Length > 5))
        {
            text = text.Replace(channel, " ", StringComparison.OrdinalIgnoreCase);
            folded = folded.Replace(ScriptGuards.Fold(channel), " ", StringComparison.Ordinal);
        }
        return PlaceholderPatterns.HoldsAddress(text) || PlaceholderPatterns.HoldsAddress(folded) || ScriptGuards.Elsewhere().IsMatch(folded);
    }

    // To repeat what somebody said is no promise, as long as nothing is said to it.
    private static string WithoutQuotation(string folded, string source)
    {
        var rest = ScriptGuards.Quoted().Replace(folded, m => ScriptGuards.Compact(source).Contains(ScriptGuards.Compact(m.Groups[1].Value), StringComparison.Ordinal) ? "“”" : m.Value);
        return rest != folded && ScriptGuards.Attribution().IsMatch(rest) && !ScriptGuards.Assent().IsMatch(rest) ? rest : folded;
    }

    private static bool Supported(string own, string source, bool isOurs)
    {
        foreach (Match figure in ScriptGuards.Figure().Matches(WithoutDays(own)))
        {
            if (!Figures.Hold(figure.Value, source)) return false;
        }
        // What costs how much, and what is conceded, is for us to say.
        var amounts = ScriptGuards.Concession().IsMatch(own) || (Money(own) && !(Budget(own) && Budget(source)));
        if (amounts && (!isOurs || !ScriptGuards.Concession().Matches(own).All(m => source.Contains(m.Value, StringComparison.Ordinal)))) return false;
        if (!isOurs && ScriptGuards.Boast().IsMatch(own)) return false;
        return ScriptGuards.Fact().Matches(own).All(m => source.Contains(m.Value, StringComparison.Ordinal));
    }

    private static bool Money(string text) => Regex.IsMatch(text, @"\d ?(?:元|块|万|亿|k\b|rmb|cny|usd|yuan|dollars?|euros?)|[¥$€£]|[一二两三四五六七八九十百千]+[万亿]", RegexOptions.CultureInvariant);

    private static bool Budget(string text) => text.Contains("预算", StringComparison.Ordinal) || text.Contains("budget", StringComparison.Ordinal);

    private static string WithoutDays(string text) => ScriptDays.Written().Replace(text, " ");

    private bool DaysHold(string text, string own, Evidence? place) =>
        new ScriptDays(input, dates).Hold(own.Length < text.Length ? own : text, place is { } at && talks.TryGetValue(at.InteractionId, out var talk) ? (at.QuoteIn(talk.Text) ?? "", DateOnly.FromDateTime(talk.At.DateTime)) : null);

    private bool IsOurs(Evidence? place)
    {
        if (place is not { } at || !talks.TryGetValue(at.InteractionId, out var talk)) return false;
        if (!parsed.TryGetValue(talk.InteractionId, out var chat)) parsed[talk.InteractionId] = chat = ChatParser.Parse(talk.Text, ChatContext.At(talk.At) with { RepNames = [input.From], ContactNames = [input.To] });
        var turns = chat.Turns.Where(t => t.Start < at.Start + at.Length && at.Start < t.Start + t.Length).ToList();
        return turns.Count > 0 ? turns.TrueForAll(t => t.Side == ChatSide.Us && t.Part == ChatPart.Said) : talk.Direction == InteractionDirection.Outbound && chat.Speakers.Count == 0;
    }

    private static bool IsOrder(Evidence place, ScriptTalk talk) => Orders(talk).Any(o => o.Start < place.Start + place.Length && place.Start < o.Start + o.Length);

    private static IEnumerable<Evidence> Orders(ScriptTalk talk) => talk.Findings.Where(f => f.Kind == FindingKind.Injection).Select(f => f.Evidence);

    private bool CopiesAnOrder(string folded)
    {
        var said = ScriptGuards.Compact(folded);
        return talks.Values.SelectMany(t => Orders(t).Select(o => o.QuoteIn(t.Text))).OfType<string>().Select(o => ScriptGuards.Compact(ScriptGuards.Fold(o))).Any(order =>
            Enumerable.Range(0, Math.Max(0, order.Length - CopiedOrder + 1)).Any(at => said.Contains(order.AsSpan(at, CopiedOrder), StringComparison.Ordinal)));
    }

    private static class Figures
    {
        /// <summary>The same, as a whole number of its own, or the same value in other words.</summary>
        public static bool Hold(string figure, string source)
        {
            for (var at = source.IndexOf(figure, StringComparison.Ordinal); at >= 0; at = source.IndexOf(figure, at + 1, StringComparison.Ordinal))
            {
                if ((at == 0 || !IsPart(source[at - 1], figure[0])) && (at + figure.Length == source.Length || !IsPart(source[at + figure.Length], figure[^1]))) return true;
            }
            var values = Conversations.Rules.Amounts.ValuesIn(figure).ToList();
            return values.Count > 0 && values.TrueForAll(v => v >= 10 && AiRuns.Figures.Support(source, v));
        }

        private static bool IsPart(char beside, char edge) => (char.IsDigit(beside) && char.IsDigit(edge)) || (char.IsAsciiLetter(beside) && char.IsAsciiLetter(edge)) || (Numerals.Contains(beside) && Numerals.Contains(edge));

        private const string Numerals = "零〇一二两三四五六七八九十百千万亿";
    }
}
