using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Search;
using CrmAi.Infrastructure.Accounts;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Duplicates;
using CrmAi.Infrastructure.Platform.Encryption;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>A big database: rows are made on one core while the other writes them, in transactions of a few thousand.</summary>
internal sealed class ManySeed(IDbContextFactory<AppDbContext> contexts, FieldCipher cipher, TimeProvider time)
{
    private const int Batch = 5_000;

    public async Task RunAsync(int contactCount, int interactionCount, IProgress<SeedProgress> progress, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var keys = DemoStory.Create(now).Users.ToDictionary(u => u.Email, u => u.Key);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var people = (await db.Users.AsNoTracking().ToListAsync(ct)).Where(u => keys.ContainsKey(u.Email)).ToDictionary(u => keys[u.Email]);
        if (people.Count == 0) throw new InvalidOperationException("Many records belong to the demo team, which this database lacks: seed an empty database.");
        var mapping = new DemoMapping(people, _ => throw new InvalidOperationException("Bulk contacts are in no folder."));
        var bulk = new BulkWriter(db);

        var accounts = BulkStory.Accounts(BulkStory.AccountsFor(contactCount), now).ToDictionary(a => a.Key, mapping.Account);
        await WriteAsync(accounts.Values, "companies", accounts.Count, async batch =>
        {
            foreach (var account in batch) AccountIndexing.Fill(account);
            await bulk.WriteAsync(batch, ct);
            await bulk.WriteAsync(batch.SelectMany(a => AccountIndexing.Terms(a).Select(term => new AccountSearchTerm { Term = term, AccountId = a.Id })), ct);
            await SearchIndexing.LearnAsync(db, bulk, batch.SelectMany(SimilarWords.Of).ToHashSet(StringComparer.Ordinal), ct);
            await bulk.WriteAsync(batch.SelectMany(a => MatchIndex.Rows(a.Id, MatchRows.Fields(a, null), cipher)), ct);
        });

        var ids = new List<(string Key, Guid Id)>(contactCount);
        await WriteAsync(BulkStory.Contacts(contactCount, now).Select(c => (c.Key, Contact: Made(mapping.Contact(c, accounts[c.AccountKey], null)))), "contacts", contactCount, async batch =>
        {
            ids.AddRange(batch.Select(b => (b.Key, b.Contact.Contact.Id)));
            await bulk.WriteAsync(batch.Select(b => b.Contact.Contact), ct);
            await bulk.WriteAsync(batch.SelectMany(b => b.Contact.Terms), ct);
            await SearchIndexing.LearnAsync(db, bulk, batch.SelectMany(b => SimilarWords.Of(b.Contact.Contact)).ToHashSet(StringComparer.Ordinal), ct);
            await bulk.WriteAsync(batch.SelectMany(b => b.Contact.Keys), ct);
        });

        var idOf = ids.ToDictionary(i => i.Key, i => i.Id);
        await WriteAsync(BulkStory.Interactions(interactionCount, Math.Max(1, contactCount), now).Select(i => mapping.Interaction(i, idOf[i.ContactKey])), "interactions", interactionCount, async batch =>
        {
            await bulk.WriteAsync(batch, ct);
            // In the order of the key: each place of the table is come to once.
            await bulk.WriteAsync(batch.SelectMany(i => TextTerms.Of(i.Subject, i.Content, i.Transcript).Select(term => new InteractionSearchTerm { Term = term, InteractionId = i.Id })).OrderBy(t => t.Term, StringComparer.Ordinal), ct);
        });
        progress.Report(new("statistics", 0, 1));
        await db.Contacts.Where(c => c.InteractionCount == 0).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.InteractionCount, c => db.Interactions.Count(i => i.ContactId == c.Id && !i.IsScheduled && !i.IsPrivate))
            .SetProperty(c => c.LastContactAt, c => db.Interactions.Where(i => i.ContactId == c.Id && !i.IsScheduled && !i.IsPrivate).Max(i => (DateTime?)i.At)), ct);
        progress.Report(new("statistics", 1, 1));

        (Contact Contact, List<ContactSearchTerm> Terms, List<DuplicateKey> Keys) Made(Contact contact)
        {
            ContactIndexing.Fill(contact, contact.Account!.Name, [], cipher);
            return (contact, [.. ContactIndexing.Terms(contact, []).Order(StringComparer.Ordinal).Select(term => new ContactSearchTerm { Term = term, ContactId = contact.Id })],
                [.. MatchIndex.Rows(contact, contact.Account!.Name, cipher)]);
        }

        async Task WriteAsync<T>(IEnumerable<T> rows, string what, int total, Func<T[], Task> write)
        {
            var done = 0;
            using var ahead = rows.Chunk(Batch).GetEnumerator();
            var next = Task.Run(ahead.MoveNext, ct);
            while (await next)
            {
                var batch = ahead.Current;
                next = Task.Run(ahead.MoveNext, ct);
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                await write(batch);
                await transaction.CommitAsync(ct);
                progress.Report(new(what, done += batch.Length, total));
            }
        }
    }
}
