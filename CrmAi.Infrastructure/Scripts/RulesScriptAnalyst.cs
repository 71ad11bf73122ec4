using System.Globalization;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Scripts;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.Scripts;

/// <summary>
/// Writes the words for a step from phrase files: what the step rests on in the contact's own words, what one will do, what one asks, in the tone chosen and, where enough is known of the
/// person, in a manner that suits them. Offline; the same input and take give the same words.
/// </summary>
internal sealed class RulesScriptAnalyst(ISpokenDates dates, string? folder = null) : IScriptAnalyst
{
    private const int Questions = 3, ShortInChinese = 30, Short = 80;

    private readonly Dictionary<string, ScriptPhrases> phrases = new() { ["zh"] = ScriptPhrases.Of("zh", folder), ["en"] = ScriptPhrases.Of("en", folder) };

    public string Name => "rules";

    public string Version => $"1-{phrases["zh"].Fingerprint}{phrases["en"].Fingerprint}";

    public async Task<AnalystMark> WriteAsync(ScriptInput input, Guid userId, Func<ArrivedSentence, ValueTask> arrived, CancellationToken ct)
    {
        foreach (var sentence in Sentences(input))
        {
            ct.ThrowIfCancellationRequested();
            await arrived(new(1, sentence));
        }
        return new(Name, Version);
    }

    private IEnumerable<WrittenSentence> Sentences(ScriptInput input)
    {
        var (words, spoken) = (new Wording(input, phrases[input.Language]), ScriptLayout.IsSpoken(input.Channel));
        var (reason, detail, tone) = (input.Step.Reason.ToString(), input.Step.Value, input.Tone.ToString());
        var check = new ScriptCheck(input, dates);
        if (input.Channel == InteractionType.Email && words.One("subject", reason) is { } subject) yield return new(ScriptPart.Subject, subject, null);
        if (words.One(spoken ? "hello" : "greeting", tone) is { } greeting) yield return new(ScriptPart.Greeting, greeting, null);
        if (Said(input, words, reason, detail, check) is { } said) yield return said;
        else if (words.One("plain", reason, detail) is { } plain) yield return new(ScriptPart.Body, plain, null);
        if (words.One("step", reason, detail) is { } step) yield return new(ScriptPart.Body, step, null);
        if (input.Style.Manner is { } manner && words.One("manner", manner.ToString()) is { } fitting) yield return new(ScriptPart.Body, fitting, null);
        if (spoken)
        {
            foreach (var question in words.Several("questions", reason, detail, Questions)) yield return new(ScriptPart.Question, question, null);
        }
        else if (words.One("ask", reason, detail) is { } ask) yield return new(ScriptPart.Question, ask, null);
        if (words.One(spoken ? "end" : "close", tone) is { } closing) yield return new(ScriptPart.Closing, closing, null);
        if (input.Channel == InteractionType.Email) yield return new(ScriptPart.Closing, input.From, null);
    }

    // In their own words, as far as those can be repeated; what cannot is left to wordings without.
    private static WrittenSentence? Said(ScriptInput input, Wording words, string reason, string? detail, ScriptCheck check)
    {
        if (input.Step.Evidence is not { } place || input.Talks.FirstOrDefault(t => t.InteractionId == place.InteractionId) is not { } talk || place.QuoteIn(talk.Text) is not { } quote) return null;
        if (Excerpt(quote, input.Language == "zh" && quote.Any(ScriptGuards.IsHan) ? ShortInChinese : Short) is not { } excerpt || words.One("said", reason, detail, excerpt) is not { } text) return null;
        var sentence = new WrittenSentence(ScriptPart.Body, text, place);
        return check.Holds(sentence) ? sentence : null;
    }

    /// <summary>The first clauses of a quote without who speaks; cut where the first alone is too long.</summary>
    private static string? Excerpt(string quote, int most)
    {
        var text = OneLine.Of(quote).Replace("“", "", StringComparison.Ordinal).Replace("”", "", StringComparison.Ordinal);
        var colon = text.AsSpan(0, Math.Min(text.Length, 24)).IndexOfAny(':', '：');
        if (colon > 0) text = text[(colon + 1)..].Trim();
        var end = 0;
        for (var i = 0; i < text.Length && i < most; i++)
        {
            if ("，。！？；、,.!?;".Contains(text[i], StringComparison.Ordinal) || i == text.Length - 1) end = i + ("，。！？；、,.!?;".Contains(text[i], StringComparison.Ordinal) ? 0 : 1);
        }
        if (end == 0) end = Math.Min(most, text.Length);
        if (end < text.Length && !text.Any(ScriptGuards.IsHan) && end == most) end = text.LastIndexOf(' ', end - 1) is > 0 and var blank ? blank : end;
        return end < 2 ? null : text[..end].Trim();
    }

    /// <summary>Wordings of one input, with their places filled.</summary>
    private sealed class Wording(ScriptInput input, ScriptPhrases phrases)
    {
        private readonly string seed = string.Create(CultureInfo.InvariantCulture, $"{input.ContactId:N}|{input.Step.Reason}|{input.Step.Evidence}");

        public string? One(string part, string about, string? detail = null, string? said = null) =>
            phrases.Find(part, about, detail) is { Count: > 0 } all ? Fill(all[ScriptPhrases.Start($"{seed}|{part}", input.Take, all.Count)], said) : null;

        public IEnumerable<string> Several(string part, string about, string? detail, int count)
        {
            var all = phrases.Find(part, about, detail);
            var start = ScriptPhrases.Start($"{seed}|{part}", input.Take, all.Count);
            return Enumerable.Range(0, Math.Min(count, all.Count)).Select(at => all[(start + at) % all.Count]).Order(new InFile(all)).Select(q => Fill(q, null));
        }

        private string Fill(string phrase, string? said) => phrase
            .Replace("{to}", To, StringComparison.Ordinal)
            .Replace("{me}", input.From, StringComparison.Ordinal)
            .Replace("{u}", input.Tone == ScriptTone.Casual ? "你" : "您", StringComparison.Ordinal)
            .Replace("{day}", Day, StringComparison.Ordinal)
            .Replace("{said}", said ?? "", StringComparison.Ordinal);

        private string To => input.Language == "zh" ? (input.Tone == ScriptTone.Formal ? Address.Of(input.To, input.Title) : input.To)
            : input.Tone == ScriptTone.Formal ? input.ToInEnglish ?? input.To : Address.First(input.ToInEnglish ?? input.To);

        private string Day
        {
            get
            {
                var day = input.Step.Appointment is { } at ? DateOnly.FromDateTime(at.DateTime) : input.Step.DueOn;
                return input.Language == "zh" ? string.Create(CultureInfo.InvariantCulture, $"{day.Month}月{day.Day}日") : day.ToString("d MMMM", CultureInfo.InvariantCulture);
            }
        }

        // From the open to the particular, as the file has them.
        private sealed class InFile(IReadOnlyList<string> all) : IComparer<string>
        {
            public int Compare(string? x, string? y) => Place(x).CompareTo(Place(y));

            private int Place(string? phrase) => all.TakeWhile(p => p != phrase).Count();
        }
    }
}
