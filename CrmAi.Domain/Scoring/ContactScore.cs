using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Scoring;

/// <summary>A contact's scores as of one day; the newest hold. Made only of conversations that everybody who sees the contact may see.</summary>
public sealed class ContactScore
{
    public Guid Id { get; init; } = Ids.Next();
    public Guid ContactId { get; init; }

    /// <summary>The owner's local day; one row a day.</summary>
    public DateOnly Day { get; init; }

    public required ScoreSheet Sheet { get; set; }

    // Beside the sheet, to be asked for in SQL.
    public int? Intent { get; set; }
    public int? Engagement { get; set; }
    public int? Relationship { get; set; }

    /// <summary>Minor units of <see cref="Currency"/>.</summary>
    public long? LifetimeMinor { get; set; }
    public required string Currency { get; set; }

    /// <summary>How many conversations were counted.</summary>
    public int Conversations { get; set; }

    /// <summary>SHA-256 of what they were made of, without the time: where it is another than the day before, something was said or changed; else only time has passed.</summary>
    public required byte[] InputDigest { get; set; }

    /// <summary>Of each cited conversation, the beginning of its text's SHA-256: where the text is another by now, it is not quoted.</summary>
    public Dictionary<Guid, string> Texts { get; set; } = [];

    /// <summary>The company's day at whose beginning these scores are others though nothing is said; null where they stay, and on days that are not the newest.</summary>
    public DateOnly? ChangesOn { get; set; }

    /// <summary>The moment that the scores are of.</summary>
    public DateTime At { get; set; }
}
