using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Scoring;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Scripts;

/// <summary>Words for suggested steps. Each person reads and changes their own; nothing is ever sent from here.</summary>
public interface IScripts
{
    /// <summary>One's own draft for a step. Null where the step's contact may not be seen.</summary>
    /// <param name="take">An earlier take; null, or one that there is not: the present one.</param>
    Task<ScriptView?> OfAsync(Guid suggestionId, int? take, CancellationToken ct);

    /// <summary>
    /// Asks for words, or for another take of them, in the background; answers the draft's id. While one is being written, asking again changes nothing.
    /// Errors: not_found, forbidden, script.off (switched off in one's settings), script.closed (the step is rejected or its reason gone).
    /// </summary>
    Task<Result<Guid>> AskAsync(Guid suggestionId, ScriptTone tone, CancellationToken ct);

    /// <summary>Keeps what the person made of it; null: as it was written. Errors: not_found, forbidden, conflict, script.text.long (5,000).</summary>
    /// <param name="version">As it was read.</param>
    Task<Result<Saved>> EditAsync(Guid draftId, int version, string? text, CancellationToken ct);
}

/// <summary>What a step's place for words shows.</summary>
/// <param name="IsOn">Whether the person lets words be written at all.</param>
/// <param name="MayAsk">Whether they may, for this contact and as the step stands.</param>
/// <param name="Draft">Null before anything was asked for.</param>
public sealed record ScriptView(bool IsOn, bool MayAsk, DraftView? Draft);

/// <param name="State">Of the take that is shown.</param>
/// <param name="ErrorCode">Why it failed, in words of the resources; only when failed.</param>
/// <param name="Take">The one that is shown, of <paramref name="Takes"/>.</param>
/// <param name="Text">As the analyst wrote it, so far, ready to be pasted.</param>
/// <param name="Edited">What the person made of it; null where nothing.</param>
/// <param name="HasStyle">False: not enough evidence for a style of the contact's; neutral words.</param>
/// <param name="Note">Why the rules stood in for the model; null where nobody stood in.</param>
/// <param name="Dropped">Sentences that were not shown because they did not hold.</param>
public sealed record DraftView(Guid Id, int Version, AnalysisState State, string? ErrorCode, ScriptCategory Category, InteractionType Channel, ScriptTone Tone, string Language, int Take, int Takes, DateTime AskedAt,
    IReadOnlyList<ShownSentence> Sentences, string Text, string? Edited, bool HasStyle, string? Analyst, string? AnalystVersion, string? Note, int Dropped, Guid? AiRunId, bool? RatedUseful);

/// <param name="Source">The words it rests on; null where it rests on the step itself.</param>
public sealed record ShownSentence(ScriptPart Part, string Text, CitedQuote? Source);
