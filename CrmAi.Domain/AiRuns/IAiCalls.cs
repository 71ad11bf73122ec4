using CrmAi.Domain.Shared;

namespace CrmAi.Domain.AiRuns;

/// <summary>What was asked of models and paid for it. Seen by the same people as runs.</summary>
public interface IAiCalls
{
    /// <summary>The latest call first. <paramref name="take"/> from 1 to <see cref="IAiRuns.MaxTake"/>. Errors: forbidden, cursor.unknown.</summary>
    Task<Result<Page<AiCallRow>>> PageAsync(AiCallQuery query, string? after, int take, CancellationToken ct);
}

/// <summary>Which calls; null is any.</summary>
public sealed record AiCallQuery(AiRunType? Task = null, string? Model = null, Guid? UserId = null, Guid? ContactId = null, AiCallOutcome? Outcome = null, DateTime? From = null, DateTime? To = null);

/// <param name="IsKept">Its answer is given again to the same question, without paying again.</param>
public sealed record AiCallRow(Guid Id, DateTime At, AiRunType Task, string Model, string PromptVersion, RunPerson Person, RunContact? Contact, Guid? Conversation,
    int InputTokens, int OutputTokens, long CostMicros, int Milliseconds, AiCallOutcome Outcome, bool IsKept, string? ErrorCode)
{
    /// <summary>An administrator tried a prompt.</summary>
    public bool IsPreview { get; init; }
}
