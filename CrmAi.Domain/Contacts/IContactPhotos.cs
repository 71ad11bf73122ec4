using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Contacts;

/// <summary>Photos of contacts. Whoever sees the contact sees them; who may change it adds and removes them.</summary>
public interface IContactPhotos
{
    /// <summary>Bytes, and pixels on the longer side.</summary>
    const int MaxSize = 5 * 1024 * 1024, MaxSide = 4096, MaxPerContact = 20;

    /// <summary>
    /// Checks the bytes themselves: JPEG, PNG or WebP, whole and of a fair size. The newest profile photo stands in the header.
    /// Errors: not_found, forbidden, photo.kind, photo.large (args: megabytes), photo.side (args: pixels), photo.limit.
    /// </summary>
    Task<Result<Saved>> AddAsync(Guid contactId, PhotoKind kind, Stream content, CancellationToken ct);

    /// <summary>Undone through history; the file is kept for as long as that lasts. Errors: not_found, forbidden, conflict (the contact has another version than <paramref name="version"/>).</summary>
    Task<Result<Saved>> RemoveAsync(Guid contactId, Guid photoId, CancellationToken ct, int? version = null);

    /// <summary>Null where there is none or it may not be seen. The caller disposes the stream.</summary>
    Task<PhotoContent?> OpenAsync(Guid contactId, Guid photoId, CancellationToken ct);
}

public sealed record PhotoRow(Guid Id, PhotoKind Kind, PhotoSource Source, DateTime AddedAt);

public sealed record PhotoContent(string ContentType, Stream Content);
