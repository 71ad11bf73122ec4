using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Interactions;

/// <summary>Something said or done with a contact. Seen by whoever sees the contact, and where private only by its author and administrators.</summary>
public sealed class Interaction : IRecorded, IVersioned, IDeletable
{
    /// <summary>UTF-16 code units of <see cref="Content"/>.</summary>
    public const int MaxContent = 200_000;

    public Guid Id { get; init; } = Ids.Next();
    public Guid ContactId { get; init; }
    public Contacts.Contact? Contact { get; init; }
    public Guid AuthorId { get; init; }

    public InteractionType Type { get; set; }
    public InteractionDirection Direction { get; set; }
    public string? Subject { get; set; }

    /// <summary>As written or pasted, only line ends made alike: evidence counts its characters.</summary>
    public required string Content { get; set; }

    /// <summary>When it took place, or is to where <see cref="IsScheduled"/>.</summary>
    public DateTime At { get; set; }
    public bool IsScheduled { get; set; }
    public int? DurationSeconds { get; set; }

    public string? Location { get; set; }
    public string? Address { get; set; }
    public double? Latitude { get; set; }
    public double? Longitude { get; set; }
    public string? Platform { get; set; }
    public List<Participant> Participants { get; set; } = [];

    /// <summary>Whose words each speaker's are, as a person confirmed it.</summary>
    public List<SpeakerSide> Speakers { get; set; } = [];

    public InteractionOutcome? Outcome { get; set; }
    public List<string> NextSteps { get; set; } = [];
    public DateTime? FollowUpAt { get; set; }
    public Contacts.DealStage? DealStage { get; set; }
    public double? DealProbability { get; set; }
    public long? DealValueMinor { get; set; }
    public List<string> Topics { get; set; } = [];
    public string? Transcript { get; set; }
    public string? RecordingUrl { get; set; }

    public string? Methodology { get; set; }
    public string? MethodologyStage { get; set; }

    /// <summary>1 to 10.</summary>
    public int? MethodologyRating { get; set; }
    public string? MethodologyNotes { get; set; }

    public bool IsImportant { get; set; }
    public bool IsPrivate { get; set; }
    public bool IsArchived { get; set; }
    public DateTime? DeletedAt { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }
    public int Version { get; set; }

    public List<Attachment> Attachments { get; set; } = [];
}

public sealed record Participant(string Name, string? Role, string? Email, Guid? ContactId);

public sealed record SpeakerSide(string Name, ChatSide Side);

public enum AttachmentKind { Image, Document, Audio, Video }

/// <summary>A file beside an interaction. Its kind is told from its bytes, never from its name.</summary>
public sealed class Attachment : IRecorded
{
    /// <summary>Bytes of one file.</summary>
    public const long MaxSize = 20 * 1024 * 1024;

    public const int MaxPerInteraction = 20;

    public Guid Id { get; init; } = Ids.Next();

    /// <summary>Null until the interaction it was uploaded for is saved; such files are removed after a day.</summary>
    public Guid? InteractionId { get; set; }
    public Guid UploadedBy { get; init; }
    public AttachmentKind Kind { get; init; }
    public required string FileName { get; init; }
    public required string ContentType { get; init; }
    public long Size { get; init; }
    public required string StorageKey { get; init; }
    public required byte[] Sha256 { get; init; }
    public DateTime CreatedAt { get; init; }
}
