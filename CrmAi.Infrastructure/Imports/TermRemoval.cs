using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Imports;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

/// <summary>Records that are taken back and whose terms are still there: nobody finds them, for they are deleted.</summary>
internal sealed class GoneRecords
{
    public List<Guid> Contacts { get; } = [];
    public List<Guid> Accounts { get; } = [];
}

/// <summary>
/// Takes away what deleted records were found by: many records at a time and in the order of the terms, so that each page of their index is written once and not with every batch.
/// Whoever takes an undo over makes up for what is missing.
/// </summary>
internal sealed class TermRemoval(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    /// <summary>Records whose terms go together.</summary>
    public const int Many = 2_000;

    private const int AtOnce = 400, Most = 4_000, Fewest = 1_000;

    /// <summary>What a worker before may have left.</summary>
    public async Task<GoneRecords> LeftAsync(Import import, CancellationToken ct)
    {
        var left = new GoneRecords();
        if (import.UndoneFrom == int.MaxValue) return left;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var dealt = db.ImportItems.Where(i => i.ImportId == import.Id && i.Phase == ImportPhase.Run && i.Outcome == RowOutcome.Created && i.RecordId != null && i.Number >= import.UndoneFrom);
        left.Contacts.AddRange(await dealt.Where(i => db.Contacts.Any(c => c.Id == i.RecordId && c.DeletedAt != null) && db.ContactTerms.Any(t => t.ContactId == i.RecordId)).Select(i => i.RecordId!.Value).ToListAsync(ct));
        left.Accounts.AddRange(await db.ChangeEntries.Where(e => e.RecordType == nameof(Account) && e.Kind == ChangeKind.Created && db.ChangeSets.Any(s => s.Id == e.ChangeSetId && s.GroupId == import.Id))
            .Where(e => db.Accounts.Any(a => a.Id == e.RecordId && a.DeletedAt != null) && db.AccountTerms.Any(t => t.AccountId == e.RecordId)).Select(e => e.RecordId).ToListAsync(ct));
        return left;
    }

    public async Task RemoveAsync(GoneRecords gone, BatchPace pace, CancellationToken ct)
    {
        await RemoveAsync(gone.Contacts, nameof(AppDbContext.Contacts), nameof(AppDbContext.ContactTerms), nameof(ContactSearchTerm.ContactId), pace, ct);
        await RemoveAsync(gone.Accounts, nameof(AppDbContext.Accounts), nameof(AppDbContext.AccountTerms), nameof(AccountSearchTerm.AccountId), pace, ct);
        gone.Contacts.Clear();
        gone.Accounts.Clear();
    }

    private async Task RemoveAsync(List<Guid> ids, string records, string table, string key, BatchPace pace, CancellationToken ct)
    {
        foreach (var some in ids.Chunk(Many))
        {
            var terms = new List<(string Term, Guid Id)>();
            await using (var db = await contexts.CreateDbContextAsync(ct))
            {
                foreach (var few in some.Chunk(AtOnce))
                {
                    if (!db.Database.IsSqlite()) await OfFewAsync(db, few, table, ct);
                    else if (table == nameof(AppDbContext.ContactTerms)) terms.AddRange((await db.ContactTerms.Where(t => few.Contains(t.ContactId)).Select(t => new { t.Term, t.ContactId }).ToListAsync(ct)).Select(t => (t.Term, t.ContactId)));
                    else terms.AddRange((await db.AccountTerms.Where(t => few.Contains(t.AccountId)).Select(t => new { t.Term, t.AccountId }).ToListAsync(ct)).Select(t => (t.Term, t.AccountId)));
                }
            }
            terms.Sort((a, b) => string.CompareOrdinal(a.Term, b.Term));
            var size = new BatchPace(time, Most, Fewest);
            for (var at = 0; at < terms.Count;)
            {
                var part = terms.GetRange(at, Math.Min(size.Size, terms.Count - at));
                await PartAsync(part, records, table, key, size, ct);
                at += part.Count;
                pace.Longest = TimeSpan.FromTicks(Math.Max(pace.Longest.Ticks, size.Longest.Ticks));
                await Task.Yield();
            }
        }
    }

    // A statement for a term. Somebody may have brought a record back meanwhile: its terms stay.
    private async Task PartAsync(List<(string Term, Guid Id)> part, string records, string table, string key, BatchPace size, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await ContactTermWriting.CalmAsync(db, ct);
        var started = time.GetTimestamp();
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            new BulkWriter(db).Delete(table, key, $"EXISTS (SELECT 1 FROM \"{records}\" r WHERE r.\"Id\" = \"{key}\" AND r.\"DeletedAt\" IS NOT NULL)", part, ct);
            await transaction.CommitAsync(ct);
        }
        size.Note(time.GetElapsedTime(started));
    }

    private static Task<int> OfFewAsync(AppDbContext db, Guid[] few, string table, CancellationToken ct) => table == nameof(AppDbContext.ContactTerms)
        ? db.ContactTerms.Where(t => few.Contains(t.ContactId) && db.Set<Contact>().Any(c => c.Id == t.ContactId && c.DeletedAt != null)).ExecuteDeleteAsync(ct)
        : db.AccountTerms.Where(t => few.Contains(t.AccountId) && db.Set<Account>().Any(a => a.Id == t.AccountId && a.DeletedAt != null)).ExecuteDeleteAsync(ct);
}
