using CrmAi.Domain.Conversations;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Interactions;

/// <summary>The timeline of contacts one may see.</summary>
public interface IInteractions
{
    /// <summary>Newest first, what lies ahead before all. <paramref name="take"/> from 1 to 200. Errors: not_found, cursor.unknown.</summary>
    Task<Result<Page<TimelineItem>>> TimelineAsync(Guid contactId, TimelineFilter filter, string? after, int take, CancellationToken ct);

    /// <summary>The nearest ones newer than a place of <see cref="TimelinePart.Newer"/>; the page's <c>Next</c> leads on to still newer ones. Errors: not_found, cursor.unknown.</summary>
    Task<Result<Page<TimelineItem>>> NewerAsync(Guid contactId, TimelineFilter filter, string before, int take, CancellationToken ct);

    /// <summary>Those around one interaction, however far back it stands. Errors: not_found, also where the filter leaves it out.</summary>
    Task<Result<TimelinePart>> AroundAsync(Guid contactId, TimelineFilter filter, Guid id, int take, CancellationToken ct);

    /// <summary>How many the filter finds, counted up to <see cref="TimelineFilter.CountLimit"/>; 0 where the contact may not be seen.</summary>
    Task<int> CountAsync(Guid contactId, TimelineFilter filter, CancellationToken ct);

    /// <summary>What is agreed with the contact and neither took place nor was cancelled, the earliest first, at most 50.</summary>
    Task<IReadOnlyList<TimelineItem>> AppointmentsAsync(Guid contactId, CancellationToken ct);

    /// <summary>One's own appointments before a moment, overdue ones included, the earliest first. <paramref name="take"/> from 1 to 200.</summary>
    Task<IReadOnlyList<AppointmentRow>> MyAppointmentsAsync(DateTime before, int take, CancellationToken ct);

    /// <summary>Null where it does not exist or may not be seen.</summary>
    Task<TimelineItem?> GetAsync(Guid id, CancellationToken ct);

    /// <summary>
    /// Saves, and has the conversation analysed where the author wishes it. Errors: see <see cref="InteractionRules"/>; not_found, forbidden,
    /// attachment.unknown.
    /// </summary>
    /// <param name="id">Where whoever asks may ask twice: the second is answered what the first one made.</param>
    Task<Result<Saved>> AddAsync(Guid contactId, InteractionEdit edit, CancellationToken ct, Guid? id = null);

    /// <summary>Errors: as for adding; conflict; interaction.private.author (only its author and administrators may hide or show it). A changed text is analysed again.</summary>
    Task<Result<Saved>> UpdateAsync(Guid id, int version, InteractionEdit edit, CancellationToken ct);

    /// <summary>Errors: not_found, forbidden, conflict.</summary>
    /// <param name="version">The one that was read, where it matters that nobody changed it since; null for whichever it is.</param>
    Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct, int? version = null);

    /// <summary>Brings back one deleted within 30 days. Errors: not_found, forbidden, undo.late.</summary>
    Task<Result<Saved>> RestoreAsync(Guid id, CancellationToken ct);
}

/// <summary>Files beside interactions.</summary>
public interface IAttachments
{
    /// <summary>
    /// Keeps an uploaded file until an interaction claims it. Errors: attachment.empty, attachment.large (args: megabytes),
    /// attachment.kind (not an image, document, audio or video we know), attachment.mismatch (its name says one thing, its content another), forbidden.
    /// </summary>
    Task<Result<AttachmentRow>> UploadAsync(string fileName, Stream content, CancellationToken ct);

    /// <summary>Null where it does not exist or may not be seen. The caller disposes the stream.</summary>
    Task<AttachmentContent?> OpenAsync(Guid id, CancellationToken ct);
}

public sealed record AttachmentRow(Guid Id, AttachmentKind Kind, string FileName, string ContentType, long Size);

public sealed record AttachmentContent(string FileName, string ContentType, AttachmentKind Kind, Stream Content);

/// <param name="Finding">Only those in which this was found.</param>
/// <param name="Search">A part of subject, text, transcript, place or a file's name; letters of either case.</param>
public sealed record TimelineFilter(InteractionType? Type = null, FindingKind? Finding = null, string? Search = null, bool ImportantOnly = false)
{
    /// <summary>Counting stops here.</summary>
    public const int CountLimit = 1000;

    public bool PrivateOnly { get; init; }

    /// <summary>The archived ones instead of the others.</summary>
    public bool Archived { get; init; }

    /// <summary>True: appointments alone, cancelled ones too. False: all but those still ahead or overdue.</summary>
    public bool? Scheduled { get; init; }
}

/// <param name="Newer">Pass it back to read newer ones; null where these are the newest.</param>
/// <param name="Older">Pass it to the timeline to read on; null at the end.</param>
public sealed record TimelinePart(IReadOnlyList<TimelineItem> Items, string? Newer, string? Older);

public sealed record AppointmentRow(Guid Id, Guid ContactId, string ContactName, InteractionType Type, string? Subject, DateTime At, int? DurationSeconds, string? Location);

public sealed record TimelineItem(Guid Id, int Version, Guid ContactId, string Author, Guid AuthorId, InteractionEdit Fields, bool MayChange, IReadOnlyList<AttachmentRow> Attachments, AnalysisView Analysis, DateTime CreatedAt)
{
    /// <summary>May make it private, or visible to others again.</summary>
    public bool MayHide { get; init; }
}

/// <summary>All a person may enter of an interaction.</summary>
public sealed record InteractionEdit
{
    public InteractionType Type { get; init; }
    public InteractionDirection Direction { get; init; } = InteractionDirection.Outbound;
    public string? Subject { get; init; }
    public string Content { get; init; } = "";

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }
    public bool IsScheduled { get; init; }
    public int? DurationSeconds { get; init; }
    public string? Location { get; init; }
    public string? Address { get; init; }

    /// <summary>Degrees, with <see cref="Longitude"/>.</summary>
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
    public string? Platform { get; init; }
    public IReadOnlyList<Participant> Participants { get; init; } = [];
    public IReadOnlyList<SpeakerSide> Speakers { get; init; } = [];
    public InteractionOutcome? Outcome { get; init; }
    public IReadOnlyList<string> NextSteps { get; init; } = [];
    public DateTime? FollowUpAt { get; init; }
    public Contacts.DealStage? DealStage { get; init; }

    /// <summary>0 to 1.</summary>
    public double? DealProbability { get; init; }

    /// <summary>Minor units of the contact's currency.</summary>
    public long? DealValueMinor { get; init; }
    public IReadOnlyList<string> Topics { get; init; } = [];
    public string? Transcript { get; init; }
    public string? RecordingUrl { get; init; }
    public string? Methodology { get; init; }
    public string? MethodologyStage { get; init; }

    /// <summary>1 to 10.</summary>
    public int? MethodologyRating { get; init; }
    public string? MethodologyNotes { get; init; }
    public bool IsImportant { get; init; }
    public bool IsPrivate { get; init; }
    public bool IsArchived { get; init; }
    public IReadOnlyList<Guid> AttachmentIds { get; init; } = [];

    /// <summary>Agreed, and neither took place nor was cancelled.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsAppointment => IsScheduled && Outcome != InteractionOutcome.Cancelled;
}
