namespace CrmAi.Domain.Search;

/// <summary>A pair of characters, or the beginning of a word, that stands in what was said.</summary>
public sealed class InteractionSearchTerm
{
    /// <summary>Words are cut to this many characters.</summary>
    public const int MaxLength = 8;

    public required string Term { get; init; }
    public Guid InteractionId { get; init; }
}

/// <summary>An interaction whose terms are still to be written: until then its text itself is looked through.</summary>
public sealed class PendingText
{
    public Guid InteractionId { get; init; }
}

/// <summary>A word by which people or companies are found, under what is left of its beginning when letters are left out: so that a slip is found.</summary>
public sealed class SimilarTerm
{
    /// <summary>Of a word, and of what is left of its beginning.</summary>
    public const int MaxWord = 24, MaxKey = 7;

    public Guid Id { get; init; } = Shared.Ids.Next();
    public required string Key { get; init; }
    public required string Word { get; init; }
}

/// <summary>When a person last opened a record.</summary>
public sealed class RecentRecord
{
    public Guid UserId { get; init; }
    public FoundKind Kind { get; init; }
    public Guid RecordId { get; init; }
    public DateTime At { get; set; }
}
