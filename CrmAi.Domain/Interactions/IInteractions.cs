using CrmAi.Domain.Conversations;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Interactions;

/// <summary>The timeline of contacts one may see.</summary>
public interface IInteractions
{
    /// <summary>Newest first, scheduled ones before all. <paramref name="take"/> from 1 to 200. Errors: not_found, cursor.unknown.</summary>
    Task<Result<Page<TimelineItem>>> TimelineAsync(Guid contactId, TimelineFilter filter, string? after, int take, CancellationToken ct);

    /// <summary>Null where it does not exist or may not be seen.</summary>
    Task<TimelineItem?> GetAsync(Guid id, CancellationToken ct);

    /// <summary>
    /// Saves, and has the conversation analysed where the author wishes it. Errors: see <see cref="InteractionRules"/>; not_found, forbidden,
    /// attachment.unknown.
    /// </summary>
    Task<Result<Saved>> AddAsync(Guid contactId, InteractionEdit edit, CancellationToken ct);

    /// <summary>Errors: as for adding; conflict. A changed text is analysed again.</summary>
    Task<Result<Saved>> UpdateAsync(Guid id, int version, InteractionEdit edit, CancellationToken ct);

    Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct);

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
public sealed record TimelineFilter(InteractionType? Type = null, FindingKind? Finding = null, string? Search = null, bool ImportantOnly = false);

public sealed record TimelineItem(Guid Id, int Version, Guid ContactId, string Author, Guid AuthorId, InteractionEdit Fields, bool MayChange, IReadOnlyList<AttachmentRow> Attachments, AnalysisView Analysis, DateTime CreatedAt);

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
    public string? Platform { get; init; }
    public IReadOnlyList<Participant> Participants { get; init; } = [];
    public IReadOnlyList<SpeakerSide> Speakers { get; init; } = [];
    public InteractionOutcome? Outcome { get; init; }
    public IReadOnlyList<string> NextSteps { get; init; } = [];
    public DateTime? FollowUpAt { get; init; }
    public IReadOnlyList<string> Topics { get; init; } = [];
    public string? Transcript { get; init; }
    public string? RecordingUrl { get; init; }
    public bool IsImportant { get; init; }
    public bool IsPrivate { get; init; }
    public bool IsArchived { get; init; }
    public IReadOnlyList<Guid> AttachmentIds { get; init; } = [];
}
