using System.Text.Json;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>Has one card read. What comes of it counts only while the card still waits for this very job.</summary>
internal sealed class CardJob(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ICardReader reader, ICardPreviews previews, IFileStore files, ILiveUpdates live, TimeProvider time) : IJobHandler
{
    // Worth another try; everything else would come to the same.
    private static readonly string[] Passing = ["card.reader.busy", "card.reader.slow", "card.reader.failed", "card.reader.disk"];

    public static string Kind => "card";

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var card = await db.BusinessCards.VisibleTo(viewer, db).AsNoTracking()
            .Where(c => c.Id == lease.SubjectId && c.JobId == lease.JobId && c.State == CardState.Waiting && c.StorageKey != null).SingleOrDefaultAsync(ct);
        if (card is null)
        {
            await EndAsync(db, lease, JobState.Cancelled, ct);
            return;
        }
        var picture = await PictureAsync(card, ct);
        if (card.PreviewKey is null) await PreviewAsync(db, card, picture, ct);
        var started = time.GetTimestamp();
        var read = await reader.ReadAsync(picture, ct);
        var run = RunOf(card, read, (int)time.GetElapsedTime(started).TotalMilliseconds);
        db.AiRuns.Add(run);
        if (!read.Succeeded)
        {
            // That it was tried, and what was said, is on record.
            await db.SaveChangesAsync(ct);
            var code = read.Errors[0].Code;
            throw Passing.Contains(code) ? new JobPutOffException(code) : new JobRefusedException(code);
        }
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            // One that was discarded, or saved by hand, while it was read stays so; that it was read is on record.
            var kept = await KeepAsync(db, card, read.Value, run, ct);
            await EndAsync(db, lease, kept ? JobState.Done : JobState.Cancelled, ct);
            await transaction.CommitAsync(ct);
        }
        db.Tell();
        live.Publish(LiveTopic.CardsOf(card.OwnerId));
    }

    // Made once for each card, whatever comes of its reading: lists show it while the card is read, and where it cannot be.
    private async Task PreviewAsync(AppDbContext db, BusinessCard card, ReadOnlyMemory<byte> picture, CancellationToken ct)
    {
        if (await previews.MakeAsync(picture, ct) is not { } small) return;
        string key;
        try { key = (await files.SaveAsync(new MemoryStream(small), BusinessCard.MaxSize, ct)).Key; }
        catch (IOException) { return; } // a full disk: the reading itself will tell
        var kept = 0;
        try { kept = await db.BusinessCards.Where(c => c.Id == card.Id && c.PreviewKey == null && c.StorageKey != null).ExecuteUpdateAsync(set => set.SetProperty(c => c.PreviewKey, key), CancellationToken.None); }
        finally { if (kept == 0) files.Delete(key); }
    }

    private static async Task<bool> KeepAsync(AppDbContext db, BusinessCard card, ReadCard read, AiRun run, CancellationToken ct)
    {
        var json = JsonSerializer.Serialize(read, JsonColumns.Options);
        return await db.BusinessCards.Where(c => c.Id == card.Id && c.JobId == card.JobId && c.State == CardState.Waiting).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.State, CardState.ToReview)
            .SetProperty(c => c.Read, json)
            .SetProperty(c => c.Reader, read.Reader)
            .SetProperty(c => c.ReaderVersion, read.Version)
            .SetProperty(c => c.Milliseconds, run.Milliseconds)
            .SetProperty(c => c.AiRunId, run.Id)
            .SetProperty(c => c.ReadAt, run.At)
            .SetProperty(c => c.Version, c => c.Version + 1), ct) == 1;
    }

    private AiRun RunOf(BusinessCard card, Result<ReadCard> read, int milliseconds) => new()
    {
        Type = AiRunType.Card, UserId = card.OwnerId, InputDigest = card.Digest, Analyst = read.Succeeded ? read.Value.Reader : reader.Name, AnalystVersion = read.Succeeded ? read.Value.Version : "",
        Milliseconds = milliseconds, Claims = read.Succeeded ? read.Value.Fields.Count : 0, ErrorCode = read.Succeeded ? null : read.Errors[0].Code, At = time.GetUtcNow().UtcDateTime,
    };

    private async Task<ReadOnlyMemory<byte>> PictureAsync(BusinessCard card, CancellationToken ct)
    {
        try
        {
            await using var file = files.Open(card.StorageKey!);
            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, ct);
            return bytes;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException) { throw new JobRefusedException("card.picture.lost"); }
    }

    private async Task EndAsync(AppDbContext db, JobLease lease, JobState state, CancellationToken ct)
    {
        await lease.FinishAsync(db, time.GetUtcNow().UtcDateTime, state, ct);
        await db.SaveChangesAsync(ct);
    }
}
