using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Profiles;

/// <summary>One version of a contact's profile; the newest holds. Made only of conversations that everybody who sees the contact may see.</summary>
public sealed class ContactProfile
{
    public Guid Id { get; init; } = Ids.Next();
    public Guid ContactId { get; init; }
    public Guid AiRunId { get; init; }
    public required string Analyst { get; init; }
    public required string AnalystVersion { get; init; }

    /// <summary>SHA-256 of all that the analyst read.</summary>
    public required byte[] InputDigest { get; init; }

    /// <summary>How many conversations it was made of.</summary>
    public int Conversations { get; init; }
    public List<ProfileClaim> Claims { get; init; } = [];

    /// <summary>Of each cited conversation, the beginning of its text's SHA-256: where the text is another by now, what it was cited for is not shown.</summary>
    public Dictionary<Guid, string> Texts { get; init; } = [];
    public DateTime At { get; init; }
}

/// <summary>What a person knows better than the analyst. Holds against later runs until new evidence speaks against it.</summary>
public sealed class ProfileCorrection : IRecorded, IVersioned
{
    public const int MaxValue = 80, MaxNote = 500;

    public Guid Id { get; init; } = Ids.Next();
    public Guid ContactId { get; init; }

    /// <summary><see cref="ProfileClaim.Identity"/> of what is corrected.</summary>
    public required string Claim { get; init; }

    /// <summary>What is right; null with <see cref="Level"/> null: the statement is wrong and nothing takes its place.</summary>
    public string? Value { get; set; }

    /// <summary>0 to 100.</summary>
    public int? Level { get; set; }
    public string? Note { get; set; }
    public Guid UserId { get; set; }

    /// <summary>Evidence from later conversations may speak against it; it is moved forward when a person confirms it again.</summary>
    public DateTime At { get; set; }
    public int Version { get; set; }
}
