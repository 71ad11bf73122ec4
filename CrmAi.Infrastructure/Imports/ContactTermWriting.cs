using System.Data.Common;
using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Imports;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

/// <summary>
/// Writes what new contacts are found by, some seconds' worth at a time and in the order of the terms: each page of their index is then written once and not with every batch.
/// How far that has come stands with the import, so that whoever takes it over makes up for what is missing.
/// </summary>
internal sealed class ContactTermWriting(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    /// <summary>Terms that are written together, of about two thousand people.</summary>
    public const int Many = 60_000;

    private const int AtOnce = 2_500, Anew = 50, Words = 400;

    /// <summary>SQLite puts its log into the database after so many pages: more of them at a time for whoever writes much.</summary>
    public static Task CalmAsync(AppDbContext db, CancellationToken ct) => db.Database.IsSqlite() ? db.Database.ExecuteSqlAsync($"PRAGMA wal_autocheckpoint=4000", ct) : Task.CompletedTask;

    public async Task WriteAsync(Guid importId, ImportProgress progress, BatchPace pace, CancellationToken ct)
    {
        var terms = progress.Terms.OrderBy(t => t.Term, StringComparer.Ordinal).ToList();
        progress.Terms.Clear();
        var ids = terms.Select(t => t.ContactId).Distinct().ToList();
        try
        {
            foreach (var part in terms.Chunk(AtOnce)) await PartAsync(part, pace, ct);
        }
        catch (DbException)
        {
            // Somebody saved one of these contacts meanwhile, and with it its terms.
            await AnewAsync(ids, ct);
        }
        await AnewAsync(await ChangedAsync(ids, ct), ct);
        await LearnAsync(progress.Words, ct);
        progress.Words.Clear();
        await MarkAsync(importId, progress.Last, ct);
    }

    /// <summary>The worker before may have ended between contacts and their terms.</summary>
    public async Task CatchUpAsync(Import import, CancellationToken ct)
    {
        if (import.Kind == ImportKind.Interactions || import.IndexedNumber >= import.LastNumber) return;
        List<Guid> missing;
        await using (var db = await contexts.CreateDbContextAsync(ct))
            missing = await db.ImportItems.Where(i => i.ImportId == import.Id && i.Phase == ImportPhase.Run && i.Outcome == RowOutcome.Created && i.RecordId != null && i.Number > import.IndexedNumber && i.Number <= import.LastNumber).Select(i => i.RecordId!.Value).ToListAsync(ct);
        if (import.Kind == ImportKind.Contacts) await AnewAsync(missing, ct);
        foreach (var some in missing.Chunk(AtOnce))
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var contacts = await db.Set<Contact>().AsNoTracking().Include(c => c.Account).Where(c => some.Contains(c.Id)).ToListAsync(ct);
            var accounts = await db.Set<Account>().AsNoTracking().Where(a => some.Contains(a.Id)).ToListAsync(ct);
            await LearnAsync([.. contacts.SelectMany(SimilarWords.Of), .. accounts.Concat(contacts.Select(c => c.Account).OfType<Account>()).SelectMany(SimilarWords.Of)], ct);
        }
        await MarkAsync(import.Id, import.LastNumber, ct);
    }

    private async Task PartAsync(ContactSearchTerm[] part, BatchPace pace, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var bulk = new BulkWriter(db);
        var rows = bulk.Render(part);
        await CalmAsync(db, ct);
        var started = time.GetTimestamp();
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            await bulk.WriteAsync(rows, ct);
            await transaction.CommitAsync(ct);
        }
        pace.Longest = TimeSpan.FromTicks(Math.Max(pace.Longest.Ticks, time.GetElapsedTime(started).Ticks));
        await Task.Yield();
    }

    private async Task LearnAsync(HashSet<string> words, CancellationToken ct)
    {
        foreach (var some in words.Chunk(Words))
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await SearchIndexing.LearnAsync(db, new(db), some.ToHashSet(StringComparer.Ordinal), ct);
            await transaction.CommitAsync(ct);
            await Task.Yield();
        }
    }

    private async Task<List<Guid>> ChangedAsync(List<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        await using var db = await contexts.CreateDbContextAsync(ct);
        var changed = new List<Guid>();
        foreach (var some in ids.Chunk(500)) changed.AddRange(await db.Set<Contact>().Where(c => some.Contains(c.Id) && c.Version != 1).Select(c => c.Id).ToListAsync(ct));
        return changed;
    }

    private async Task AnewAsync(List<Guid> ids, CancellationToken ct)
    {
        foreach (var some in ids.Chunk(Anew))
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await ContactIndexing.IndexTagsAsync(db, some, ct);
            await db.SaveChangesAsync(ct);
        }
    }

    private async Task MarkAsync(Guid id, int number, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Imports.Where(i => i.Id == id && i.IndexedNumber < number).ExecuteUpdateAsync(set => set.SetProperty(i => i.IndexedNumber, number), ct);
    }
}
