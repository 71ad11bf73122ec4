using CrmAi.Domain.Shared;

namespace CrmAi.Domain.History;

/// <summary>What happened to records, and taking it back.</summary>
public interface IHistory
{
    /// <summary>Days for which a change can be taken back.</summary>
    const int UndoDays = 30;

    /// <summary>
    /// Changes of one record with those of its tags, shares, photos and of its profile, as people corrected it, of a card with what was corrected of its reading, newest first, at most 200. Names stand for the records a field points to; what tells a
    /// reader nothing is left out. Empty where the record may not be seen.
    /// </summary>
    Task<IReadOnlyList<HistoryEntry>> OfAsync(string recordType, Guid recordId, CancellationToken ct);

    /// <summary>
    /// As above, page by page and without end: read on with <see cref="HistoryPage.Next"/>. A filter by field looks through so many changes at a time, so that a page may hold few or none although there is
    /// more behind it. <paramref name="take"/> from 1 to 200. Errors: cursor.unknown.
    /// </summary>
    Task<Result<HistoryPage>> PageAsync(string recordType, Guid recordId, HistoryFilter filter, string? after, int take, CancellationToken ct);

    /// <summary>
    /// Takes a command back: what it made is deleted, what it deleted returns, fields get their former values, and only
    /// where nobody changed them since. Errors: not_found, forbidden, undo.late, undo.done, undo.changed (later edits stand against it), undo.card (the card's picture was sent again),
    /// undo.bulk (a batch of long work, which is taken back as a whole).
    /// </summary>
    Task<Result<Guid>> UndoAsync(Guid changeSetId, CancellationToken ct);

    /// <summary>Recomputes the chain from its beginning. Administrators only.</summary>
    Task<Result<ChainCheck>> VerifyAsync(CancellationToken ct);
}

public sealed record HistoryEntry(Guid ChangeSetId, DateTime At, string Who, ChangeOrigin Origin, string Command, ChangeKind Kind, bool Undone, bool Undoable, IReadOnlyList<FieldChange> Fields)
{
    public Guid UserId { get; init; }

    /// <summary>Fields of it, or the record as it stood then, can be put back one by one: see <see cref="IRestores"/>.</summary>
    public bool MayPutBack { get; init; }
}

/// <param name="Field">A <see cref="FieldChange.Key"/>; null for all.</param>
public sealed record HistoryFilter(string? Field = null, Guid? UserId = null);

/// <param name="Next">Null where nothing older is left.</param>
/// <param name="People">Everybody who changed the record.</param>
public sealed record HistoryPage(IReadOnlyList<HistoryEntry> Items, string? Next, IReadOnlyList<HistoryPerson> People);

public sealed record HistoryPerson(Guid Id, string Name);

/// <param name="Field">As the edit record names it; Tags, Shares (whom), Photos (kinds); "Custom." and the type for an administrator's own field.</param>
public sealed record FieldChange(string Field, string? Before, string? After)
{
    /// <summary>A correction of a contact's profile: what holds instead, why, or that a statement is wrong and nothing takes its place ("true").</summary>
    public const string Profile = "Profile", ProfileNote = "ProfileNote", ProfileWrong = "ProfileWrong";

    /// <summary>Before the kind of a card's field: what was read of it, and what a person saved instead.</summary>
    public const string Card = "Card.";

    /// <summary>The name of an administrator's own field, or of whom it is about; of a correction the statement's identity.</summary>
    public string? Label { get; init; }

    /// <summary>By which the field is asked for: its name, "Custom." and an id, or "Profile." and the statement that was corrected. Null where it cannot be.</summary>
    public string? Key { get; init; }

    // The key follows from the field.
    public bool Equals(FieldChange? other) => other is not null && (Field, Before, After, Label) == (other.Field, other.Before, other.After, other.Label);

    public override int GetHashCode() => HashCode.Combine(Field, Before, After, Label);
}

/// <param name="BrokenAt">Number of the first seal that does not hold, null where all do.</param>
public sealed record ChainCheck(long Seals, long ChangeSets, long? BrokenAt);
