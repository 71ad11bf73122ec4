using CrmAi.Domain.Shared;

namespace CrmAi.Domain.History;

/// <summary>What happened to records, and taking it back.</summary>
public interface IHistory
{
    /// <summary>Days for which a change can be taken back.</summary>
    const int UndoDays = 30;

    /// <summary>
    /// Changes of one record with those of its tags, shares, photos and of its profile, as people corrected it, newest first, at most 200. Names stand for the records a field points to; what tells a
    /// reader nothing is left out. Empty where the record may not be seen.
    /// </summary>
    Task<IReadOnlyList<HistoryEntry>> OfAsync(string recordType, Guid recordId, CancellationToken ct);

    /// <summary>
    /// Takes a command back: what it made is deleted, what it deleted returns, fields get their former values, and only
    /// where nobody changed them since. Errors: not_found, forbidden, undo.late, undo.done, undo.changed (later edits stand against it), undo.card (the card's picture was sent again),
    /// undo.bulk (a batch of long work, which is taken back as a whole).
    /// </summary>
    Task<Result<Guid>> UndoAsync(Guid changeSetId, CancellationToken ct);

    /// <summary>Recomputes the chain from its beginning. Administrators only.</summary>
    Task<Result<ChainCheck>> VerifyAsync(CancellationToken ct);
}

public sealed record HistoryEntry(Guid ChangeSetId, DateTime At, string Who, ChangeOrigin Origin, string Command, ChangeKind Kind, bool Undone, bool Undoable, IReadOnlyList<FieldChange> Fields);

/// <param name="Field">As the edit record names it; Tags, Shares (whom), Photos (kinds); "Custom." and the type for an administrator's own field.</param>
public sealed record FieldChange(string Field, string? Before, string? After)
{
    /// <summary>A correction of a contact's profile: what holds instead, why, or that a statement is wrong and nothing takes its place ("true").</summary>
    public const string Profile = "Profile", ProfileNote = "ProfileNote", ProfileWrong = "ProfileWrong";

    /// <summary>The name of an administrator's own field, or of whom it is about; of a correction the statement's identity.</summary>
    public string? Label { get; init; }
}

/// <param name="BrokenAt">Number of the first seal that does not hold, null where all do.</param>
public sealed record ChainCheck(long Seals, long ChangeSets, long? BrokenAt);
