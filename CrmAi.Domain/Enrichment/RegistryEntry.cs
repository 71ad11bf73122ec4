using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Enrichment;

/// <summary>What the register says of one of our companies: which one it is was chosen by a person. The company's own fields are not touched by it.</summary>
public sealed class RegistryEntry : IRecorded, IVersioned
{
    public const int MaxSource = 40, MaxSourceId = 100, MaxLink = 400;

    /// <summary>So old, in days, that it is asked for again at night, and looks it on pages.</summary>
    public const int StaleDays = 30;

    /// <summary>The company's.</summary>
    public Guid Id { get; init; }

    /// <summary>"tianyancha"; "demo" for invented ones.</summary>
    public required string Source { get; set; }
    public required string SourceId { get; set; }
    public string? Link { get; set; }
    public Guid PickedBy { get; set; }
    public DateTime PickedAt { get; set; }

    /// <summary>When the source was asked last.</summary>
    public DateTime CheckedAt { get; set; }
    public required CompanyFacts Facts { get; set; }

    /// <summary>Null where the source tells none, or was not asked yet.</summary>
    public CompanyRisk? Risk { get; set; }
    public IReadOnlyList<CompanyOfficer> Officers { get; set; } = [];

    /// <summary>Whether the name that we keep belongs to this registration's number; null while nobody asked.</summary>
    public CompanyVerification? Verification { get; set; }
    public int Version { get; set; }

    public bool IsStaleAt(DateTime now) => now - CheckedAt >= TimeSpan.FromDays(StaleDays);
}

/// <param name="Name">Ours, as it was asked about.</param>
/// <param name="Matches">The register has it with this credit code and representative.</param>
/// <param name="At">When the source was asked.</param>
public sealed record CompanyVerification(string Name, bool Matches, DateTime At);

/// <summary>A public page by which a person confirmed who a contact is. Encrypted at rest, except for when and by whom.</summary>
public sealed class NameConfirmation : IRecorded, IVersioned
{
    /// <summary>The contact's.</summary>
    public Guid Id { get; init; }
    public required string Source { get; set; }
    public required PersonCandidate Page { get; set; }

    /// <summary>When the source was asked.</summary>
    public DateTime RetrievedAt { get; set; }
    public Guid PickedBy { get; set; }
    public DateTime PickedAt { get; set; }
    public int Version { get; set; }
}
