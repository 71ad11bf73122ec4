using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>A photo that came becomes a card with a job to read it, in one transaction; its file goes again where that fails.</summary>
internal sealed class CardUploads(IDbContextFactory<AppDbContext> contexts, CardPhotos photos, IFileStore files, TimeProvider time)
{
    public async Task<Result<UploadedCard>> AddAsync(Viewer viewer, Guid? batch, string? fileName, Stream content, CancellationToken ct)
    {
        if (!viewer.May(Operation.WriteContacts)) return Error.Forbidden;
        var batchId = batch ?? Ids.Next();
        // Asked before anything is sent to the disk, and again where it counts.
        await using (var db = await contexts.CreateDbContextAsync(ct))
            if (await LastAsync(db, viewer, batchId, ct) >= BusinessCard.MaxPerBatch) return new Error("card.batch", null, BusinessCard.MaxPerBatch);
        var kept = await photos.KeepAsync(content, ct);
        if (!kept.Succeeded) return Result.Refused<UploadedCard>(kept.Errors);
        var added = false;
        try
        {
            var uploaded = await PlaceAsync(viewer, batchId, CardRules.FileName(fileName), kept.Value, ct);
            added = uploaded is { Succeeded: true, Value.Again: false };
            return uploaded;
        }
        finally
        {
            if (!added) files.Delete(kept.Value.Stored.Key);
        }
    }

    private async Task<Result<UploadedCard>> PlaceAsync(Viewer viewer, Guid batchId, string fileName, KeptPicture kept, CancellationToken ct)
    {
        for (; ; )
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var there = await db.BusinessCards.VisibleTo(viewer, db).AsNoTracking().Where(c => c.OwnerId == viewer.Id && c.Digest == kept.Stored.Sha256 && c.State != CardState.Discarded)
                .Select(c => new UploadedCard(c.Id, c.BatchId, c.State, true, c.ContactId)).SingleOrDefaultAsync(ct);
            if (there is not null) return there;
            var number = await LastAsync(db, viewer, batchId, ct) + 1;
            if (number > BusinessCard.MaxPerBatch) return new Error("card.batch", null, BusinessCard.MaxPerBatch);
            var now = time.GetUtcNow().UtcDateTime;
            var card = new BusinessCard
            {
                OwnerId = viewer.Id, BatchId = batchId, Number = number, FileName = fileName, StorageKey = kept.Stored.Key, ContentType = kept.ContentType, Size = kept.Stored.Size,
                Width = kept.Width, Height = kept.Height, Digest = kept.Stored.Sha256, CreatedAt = now,
            };
            db.Jobs.Add(CardRequests.Ask(card, now));
            db.BusinessCards.Add(card);
            db.Begin("card.add", viewer, now);
            // Another took the place, or brought the same picture, in the same moment: looked at anew.
            if (await db.TrySaveAsync(ct) is null) return new UploadedCard(card.Id, batchId, CardState.Waiting, false, null);
        }
    }

    private static async Task<int> LastAsync(AppDbContext db, Viewer viewer, Guid batchId, CancellationToken ct) =>
        await db.BusinessCards.VisibleTo(viewer, db).Where(c => c.OwnerId == viewer.Id && c.BatchId == batchId).MaxAsync(c => (int?)c.Number, ct) ?? 0;
}
