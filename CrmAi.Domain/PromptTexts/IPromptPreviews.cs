using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.PromptTexts;

/// <summary>Trials of a text on real contacts, for administrators. Paid like any other call and marked in the ledger; nothing of it becomes the contact's.</summary>
public interface IPromptPreviews
{
    /// <summary>The contact's latest conversations, at most 30. Errors: forbidden, not_found.</summary>
    Task<Result<IReadOnlyList<PreviewTalk>>> TalksAsync(Guid contactId, CancellationToken ct);

    /// <summary>
    /// Has both texts tried in the background and answers the trial's id; it takes the place of the same administrator's former one. Errors: forbidden, not_found, those of <see cref="PromptRules"/> about
    /// parts, prompt.address, prompt.model.none (no model is configured), prompt.preview.none (no trial for this task), prompt.talk.empty (this task is about one conversation).
    /// </summary>
    Task<Result<Guid>> StartAsync(string task, string language, PreviewOrder order, CancellationToken ct);

    /// <summary>One's own. Errors: forbidden, not_found, also where the contact may no longer be seen.</summary>
    Task<Result<PreviewView>> GetAsync(Guid id, CancellationToken ct);
}

/// <param name="InteractionId">For a task about one conversation.</param>
public sealed record PreviewOrder(IReadOnlyList<string> Parts, Guid ContactId, Guid? InteractionId);

public sealed record PreviewTalk(Guid Id, InteractionType Type, DateTime At, string Opening);

/// <param name="ErrorCode">Why there is no result at all; null while it is under way, and where there is one.</param>
/// <param name="Published">Null until it is there.</param>
public sealed record PreviewView(Guid Id, string? ErrorCode, PreviewSide? Published, PreviewSide? Edited)
{
    public bool IsDone => Published is not null && Edited is not null;
}

/// <summary>What one text brought.</summary>
/// <param name="Name">As the ledger names the prompt.</param>
/// <param name="Claims">Those that hold: what the check drops is counted.</param>
/// <param name="CostMicros">Millionths of a yuan; 0 where the same was asked before.</param>
/// <param name="ErrorCode">Why the model gave none.</param>
public sealed record PreviewSide(string Name, IReadOnlyList<PreviewClaim> Claims, int Dropped, int? InputTokens, int? OutputTokens, long? CostMicros, string? ErrorCode);

/// <param name="Key">A kind of finding, or a profile's key.</param>
public sealed record PreviewClaim(string Key, string? Value, string? Quote, double Confidence)
{
    /// <summary>The same thing said of the same words, however sure.</summary>
    public bool Says(PreviewClaim other) => (Key, Value, Quote) == (other.Key, other.Value, other.Quote);
}
