using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Scoring;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.NextActions;

/// <summary>Suggested steps, and what people decide about them. Whoever may note conversations with the contact may decide.</summary>
public interface INextActions
{
    /// <summary>Open ones and those decided today, the best first. Null where the contact may not be seen.</summary>
    Task<IReadOnlyList<SuggestionView>?> OfAsync(Guid contactId, CancellationToken ct);

    /// <summary>Makes a task or an appointment of it; twice is once. Errors: not_found, forbidden, suggestion.decided; those of tasks and interactions.</summary>
    Task<Result<Guid>> AcceptAsync(Guid id, Acceptance acceptance, CancellationToken ct);

    /// <summary>Until a moment ahead, at most 60 days. Errors: not_found, forbidden, suggestion.decided, suggestion.snooze.</summary>
    Task<Result> SnoozeAsync(Guid id, DateTime until, CancellationToken ct);

    /// <summary>Errors: not_found, forbidden, suggestion.decided, suggestion.note.long (300).</summary>
    Task<Result> RejectAsync(Guid id, RejectReason reason, string? note, CancellationToken ct);

    /// <summary>Open again; a task or appointment that came of it goes, unless it is done. Errors: not_found, forbidden, suggestion.open, suggestion.done.</summary>
    Task<Result> UndoAsync(Guid id, CancellationToken ct);
}

public enum AcceptAs { Task, Appointment }

/// <param name="Title">Of the task, or the appointment's subject.</param>
/// <param name="At">UTC.</param>
public sealed record Acceptance(AcceptAs As, string Title, DateTime At);

/// <param name="Quote">Null where a field says it, or the reader may not see it.</param>
/// <param name="MayDecide">Whether the reader may accept, snooze and reject.</param>
/// <param name="TaskId">What came of it.</param>
public sealed record SuggestionView(Guid Id, Guid ContactId, string Contact, string? Company, NextActionKind Kind, ActionReason Reason, string? Value, CitedQuote? Quote,
    long? ExpectedMinor, string Currency, int Intent, DateTime BestAt, bool TimeIsLearnt, InteractionType Channel, DateOnly DueOn, SuggestionState State,
    DateTime? SnoozedUntil, DateTime? DecidedAt, RejectReason? RejectReason, string? RejectNote, Guid? TaskId, Guid? AppointmentId, bool MayDecide)
{
    public bool IsOpen => State == SuggestionState.Open;
}
