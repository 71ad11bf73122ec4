using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Files;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Interactions;

internal sealed class Attachments(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, IFileStore files, TimeProvider time) : IAttachments
{
    private const int MaxFileName = 255;

    public async Task<Result<AttachmentRow>> UploadAsync(string fileName, Stream content, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.WriteInteractions)) return Error.Forbidden;
        var name = Path.GetFileName(fileName.Replace('\\', '/')).Trim();
        if (name.Length is 0 or > MaxFileName || name.Any(char.IsControl)) return new Error("attachment.name", null, MaxFileName);
        StoredFile stored;
        try { stored = await files.SaveAsync(content, Attachment.MaxSize, ct); }
        catch (FileTooLargeException) { return new Error("attachment.large", null, Attachment.MaxSize / 1024 / 1024); }
        if (Refusal(stored, name) is { } refusal)
        {
            files.Delete(stored.Key);
            return refusal;
        }
        var kind = FileKinds.Of(stored.Head, name)!;
        var attachment = new Attachment
        {
            UploadedBy = viewer.Id, Kind = kind.Kind, ContentType = kind.ContentType, FileName = name, Size = stored.Size, StorageKey = stored.Key, Sha256 = stored.Sha256, CreatedAt = time.GetUtcNow().UtcDateTime,
        };
        await using var db = await contexts.CreateDbContextAsync(ct);
        db.Attachments.Add(attachment);
        db.Begin("attachment.upload", viewer, attachment.CreatedAt);
        await db.SaveChangesAsync(ct);
        return Row(attachment);
    }

    public async Task<AttachmentContent?> OpenAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var visible = db.Interactions.VisibleTo(viewer, db);
        var file = await db.Attachments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id
            && (a.InteractionId == null ? a.UploadedBy == viewer.Id : visible.Any(i => i.Id == a.InteractionId)), ct);
        return file is null ? null : new(file.FileName, file.ContentType, file.Kind, files.Open(file.StorageKey));
    }

    public static AttachmentRow Row(Attachment a) => new(a.Id, a.Kind, a.FileName, a.ContentType, a.Size);

    private static Error? Refusal(StoredFile stored, string name)
    {
        if (stored.Size == 0) return new("attachment.empty", null);
        if (FileKinds.Of(stored.Head, name) is not { } kind) return new("attachment.kind", null);
        return kind.Extensions.Contains(Path.GetExtension(name).ToLowerInvariant()) ? null : new("attachment.mismatch", null, kind.ContentType);
    }
}

/// <summary>Removes uploads that no interaction claimed within a day.</summary>
internal sealed class UnclaimedUploads(IDbContextFactory<AppDbContext> contexts, IFileStore files, TimeProvider time)
{
    public async Task<int> RemoveAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var before = time.GetUtcNow().UtcDateTime.AddDays(-1);
        var left = await db.Attachments.AsNoTracking().Where(a => a.InteractionId == null && a.CreatedAt < before).OrderBy(a => a.Id).Take(1000).ToListAsync(ct);
        // Files of changes that may still be undone keep their bytes: an edit that took a file off can be taken back.
        var undoable = time.GetUtcNow().UtcDateTime.AddDays(-Domain.History.IHistory.UndoDays);
        foreach (var file in left)
        {
            if (await db.ChangeEntries.AnyAsync(e => e.RecordId == file.Id && e.Kind == Domain.History.ChangeKind.Updated, ct) && file.CreatedAt > undoable) continue;
            if (await db.Attachments.Where(a => a.Id == file.Id && a.InteractionId == null).ExecuteDeleteAsync(ct) == 1) files.Delete(file.StorageKey);
        }
        return left.Count;
    }
}
