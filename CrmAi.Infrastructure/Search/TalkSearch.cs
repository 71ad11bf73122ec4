using CrmAi.Domain.Interactions;
using CrmAi.Domain.Search;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Search;

/// <summary>Finds what was said by its terms: the rarest leads to the newest interactions, of which those that may be seen are read and looked through.</summary>
internal sealed class TalkSearch(AppDbContext db, Viewer viewer)
{
    // So many of the newest with a term are looked at, in steps, until enough of them may be seen.
    private static readonly int[] Steps = [64, 1_024, 4_096];

    private const int Counted = 2_000, Read = 24, Before = 8, Excerpt = 90, Own = 500, Unwritten = 200, Pages = 8;

    public async Task<FoundGroup?> FindAsync(IReadOnlyList<string> words, int take, CancellationToken ct)
    {
        var fresh = await ReadAsync(Pending(), words, ct);
        var found = await IndexedAsync(words, take, ct);
        List<FoundRecord> all = [.. fresh.Concat(found).DistinctBy(f => f.Id).OrderByDescending(f => f.At)];
        return all.Count == 0 ? null : new(FoundKind.Interaction, [.. all.Take(take)], all.Count, all.Count > take);
    }

    private async Task<List<FoundRecord>> IndexedAsync(IReadOnlyList<string> words, int take, CancellationToken ct)
    {
        var asked = TextTerms.Asked(words).Distinct().ToList();
        var terms = new List<(AskedTerm Term, int Count)>();
        foreach (var term in asked.Take(6))
        {
            var count = await Rows(db, term).Take(Counted).CountAsync(ct);
            if (count == 0) return [];
            terms.Add((term, count));
        }
        terms.Sort((a, b) => a.Count.CompareTo(b.Count));
        var order = terms.ConvertAll(t => t.Term);
        if (order.Count == 0) return await ReadAsync(Written(), words, ct);
        foreach (var step in Steps)
        {
            var found = new List<FoundRecord>();
            var visible = Visible(db, viewer, order, step);
            // The newest first; further ones where the words of several terms do not stand in those.
            for (var page = 0; page < (order.Count == 1 ? 1 : Pages) && found.Count < take; page++)
            {
                var (some, read) = await PageAsync(visible, words, page * Read, ct);
                found.AddRange(some);
                if (read < Read) break;
            }
            if (terms[0].Count < step || found.Count >= take || step == Steps[^1]) return found;
        }
        return [];
    }

    /// <summary>The newest of so many that hold the terms, the rarest of them first, as far as they may be seen.</summary>
    public static IQueryable<Interaction> Visible(AppDbContext db, Viewer viewer, IReadOnlyList<AskedTerm> terms, int among)
    {
        var rows = Rows(db, terms[0]);
        foreach (var other in terms.Skip(1).Where(t => !t.IsBeginning).Select(t => t.Text)) rows = rows.Where(r => db.InteractionTerms.Any(o => o.Term == other && o.InteractionId == r.InteractionId));
        // The key's own order: the newest of one term, or what comes first of several.
        var ids = (terms[0].IsBeginning ? rows.OrderBy(r => r.Term).ThenBy(r => r.InteractionId) : rows.OrderByDescending(r => r.InteractionId)).Take(among).Select(r => r.InteractionId);
        return db.Interactions.VisibleTo(viewer, db).Where(i => ids.Contains(i.Id));
    }

    private static IQueryable<InteractionSearchTerm> Rows(AppDbContext db, AskedTerm term)
    {
        var from = term.Text;
        if (!term.IsBeginning) return db.InteractionTerms.Where(t => t.Term == from);
        var to = from + db.TermCeiling;
        return db.InteractionTerms.Where(t => string.Compare(t.Term, from) >= 0 && string.Compare(t.Term, to) < 0);
    }

    // What stands in nearly every text leads nowhere: then what one wrote last is looked through.
    private IQueryable<Interaction> Written()
    {
        var mine = db.Interactions.VisibleTo(viewer, db).Where(i => i.AuthorId == viewer.Id).OrderByDescending(i => i.At).Take(Own).Select(i => i.Id);
        return db.Interactions.VisibleTo(viewer, db).Where(i => mine.Contains(i.Id));
    }

    private static async Task<List<FoundRecord>> ReadAsync(IQueryable<Interaction> visible, IReadOnlyList<string> words, CancellationToken ct) => (await PageAsync(visible, words, 0, ct)).Found;

    private static async Task<(List<FoundRecord> Found, int Read)> PageAsync(IQueryable<Interaction> visible, IReadOnlyList<string> words, int skip, CancellationToken ct)
    {
        var rows = await visible.OrderByDescending(i => i.At).ThenByDescending(i => i.Id).Skip(skip).Take(Read).Select(i => new
        {
            i.Id,
            i.ContactId,
            i.Contact!.Name,
            i.Type,
            i.At,
            i.Subject,
            Content = i.Content.Substring(0, TextTerms.MaxText),
            Transcript = i.Transcript == null ? null : i.Transcript.Substring(0, TextTerms.MaxText),
        }).ToListAsync(ct);
        var found = new List<FoundRecord>();
        foreach (var row in rows)
        {
            // Terms that stand apart are no find; a word may stand in the subject and another in the text.
            var texts = ((string?[])[row.Content, row.Subject, row.Transcript]).OfType<string>().Select(t => (Text: t, Folded: FoldedText.Of(t))).ToList();
            if (!words.All(w => texts.Exists(t => t.Folded.Text.Contains(w, StringComparison.Ordinal)))) continue;
            var (text, folded) = texts.First(t => words.Any(w => t.Folded.Text.Contains(w, StringComparison.Ordinal)));
            var at = words.Select(w => folded.Find(w)).OfType<FoundMark>().Min(m => m.Start);
            found.Add(new(FoundKind.Interaction, row.Id, new(row.Name, []), [Highlights.Of(Around(text, at), words)]) { ContactId = row.ContactId, Type = row.Type, At = row.At });
        }
        return (found, rows.Count);
    }

    // What was said in the last seconds has no terms yet.
    private IQueryable<Interaction> Pending()
    {
        var ids = db.PendingTexts.OrderByDescending(p => p.InteractionId).Take(Unwritten).Select(p => p.InteractionId);
        return db.Interactions.VisibleTo(viewer, db).Where(i => ids.Contains(i.Id));
    }

    /// <summary>One line around the place, never within a surrogate pair.</summary>
    public static string Around(string text, int at)
    {
        var from = Math.Max(0, at - Before);
        if (from > 0 && char.IsLowSurrogate(text[from])) from--;
        var part = SearchTerms.Cut(text[from..], Excerpt);
        var line = string.Join(' ', part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return (from > 0 ? "…" : "") + line + (from + part.Length < text.Length ? "…" : "");
    }
}
