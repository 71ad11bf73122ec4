using CrmAi.Domain.Interactions;
using CrmAi.Domain.Search;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Search;

/// <summary>Writes the terms of new interactions, a few texts in each short transaction; safe to run twice and to be killed.</summary>
internal sealed class TextSweep(IDbContextFactory<AppDbContext> contexts)
{
    private const int Batch = 40, Names = 2_000;

    /// <summary>Answers how many texts it dealt with.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var all = 0;
        for (; ; )
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var ids = await db.PendingTexts.OrderByDescending(p => p.InteractionId).Take(Batch).Select(p => p.InteractionId).ToListAsync(ct);
            if (ids.Count == 0) return all;
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var texts = await db.Set<Interaction>().Where(i => ids.Contains(i.Id) && i.DeletedAt == null).Select(i => new { i.Id, i.Subject, i.Content, i.Transcript }).ToListAsync(ct);
            await SearchIndexing.PutAsync(db, new(db), [.. texts.Select(t => new TextChange(t.Id, true, [], TextTerms.Of(t.Subject, t.Content, t.Transcript)))], ct);
            await db.PendingTexts.Where(p => ids.Contains(p.InteractionId)).ExecuteDeleteAsync(ct);
            await transaction.CommitAsync(ct);
            all += ids.Count;
        }
    }

    /// <summary>For a database of before: all its texts are to be written, and the words of its names are learnt.</summary>
    public async Task BeginAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.SimilarTerms.AnyAsync(ct) || !await db.Set<Domain.Contacts.Contact>().AnyAsync(ct)) return;
        await db.Database.ExecuteSqlAsync($"INSERT INTO PendingTexts (InteractionId) SELECT Id FROM Interactions WHERE DeletedAt IS NULL AND Id NOT IN (SELECT InteractionId FROM PendingTexts)", ct);
        for (var from = Guid.Empty; ;)
        {
            var accounts = await db.Set<Domain.Accounts.Account>().AsNoTracking().Where(a => a.Id > from).OrderBy(a => a.Id).Take(Names).ToListAsync(ct);
            if (accounts.Count == 0) break;
            await LearnAsync(db, accounts.SelectMany(SimilarWords.Of), ct);
            from = accounts[^1].Id;
        }
        for (var from = Guid.Empty; ;)
        {
            var contacts = await db.Set<Domain.Contacts.Contact>().AsNoTracking().Where(c => c.Id > from).OrderBy(c => c.Id).Take(Names).ToListAsync(ct);
            if (contacts.Count == 0) return;
            await LearnAsync(db, contacts.SelectMany(SimilarWords.Of), ct);
            from = contacts[^1].Id;
        }
    }

    private static async Task LearnAsync(AppDbContext db, IEnumerable<string> words, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await SearchIndexing.LearnAsync(db, new(db), words.ToHashSet(StringComparer.Ordinal), ct);
        await transaction.CommitAsync(ct);
    }
}
