using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Duplicates;

/// <summary>Two contacts that may be one person, or two companies that may be one. Derived: found anew whenever either changes, and by the full scan.</summary>
public sealed class DuplicatePair
{
    public MergeKind Kind { get; init; }

    /// <summary>The smaller id of the two stands first.</summary>
    public Guid FirstId { get; init; }
    public Guid SecondId { get; init; }

    /// <summary>0 to 100, for those who may read the channels of both.</summary>
    public int Score { get; set; }
    public List<DuplicateReason> Reasons { get; set; } = [];

    /// <summary>By names and companies alone, for those who may not: a masked number is told by no match.</summary>
    public int OpenScore { get; set; }
    public List<DuplicateReason> OpenReasons { get; set; } = [];
    public DateTime FoundAt { get; init; }

    public static (Guid First, Guid Second) Ordered(Guid a, Guid b) => a.CompareTo(b) < 0 ? (a, b) : (b, a);
}

/// <summary>A person said that two records are not one; remembered for both.</summary>
public sealed class DuplicateDismissal : IRecorded
{
    public Guid Id { get; init; } = Ids.Next();
    public MergeKind Kind { get; init; }
    public Guid FirstId { get; init; }
    public Guid SecondId { get; init; }
    public Guid UserId { get; init; }
    public DateTime At { get; init; }
}

/// <summary>One of <see cref="IMatchForm.Keys"/> as it is stored: the beginning of a keyed digest. Keys of people and of companies are never the same.</summary>
public sealed class DuplicateKey
{
    public long Key { get; init; }
    public Guid RecordId { get; init; }
}

/// <summary>A record that was saved and is to be compared anew. One for each save: nobody's save waits for, or races with, the comparison.</summary>
public sealed class DuplicateMark
{
    public Guid Id { get; init; } = Ids.Next();
    public MergeKind Kind { get; init; }
    public Guid RecordId { get; init; }
}
