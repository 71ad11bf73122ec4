using System.Data.Common;
using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.History;
using CrmAi.Domain.Imports;
using CrmAi.Infrastructure.Accounts;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.CustomFields;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

/// <summary>
/// Writes what new contacts and companies are found by, some seconds' worth at a time and in the order of the terms: each page of their index is then written once and not with every batch.
/// A part of it follows each batch. How far that has come stands with the import, so that whoever takes it over makes up for what is missing.
/// </summary>
internal sealed class ContactTermWriting(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    private const int AtOnce = 2_500, Anew = 50, Words = 400;

    /// <summary>SQLite puts its log into the database after so many pages: more of them at a time for whoever writes much.</summary>
    public static Task CalmAsync(AppDbContext db, CancellationToken ct) => db.Database.IsSqlite() ? db.Database.ExecuteSqlAsync($"PRAGMA wal_autocheckpoint=4000", ct) : Task.CompletedTask;

    /// <summary>As many terms as the last batch brought, and a few more, so that none gather.</summary>
    public async Task FollowAsync(Guid importId, ImportProgress progress, BatchPace pace, CancellationToken ct)
    {
        if (progress.Group is null && !progress.Next(whatever: false)) return;
        await PartsAsync(importId, progress, progress.Brought + AtOnce, pace, ct);
    }

    /// <summary>All that is left.</summary>
    public async Task WriteAsync(Guid importId, ImportProgress progress, BatchPace pace, CancellationToken ct)
    {
        while (progress.Group is not null) await PartsAsync(importId, progress, int.MaxValue, pace, ct);
        progress.Next(whatever: true);
        await PartsAsync(importId, progress, int.MaxValue, pace, ct);
    }

    /// <summary>The worker before may have ended between records and their terms. How far it has come is written down as it goes, for it may end like that one.</summary>
    public async Task CatchUpAsync(Import import, JobLease lease, CancellationToken ct)
    {
        if (import.Kind == ImportKind.Interactions || import.IndexedNumber >= import.LastNumber) return;
        List<(int Number, Guid Id)> missing;
        List<Guid> bare;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            var items = await db.ImportItems.Where(i => i.ImportId == import.Id && i.Phase == ImportPhase.Run && i.Outcome == RowOutcome.Created && i.RecordId != null && i.Number > import.IndexedNumber && i.Number <= import.LastNumber)
                .OrderBy(i => i.Number).Select(i => new { i.Number, i.RecordId }).ToListAsync(ct);
            missing = items.ConvertAll(i => (i.Number, i.RecordId!.Value));
            bare = await db.ChangeEntries.Where(e => e.RecordType == nameof(Account) && e.Kind == ChangeKind.Created && db.ChangeSets.Any(s => s.Id == e.ChangeSetId && s.GroupId == import.Id) && !db.AccountTerms.Any(t => t.AccountId == e.RecordId)).Select(e => e.RecordId).ToListAsync(ct);
        }
        await AccountsAnewAsync(bare, ct);
        foreach (var some in missing.Chunk(Words))
        {
            var ids = some.Select(s => s.Id).ToList();
            if (import.Kind == ImportKind.Contacts) await AnewAsync(ids, ct);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var contacts = await db.Set<Contact>().AsNoTracking().Include(c => c.Account).Where(c => ids.Contains(c.Id)).ToListAsync(ct);
            var accounts = await db.Set<Account>().AsNoTracking().Where(a => ids.Contains(a.Id)).ToListAsync(ct);
            await LearnAsync([.. contacts.SelectMany(SimilarWords.Of), .. accounts.Concat(contacts.Select(c => c.Account).OfType<Account>()).SelectMany(SimilarWords.Of)], ct);
            await MarkAsync(import.Id, some[^1].Number, ct);
            await lease.ProgressAsync(db, import.Done, Math.Max(import.Rows, import.Done), ct);
            await db.SaveChangesAsync(ct);
        }
        await MarkAsync(import.Id, import.LastNumber, ct);
    }

    private async Task PartsAsync(Guid importId, ImportProgress progress, int most, BatchPace pace, CancellationToken ct)
    {
        var group = progress.Group!;
        try
        {
            for (var written = 0; group.Written < group.Count && written < most;) written += await PartAsync(group, pace, ct);
            if (group.Written < group.Count) return;
            await AnewAsync(await ChangedAsync(group.ContactIds, ct), ct);
        }
        catch (DbException)
        {
            // Somebody saved one of these records meanwhile, and with it its terms.
            await AnewAsync(group.ContactIds, ct);
            await AccountsAnewAsync(group.AccountIds, ct);
        }
        await LearnAsync(group.Words, ct);
        await MarkAsync(importId, group.Last, ct);
        progress.Next(whatever: false);
    }

    private async Task<int> PartAsync(TermGroup group, BatchPace pace, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var bulk = new BulkWriter(db);
        var (companies, from) = (group.Written >= group.Contacts.Count, group.Written >= group.Contacts.Count ? group.Written - group.Contacts.Count : group.Written);
        var count = Math.Min(AtOnce, (companies ? group.Accounts.Count : group.Contacts.Count) - from);
        var rows = companies ? bulk.Render(group.Accounts.GetRange(from, count)) : bulk.Render(group.Contacts.GetRange(from, count));
        await CalmAsync(db, ct);
        var started = time.GetTimestamp();
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            await bulk.WriteAsync(rows, ct);
            await transaction.CommitAsync(ct);
        }
        pace.Longest = TimeSpan.FromTicks(Math.Max(pace.Longest.Ticks, time.GetElapsedTime(started).Ticks));
        group.Written += count;
        await Task.Yield();
        return count;
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

    private async Task<List<Guid>> ChangedAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        await using var db = await contexts.CreateDbContextAsync(ct);
        var changed = new List<Guid>();
        foreach (var some in ids.Chunk(500)) changed.AddRange(await db.Set<Contact>().Where(c => some.Contains(c.Id) && c.Version != 1).Select(c => c.Id).ToListAsync(ct));
        return changed;
    }

    private async Task AnewAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        foreach (var some in ids.Chunk(Anew))
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await ContactIndexing.IndexTagsAsync(db, some, ct);
            await db.SaveChangesAsync(ct);
        }
    }

    private async Task AccountsAnewAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        foreach (var some in ids.Chunk(Anew))
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var searchable = await CustomValues.SearchableAsync(db, CustomFieldTarget.Account, ct);
            foreach (var account in await db.Set<Account>().AsNoTracking().Where(a => some.Contains(a.Id)).ToListAsync(ct))
                await AccountIndexing.KeepAsync(db, account, AccountIndexing.Terms(account, CustomValues.Terms(account.Custom, searchable, db.Cipher)), isNew: false, ct);
            await db.SaveChangesAsync(ct);
        }
    }

    private async Task MarkAsync(Guid id, int number, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Imports.Where(i => i.Id == id && i.IndexedNumber < number).ExecuteUpdateAsync(set => set.SetProperty(i => i.IndexedNumber, number), ct);
    }
}
