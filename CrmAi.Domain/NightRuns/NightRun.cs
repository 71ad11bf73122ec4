using CrmAi.Domain.Shared;

namespace CrmAi.Domain.NightRuns;

/// <summary>Stopped: it ended before its last contact, for the reason in <see cref="NightRun.Reason"/>.</summary>
public enum NightRunState { Choosing, Running, Paused, Done, Stopped, Cancelled }

/// <summary>Why a run ended before its last contact: its time was over, its money spent.</summary>
public enum NightStop { Window, Budget }

/// <summary>
/// Why a contact is chosen: it was never looked at, something changed since the last look, another analyst or other instructions hold by now, conversations are to be read again, a follow-up is due, the last look is stale,
/// or, with nothing else, its scores are others for the days that passed.
/// </summary>
public enum NightReason { First, Changed, Analyst, Conversations, Due, Stale, Aged }

/// <summary>How many contacts were chosen for this before all other reasons.</summary>
public sealed record NightShare(NightReason Reason, int Contacts);

/// <summary>
/// One pass over the contacts whose analysis may have grown old. What is done of it stands in its <see cref="NightBatch"/> rows alone, so that no number is kept twice.
/// </summary>
public sealed class NightRun
{
    public Guid Id { get; init; } = Ids.Next();

    /// <summary>The local date of the evening's schedule it belongs to, at most one each; null where a person began it.</summary>
    public DateOnly? Night { get; init; }

    /// <summary>Who began it; null for the schedule.</summary>
    public Guid? StartedBy { get; init; }

    public NightRunState State { get; set; }
    public NightStop? Reason { get; set; }

    /// <summary>1 while it is choosing, running or paused, null afterwards: unique, so that there is one at a time.</summary>
    public int? Active { get; set; } = 1;

    /// <summary>No contact is begun after this.</summary>
    public DateTime EndsAt { get; set; }

    /// <summary>Millionths of a yuan that the run may cost; null without limit.</summary>
    public long? BudgetMicros { get; init; }

    /// <summary>Contacts chosen.</summary>
    public int Chosen { get; set; }

    /// <summary>The same by their first reason; those that are none are left out.</summary>
    public List<NightShare> Reasons { get; set; } = [];

    public DateTime CreatedAt { get; init; }
    public DateTime? FinishedAt { get; set; }

    /// <summary>Who chooses the contacts at present, and until when without a sign of life.</summary>
    public Guid? LeasedBy { get; set; }
    public DateTime? LeasedUntil { get; set; }
}

public enum NightBatchState { Waiting, Running, Done }

/// <summary>What is done with a batch's contacts: all of it, or only their scores brought to the day, which no model is asked for.</summary>
public enum NightWork { Profiles, Scores }

/// <summary>Some contacts of a run, done together: what they became and this row's state are one transaction.</summary>
public sealed class NightBatch
{
    public Guid NightRunId { get; init; }

    /// <summary>From 0, the most valuable contacts first.</summary>
    public int Number { get; init; }

    public required List<Guid> ContactIds { get; init; }
    public NightWork Work { get; init; }
    public NightBatchState State { get; set; }
    public Guid? LeasedBy { get; set; }
    public DateTime? LeasedUntil { get; set; }
    public int Attempts { get; set; }

    /// <summary>Contacts that got a new version.</summary>
    public int Renewed { get; set; }

    /// <summary>Contacts whose input was what it had been.</summary>
    public int Unchanged { get; set; }
    public int Failed { get; set; }

    /// <summary>Contacts whose scores alone were brought to the day.</summary>
    public int Rescored { get; set; }

    /// <summary>Conversations that were read again, and say so now.</summary>
    public int Reread { get; set; }

    /// <summary>Contacts not looked at because the budget ended within the batch.</summary>
    public int Left { get; set; }

    /// <summary>Answers that a model was paid for, and what they cost in millionths of a yuan.</summary>
    public int PaidCalls { get; set; }
    public long CostMicros { get; set; }

    /// <summary>Whose profile says something else now.</summary>
    public List<ContactChange> Changes { get; set; } = [];

    public int ReadMilliseconds { get; set; }
    public int AnalysisMilliseconds { get; set; }

    /// <summary>Of scores and suggested steps, their reading and writing included.</summary>
    public int ScoringMilliseconds { get; set; }
    public int WriteMilliseconds { get; set; }
    public DateTime? FinishedAt { get; set; }
}

/// <param name="Statements">How many statements came, went or changed.</param>
public sealed record ContactChange(Guid ContactId, int Statements);

/// <summary>A contact that a run could not analyse; the others go on.</summary>
public sealed class NightFailure
{
    public Guid NightRunId { get; init; }
    public Guid ContactId { get; init; }

    /// <summary>A code that pages put into words.</summary>
    public required string ErrorCode { get; init; }
}

/// <summary>When a contact was last looked at by night, and by which analyst: what has not changed since is not looked at again.</summary>
public sealed class ContactReview
{
    public Guid ContactId { get; init; }
    public DateTime ReviewedAt { get; init; }

    /// <summary>The analyst's name and version.</summary>
    public required string Maker { get; init; }

    /// <summary>Likewise of whoever read its conversations, where all that were to be read again were; null where some are left.</summary>
    public string? Reader { get; init; }
}
