using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.NextActions;

/// <summary>Why something is suggested; pages put it into words with the suggestion's values.</summary>
public enum ActionReason
{
    ComplaintOpen, QuoteAsked, ContractReady, PromiseDue, FollowUpDue, ObjectionOpen, SignalUnanswered, MaterialsAsked, AppointmentAhead, DeciderNotMet, GoneQuiet,
}

public enum SuggestionState { Open, Accepted, Snoozed, Rejected, Expired }

public enum RejectReason { NotRelevant, WrongTiming, AlreadyDone, Other }

/// <summary>A step that is suggested for a contact, and what a person decided about it. The same reason suggests once; where it is gone, the suggestion expires.</summary>
public sealed class SuggestedAction : IVersioned
{
    /// <summary>Open ones of one contact at a time, and characters.</summary>
    public const int MaxOpen = 3, MaxKey = 80, MaxNote = 300;

    public Guid Id { get; init; } = Ids.Next();
    public Guid ContactId { get; init; }

    /// <summary>Whose it is to do: the contact's owner.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>The reason with what it arose from: equal for the same suggestion.</summary>
    public required string Key { get; init; }
    public NextActionKind Kind { get; set; }
    public ActionReason Reason { get; init; }

    /// <summary>What the words need: days, a date, a name.</summary>
    public string? Value { get; set; }

    /// <summary>The sentence it rests on; none for what a field says.</summary>
    public Guid? InteractionId { get; set; }
    public int Start { get; set; }
    public int Length { get; set; }

    /// <summary>The beginning of the cited text's SHA-256.</summary>
    public string? Text { get; set; }

    /// <summary>Minor units of <see cref="Currency"/>; null where the record names no deal value.</summary>
    public long? ExpectedMinor { get; set; }
    public required string Currency { get; set; }

    /// <summary>What it is ranked by: see <see cref="ActionWorth"/>.</summary>
    public double Odds { get; set; }
    public double Lift { get; set; }
    public double Urgency { get; set; }
    public int Intent { get; set; }

    /// <summary>UTC.</summary>
    public DateTime BestAt { get; set; }

    /// <summary>The hour is one at which they have answered before.</summary>
    public bool TimeIsLearnt { get; set; }
    public InteractionType Channel { get; set; }

    /// <summary>Local date by when.</summary>
    public DateOnly DueOn { get; set; }

    public SuggestionState State { get; set; }
    public DateTime? SnoozedUntil { get; set; }
    public Guid? DecidedBy { get; set; }
    public DateTime? DecidedAt { get; set; }
    public RejectReason? RejectReason { get; set; }
    public string? RejectNote { get; set; }

    /// <summary>Names the present decision to what comes of it, so that accepting twice makes one task; another after it was taken back.</summary>
    public Guid Ticket { get; set; } = Ids.Next();
    public Guid? TaskId { get; set; }
    public Guid? AppointmentId { get; set; }
    public DateTime CreatedAt { get; init; }
    public int Version { get; set; }

    public Evidence? Evidence => InteractionId is { } id ? new(id, Start, Length) : null;

    /// <summary>Waits for a decision now.</summary>
    public bool IsOpen(DateTime now) => State == SuggestionState.Open || (State == SuggestionState.Snoozed && SnoozedUntil <= now);
}
