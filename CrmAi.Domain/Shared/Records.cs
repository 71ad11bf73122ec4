namespace CrmAi.Domain.Shared;

/// <summary>Every change to such a row is recorded in a change set.</summary>
public interface IRecorded
{
    Guid Id { get; }
}

/// <summary>A row that a lost race must not overwrite.</summary>
public interface IVersioned
{
    /// <summary>Counts saves, from 1. What was read must still hold when it is written.</summary>
    int Version { get; set; }
}

/// <summary>Who may see a row beyond its owner and administrators: nobody, the owner's team, everybody.</summary>
public enum Visibility { Private, Team, Public }

/// <summary>A row that belongs to somebody and is read only through the owner predicate.</summary>
public interface IOwned
{
    Guid OwnerId { get; set; }

    /// <summary>The owner's team, null for an owner without one.</summary>
    Guid? TeamId { get; set; }

    Visibility Visibility { get; set; }
}

/// <summary>A deleted row stays for 30 days, so that deletion can be undone.</summary>
public interface IDeletable
{
    DateTime? DeletedAt { get; set; }
}

/// <summary>A part of an ordered list.</summary>
/// <param name="Next">Opaque; pass it back to read on. Null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Rows of a range, for lists that scroll by position.</summary>
/// <param name="Total">How many there are, counted up to <see cref="CountLimit"/>.</param>
public sealed record Slice<T>(IReadOnlyList<T> Items, int Total)
{
    /// <summary>Counting stops here; a list that long says "and more".</summary>
    public const int CountLimit = 100_000;
}

/// <summary>What a command wrote.</summary>
/// <param name="Version">To pass back with the next change.</param>
/// <param name="ChangeSetId">To undo it by.</param>
public sealed record Saved(Guid Id, int Version, Guid ChangeSetId);
