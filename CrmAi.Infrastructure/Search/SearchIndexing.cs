using System.Collections.Concurrent;
using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Search;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CrmAi.Infrastructure.Search;

/// <summary>Keeps what interactions are found by in step with their texts, and words for slips with names; written past the change tracker, in the same transaction.</summary>
internal sealed class SearchIndexing : ISavingRule
{
    private static readonly string[] Said = [nameof(Interaction.Subject), nameof(Interaction.Content), nameof(Interaction.Transcript), nameof(Interaction.DeletedAt)];
    private static readonly string[] Names = [nameof(Contact.Name), nameof(Contact.EnglishName), nameof(Account.ShortName)];

    private const int Remembered = 50_000, Few = 8;

    // Words that stand in the database for good, so that a name like many others costs no look.
    private readonly ConcurrentDictionary<string, bool> learnt = new(StringComparer.Ordinal);

    public Task BeforeAsync(AppDbContext db, CancellationToken ct) => Task.CompletedTask;

    public Func<AppDbContext, CancellationToken, Task>? After(AppDbContext db)
    {
        var said = db.ChangeTracker.Entries<Interaction>().Where(e => IsChanged(e, Said)).Select(TextChange.Of).Where(c => c.Was.Count + c.Now.Count > 0).ToList();
        var words = Unknown(db);
        if (said.Count == 0 && words.Count == 0) return null;
        return async (context, ct) =>
        {
            var bulk = new BulkWriter(context);
            // Each term of a new text lies in another place of the table: they are written a little later, many texts together.
            await bulk.WriteAsync(said.Where(c => c.IsNew).Select(c => new PendingText { InteractionId = c.Id }), ct);
            foreach (var change in said.Where(c => !c.IsNew)) await PutAsync(context, bulk, [change], ct);
            if (words.Count > 0) await LearnAsync(context, bulk, words, ct);
        };
    }

    public Action? Committed(AppDbContext db)
    {
        var words = Unknown(db);
        return words.Count == 0 ? null : () =>
        {
            if (learnt.Count > Remembered) learnt.Clear();
            foreach (var word in words) learnt.TryAdd(word, true);
        };
    }

    /// <summary>Writes terms in the place of those there are, in the present transaction.</summary>
    public static async Task PutAsync(AppDbContext db, BulkWriter bulk, IReadOnlyList<TextChange> texts, CancellationToken ct)
    {
        foreach (var text in texts)
        {
            // Both, so that what stands there already is no hindrance.
            var gone = text.Was.Union(text.Now).ToList();
            await db.InteractionTerms.Where(t => t.InteractionId == text.Id && gone.Contains(t.Term)).ExecuteDeleteAsync(ct);
        }
        await bulk.WriteAsync(texts.SelectMany(t => t.Now.Select(term => new InteractionSearchTerm { Term = term, InteractionId = t.Id })).OrderBy(t => t.Term, StringComparer.Ordinal), ct);
    }

    /// <summary>Adds words that are not known yet, in the present transaction.</summary>
    public static async Task LearnAsync(AppDbContext db, BulkWriter bulk, HashSet<string> words, CancellationToken ct)
    {
        foreach (var part in words.Chunk(200).Select(chunk => chunk.ToList()))
        {
            if (part.Count <= Few)
            {
                // A statement that is always the same: lists are put into words anew each time.
                var fresh = new List<string>();
                foreach (var word in part)
                {
                    var key = SearchTerms.Cut(word, SimilarTerm.MaxKey);
                    if (!await db.SimilarTerms.AnyAsync(t => t.Key == key && t.Word == word, ct)) fresh.Add(word);
                }
                await bulk.WriteAsync(fresh.SelectMany(SimilarWords.Rows), ct);
                continue;
            }
            var beginnings = part.Select(w => SearchTerms.Cut(w, SimilarTerm.MaxKey)).Distinct().ToList();
            var known = await db.SimilarTerms.Where(t => beginnings.Contains(t.Key) && part.Contains(t.Word)).Select(t => t.Word).Distinct().ToListAsync(ct);
            await bulk.WriteAsync(part.Except(known).SelectMany(SimilarWords.Rows), ct);
        }
    }

    private HashSet<string> Unknown(AppDbContext db)
    {
        var words = db.ChangeTracker.Entries<Contact>().Where(e => IsChanged(e, Names)).SelectMany(e => SimilarWords.Of(e.Entity))
            .Concat(db.ChangeTracker.Entries<Account>().Where(e => IsChanged(e, Names)).SelectMany(e => SimilarWords.Of(e.Entity))).ToHashSet(StringComparer.Ordinal);
        words.RemoveWhere(learnt.ContainsKey);
        return words;
    }

    private static bool IsChanged(EntityEntry entry, string[] fields) =>
        entry.State == EntityState.Added || (entry.State == EntityState.Modified && entry.Properties.Any(p => p.IsModified && fields.Contains(p.Metadata.Name)));
}

/// <summary>What an interaction was found by, and what it is to be found by.</summary>
internal sealed record TextChange(Guid Id, bool IsNew, IReadOnlyCollection<string> Was, IReadOnlyCollection<string> Now)
{
    public static TextChange Of(EntityEntry<Interaction> entry)
    {
        var (now, was, isNew) = (entry.Entity, entry.OriginalValues, entry.State == EntityState.Added);
        return new(now.Id, isNew,
            isNew || was.GetValue<DateTime?>(nameof(now.DeletedAt)) is not null ? [] : TextTerms.Of(was.GetValue<string?>(nameof(now.Subject)), was.GetValue<string>(nameof(now.Content)), was.GetValue<string?>(nameof(now.Transcript))),
            now.DeletedAt is not null ? [] : TextTerms.Of(now.Subject, now.Content, now.Transcript));
    }
}
