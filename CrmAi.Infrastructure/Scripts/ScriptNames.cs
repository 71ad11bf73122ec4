using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Scripts;
using CrmAi.Infrastructure.AiRuns;

namespace CrmAi.Infrastructure.Scripts;

/// <summary>Whom a sentence may name: the contact, their company, the person who says it, and who stands in the cited words.</summary>
internal sealed class ScriptNames(ScriptInput input)
{
    // Of one's own trade, and of nobody's.
    private static readonly HashSet<string> Common =
        ["ai", "crm", "erp", "mes", "oa", "ppt", "pdf", "excel", "word", "ok", "poc", "demo", "roi", "api", "it", "hr", "app", "i", "i'm", "i'd", "i'll", "i've", "wechat", "english", "chinese"];

    private readonly string[] known = [.. Own(input).Select(ScriptGuards.Fold).Distinct()];

    public bool Hold(string text, string quote, string language)
    {
        var (folded, source) = (ScriptGuards.Fold(text), ScriptGuards.Fold(quote));
        bool IsKnown(string name) => source.Contains(name, StringComparison.Ordinal) || known.Any(k => k.Contains(name, StringComparison.Ordinal) || name.EndsWith(k, StringComparison.Ordinal));
        foreach (System.Text.RegularExpressions.Match titled in ScriptGuards.Titled().Matches(folded))
        {
            if (!Neutral.Any(n => titled.Value.EndsWith(n, StringComparison.Ordinal)) && !Tails(titled.Value).Any(IsKnown)) return false;
        }
        // Others of whom one knows that they are there.
        if (input.Names.Where(n => n.Role is NameRole.Other && n.Name.Length > 1).Select(n => ScriptGuards.Fold(n.Name)).Any(other => folded.Contains(other, StringComparison.Ordinal) && !source.Contains(other, StringComparison.Ordinal))) return false;
        return language == "zh"
            ? ScriptGuards.Latin().Matches(folded).All(w => Common.Contains(w.Value) || IsKnown(w.Value))
            : ScriptGuards.CapitalWithin().Matches(text).All(w => ScriptGuards.Fold(w.Value) is var word && (Common.Contains(word) || IsKnown(word) || IsCalendar(word)))
                && Runs(folded).All(IsKnown);
    }

    /// <summary>Who may be named without being cited.</summary>
    private static IEnumerable<string> Own(ScriptInput input)
    {
        foreach (var name in (string?[])[.. input.OwnChannels, input.To, input.ToInEnglish, input.From, Address.Of(input.To, input.Title), .. input.Names.Where(n => n.Role is NameRole.Customer or NameRole.Company).SelectMany(n => PlaceholderPatterns.FormsOf(n).Select(f => f.Form))])
        {
            if (!string.IsNullOrWhiteSpace(name)) yield return name;
        }
        if (input.Step is { Reason: Domain.NextActions.ActionReason.DeciderNotMet, Value: { } decider }) yield return decider;
        // 林总 for 林若溪
        if (Address.Surname(input.To) is { } surname) yield return surname;
        if (input.Title is { } title) yield return title;
    }

    // 贵公司, 您的经理, 哪位主任: whoever it is.
    private static readonly string[] Neutral = ["贵", "您", "你", "的", "位", "请", "和", "与", "给", "个", "们", "跟", "由", "让", "问", "向"];

    // The name ends where the title begins; what stands before it may be another word.
    private static IEnumerable<string> Tails(string run) => Enumerable.Range(0, run.Length).Select(at => run[at..]);

    private static bool IsCalendar(string word) => Enum.GetNames<DayOfWeek>().Any(d => d.Equals(word, StringComparison.OrdinalIgnoreCase)) || Array.Exists(System.Globalization.CultureInfo.InvariantCulture.DateTimeFormat.MonthNames, m => m.Equals(word, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Runs(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!ScriptGuards.IsHan(text[at])) continue;
            var end = at;
            while (end < text.Length && ScriptGuards.IsHan(text[end])) end++;
            yield return text[at..end];
            at = end;
        }
    }
}
