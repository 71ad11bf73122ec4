using System.Globalization;
using System.Text;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.NextActions;

namespace CrmAi.Domain.Scripts;

/// <summary>How the sentences of a draft stand together, and what each channel wants.</summary>
public static class ScriptLayout
{
    /// <summary>Said rather than written: an opening, and questions one by one.</summary>
    public static bool IsSpoken(InteractionType channel) => channel is InteractionType.Call or InteractionType.Meeting or InteractionType.Demo or InteractionType.Event or InteractionType.Proposal or InteractionType.Other;

    /// <summary>What a step's words are for.</summary>
    public static ScriptCategory CategoryOf(ActionReason reason, NextActionKind kind) => (reason, kind) switch
    {
        (ActionReason.ObjectionOpen, _) => ScriptCategory.Objection,
        (ActionReason.ContractReady, _) => ScriptCategory.Closing,
        (ActionReason.QuoteAsked or ActionReason.MaterialsAsked, _) => ScriptCategory.Presentation,
        (ActionReason.DeciderNotMet or ActionReason.AppointmentAhead, _) => ScriptCategory.Discovery,
        (ActionReason.GoneQuiet, NextActionKind.Nurture) => ScriptCategory.Opening,
        _ => ScriptCategory.FollowUp,
    };

    /// <summary>
    /// As one would paste it. Written: a paragraph, a mail with its subject on a line before the rest and its parts apart. Spoken: the opening, then the questions, numbered, one to a line.
    /// </summary>
    public static string Text(InteractionType channel, string language, IEnumerable<(ScriptPart Part, string Text)> sentences)
    {
        var (text, before, number) = (new StringBuilder(), (ScriptPart?)null, 0);
        foreach (var (part, sentence) in sentences)
        {
            if (before is { } last) text.Append(Between(channel, language, last, part));
            if (IsSpoken(channel) && part == ScriptPart.Question) text.Append(CultureInfo.InvariantCulture, $"{++number}{(language == "zh" ? "、" : ". ")}");
            text.Append(sentence);
            before = part;
        }
        return text.ToString();
    }

    /// <summary>Whether a new line begins between them.</summary>
    public static bool Breaks(InteractionType channel, ScriptPart last, ScriptPart part)
    {
        if (IsSpoken(channel)) return part == ScriptPart.Question || (last == ScriptPart.Question && part != last);
        return channel == InteractionType.Email && (last == ScriptPart.Closing || !(last == part || (last, part) is (ScriptPart.Body, ScriptPart.Question) or (ScriptPart.Question, ScriptPart.Body)));
    }

    private static string Between(InteractionType channel, string language, ScriptPart last, ScriptPart part)
    {
        if (!Breaks(channel, last, part)) return language == "zh" ? "" : " ";
        return channel == InteractionType.Email && last != ScriptPart.Closing ? "\n\n" : "\n";
    }
}
