using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using CrmAi.Infrastructure.Platform.Files;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

internal sealed class ContactPhotos(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, IFileStore files, TimeProvider time) : IContactPhotos
{
    public async Task<Result<Saved>> AddAsync(Guid contactId, PhotoKind kind, Stream content, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var contact = await db.Contacts.VisibleTo(viewer).Include(c => c.Shares).Include(c => c.Photos).AsSplitQuery().SingleOrDefaultAsync(c => c.Id == contactId, ct);
        if (contact is null) return Error.NotFound;
        if (!viewer.MayChange(contact)) return Error.Forbidden;
        if (contact.Photos.Count >= IContactPhotos.MaxPerContact) return new Error("photo.limit", null, IContactPhotos.MaxPerContact);
        if (await WholeAsync(content, ct) is not { } bytes) return new Error("photo.large", null, IContactPhotos.MaxSize / 1024 / 1024);
        if (Pictures.Read(bytes) is not { } picture) return new Error("photo.kind", null);
        if (Math.Max(picture.Width, picture.Height) > IContactPhotos.MaxSide) return new Error("photo.side", null, IContactPhotos.MaxSide);
        var stored = await files.SaveAsync(new MemoryStream(picture.Bytes), IContactPhotos.MaxSize, ct);
        var photo = new ContactPhoto { ContactId = contactId, Kind = kind, Source = PhotoSource.Upload, StorageKey = stored.Key, ContentType = picture.ContentType, AddedAt = time.GetUtcNow().UtcDateTime };
        db.ContactPhotos.Add(photo);
        var saved = await SaveAsync(db, viewer, contact, photo, "photo.add", ct);
        if (!saved.Succeeded) files.Delete(stored.Key);
        return saved;
    }

    public async Task<Result<Saved>> RemoveAsync(Guid contactId, Guid photoId, CancellationToken ct, int? version = null)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var contact = await db.Contacts.VisibleTo(viewer).Include(c => c.Shares).Include(c => c.Photos).AsSplitQuery().SingleOrDefaultAsync(c => c.Id == contactId, ct);
        if (contact?.Photos.Find(p => p.Id == photoId) is not { } photo) return Error.NotFound;
        if (!viewer.MayChange(contact)) return Error.Forbidden;
        if (version is { } seen && contact.Version != seen) return Error.Conflict;
        db.ContactPhotos.Remove(photo);
        return await SaveAsync(db, viewer, contact, photo, "photo.remove", ct);
    }

    public async Task<PhotoContent?> OpenAsync(Guid contactId, Guid photoId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var photo = await db.Contacts.VisibleTo(viewer).Where(c => c.Id == contactId).SelectMany(c => c.Photos).AsNoTracking().SingleOrDefaultAsync(p => p.Id == photoId, ct);
        return photo is null ? null : new(photo.ContentType, files.Open(photo.StorageKey));
    }

    // The contact counts as changed, so that whoever watches it reads again.
    private async Task<Result<Saved>> SaveAsync(AppDbContext db, Viewer viewer, Contact contact, ContactPhoto photo, string name, CancellationToken ct)
    {
        contact.UpdatedAt = time.GetUtcNow().UtcDateTime;
        var command = db.Begin(name, viewer, contact.UpdatedAt);
        if (await db.TrySaveAsync(ct) is { } refusal) return refusal;
        return new Saved(photo.Id, contact.Version, command.Id);
    }

    // Null where more comes than a photo may have.
    private static async Task<byte[]?> WholeAsync(Stream content, CancellationToken ct)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
        {
            if (whole.Length + read > IContactPhotos.MaxSize) return null;
            whole.Write(buffer, 0, read);
        }
        return whole.ToArray();
    }
}

/// <summary>Deletes the files of photos that were removed, once that can no longer be taken back.</summary>
internal sealed class RemovedPhotos(IDbContextFactory<AppDbContext> contexts, IFileStore files, ChangeRecorder recorder, TimeProvider time)
{
    // Deleting a file twice does no harm: a week is looked through again, for a server that slept.
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public async Task<int> DeleteAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var until = time.GetUtcNow().UtcDateTime.AddDays(-IHistory.UndoDays);
        var since = until - Week;
        var removed = await db.ChangeEntries.AsNoTracking().Where(e => e.RecordType == nameof(ContactPhoto) && e.Payload != null && e.Kind == ChangeKind.Deleted)
            .Join(db.ChangeSets.Where(s => s.At > since && s.At <= until), e => e.ChangeSetId, s => s.Id, (e, _) => e)
            .Where(e => !db.ContactPhotos.Any(p => p.Id == e.RecordId)).ToListAsync(ct);
        var deleted = 0;
        foreach (var entry in removed)
        {
            // A newer command may have removed it again: that one can be taken back still.
            if (await db.ChangeEntries.AnyAsync(e => e.RecordId == entry.RecordId && e.Kind == ChangeKind.Deleted && db.ChangeSets.Any(s => s.Id == e.ChangeSetId && s.At > until), ct)) continue;
            var key = recorder.Read(entry).Where(f => f.Field == nameof(ContactPhoto.StorageKey)).Select(f => f.Before.GetString()).SingleOrDefault();
            // A card that became the photo is there to be reviewed again.
            if (key is null || await db.BusinessCards.AnyAsync(c => c.StorageKey == key, ct)) continue;
            files.Delete(key);
            deleted++;
        }
        return deleted;
    }
}
