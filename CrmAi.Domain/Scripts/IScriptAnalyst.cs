using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Scripts;

/// <summary>What an analyst may know who writes the words for a step. What people wrote is data.</summary>
/// <param name="To">The contact's name, and in English where there is one.</param>
/// <param name="From">Who will say it.</param>
/// <param name="Language">"zh" or "en".</param>
/// <param name="Take">From 1: another take is put in other words, the same take of the same input in the same.</param>
/// <param name="AsOf">Now, with the offset of the person who will say it.</param>
/// <param name="Talks">Oldest first; only such as everybody who sees the contact may see.</param>
public sealed record ScriptInput(Guid ContactId, ScriptStep Step, string To, string? ToInEnglish, string From, InteractionType Channel, ScriptTone Tone, string Language, int Take, DateTimeOffset AsOf,
    ScriptStyle Style, string? Title, string? Industry, IReadOnlyList<ScriptTalk> Talks)
{
    /// <summary>Names to take out of the texts before they leave.</summary>
    public IReadOnlyList<KnownName> Names { get; init; } = [];

    /// <summary>The contact's own numbers and addresses, as far as the person who will say it may read them.</summary>
    public IReadOnlyList<string> OwnChannels { get; init; } = [];
}

/// <param name="Evidence">The sentence it rests on; null where a field says it.</param>
/// <param name="DueOn">Local date by when.</param>
/// <param name="Appointment">When the agreed talk is that it prepares; null without one.</param>
public sealed record ScriptStep(ActionReason Reason, NextActionKind Kind, string? Value, Evidence? Evidence, DateOnly DueOn, DateTimeOffset? Appointment);

/// <param name="At">With the offset of the person who will say it.</param>
public sealed record ScriptTalk(Guid InteractionId, InteractionType Type, InteractionDirection Direction, DateTimeOffset At, string Text, IReadOnlyList<Finding> Findings);

/// <summary>How somebody wants to be spoken to, as far as it is known: from three conversations on, at a confidence of 0.5. All null: not enough evidence.</summary>
public sealed record ScriptStyle(DiscType? Disc, CommunicationStyle? Communication, Formality? Formality)
{
    public static readonly ScriptStyle Unknown = new(null, null, null);

    public bool IsKnown => Disc is not null || Communication is not null;

    /// <summary>Null for a profile that does not carry it, or none.</summary>
    public static ScriptStyle Of(ProfileView? profile)
    {
        if (profile is null || profile.Conversations < ContactInsight.EnoughConversations) return Unknown;
        return new(Value<DiscType>(ProfileKeys.Disc), Value<CommunicationStyle>(ProfileKeys.Style), Value<Formality>(ProfileKeys.Formality));

        T? Value<T>(string key) where T : struct, Enum =>
            profile.One(key) is { Claim: { Value: { } code, Confidence: var sure } } said && (said.Correction?.IsRejection ?? sure < ContactInsight.EnoughConfidence) is false && Enum.TryParse<T>(code, out var value) ? value : null;
    }

    /// <summary>The type whose manner fits: DISC first, then the style of communication.</summary>
    public DiscType? Manner => Disc ?? Communication switch
    {
        CommunicationStyle.Direct => DiscType.D,
        CommunicationStyle.Expressive => DiscType.I,
        CommunicationStyle.Diplomatic => DiscType.S,
        CommunicationStyle.Analytical => DiscType.C,
        _ => null,
    };
}

/// <summary>A sentence with what it rests on.</summary>
/// <param name="Evidence">Words of a conversation of the input; null where it rests on the step and the record alone.</param>
public sealed record WrittenSentence(ScriptPart Part, string Text, Evidence? Evidence);

/// <summary>A sentence that has just been written.</summary>
/// <param name="Attempt">A higher one than before throws away what came before.</param>
public sealed record ArrivedSentence(int Attempt, WrittenSentence Sentence);

/// <summary>Writes the words for a step, sentence by sentence. Safe for many threads.</summary>
public interface IScriptAnalyst
{
    /// <summary>Who would be asked at present, short and stable, shown as a chip: "rules", or a model's name.</summary>
    string Name { get; }

    /// <summary>Changes whenever the same input may give another result.</summary>
    string Version { get; }

    /// <param name="userId">On whose behalf: a model's answer is in their budget, its instructions in their language.</param>
    /// <param name="arrived">Called for each sentence as soon as it is complete, in their order. It is not yet checked.</param>
    Task<AnalystMark> WriteAsync(ScriptInput input, Guid userId, Func<ArrivedSentence, ValueTask> arrived, CancellationToken ct);
}
