using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Search;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Accounts;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Search;

/// <summary>People and companies for the palette: the first few dozen that a search leads to, the best names of them first.</summary>
internal sealed class RecordSearch(AppDbContext db, Viewer viewer, FieldCipher cipher)
{
    private const int Limit = FoundGroup.CountLimit, Rare = 1_000;

    public static readonly ContactQuery Everybody = new(ContactScope.All);

    public async Task<FoundGroup?> PeopleAsync(IReadOnlyList<string> words, int take, CancellationToken ct)
    {
        var ids = await IdsAsync(words, Limit + 1, ct);
        return Group(FoundKind.Contact, await PeopleAsync(ids, ct), words, take);
    }

    // Those with the latest contact first.
    private async Task<IReadOnlyList<Guid>> IdsAsync(IReadOnlyList<string> words, int count, CancellationToken ct)
    {
        var spreads = new List<WordSpread>();
        foreach (var word in words) spreads.Add(await ContactSearch.SpreadAsync(db, word, Rare, ct));
        var found = People(db, viewer, cipher, [.. words.Zip(spreads)]);
        // A few are read all and put in order here: the database would rather go through its order and ask each. Of many the order soon brings enough.
        return spreads.Contains(WordSpread.Rare) ? [.. (await found.Select(c => new { c.Id, c.LastContactAt }).ToListAsync(ct)).OrderByDescending(c => c.LastContactAt).ThenByDescending(c => c.Id).Take(count).Select(c => c.Id)]
            : await new ContactRange(found, db.Contacts.VisibleTo(viewer), ContactOrdering.Of(Everybody), ContactRows.Row(db, viewer)).IdsAsync(count, ct);
    }

    public static IQueryable<Contact> People(AppDbContext db, Viewer viewer, FieldCipher cipher, IReadOnlyList<(string Word, WordSpread Spread)> words) =>
        words.Aggregate(ContactLists.Narrow(db, Everybody, viewer), (found, word) => found.Matching(db, cipher, viewer, word.Word, word.Spread));

    /// <summary>In the order of the ids.</summary>
    public async Task<IReadOnlyList<NamedRecord>> PeopleAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        var rows = await db.Contacts.VisibleTo(viewer).Where(c => ids.Contains(c.Id)).Select(c => new
        {
            c.Id,
            c.Name,
            c.EnglishName,
            c.Title,
            Company = c.Account == null || c.Account.DeletedAt != null ? null : c.Account.Name,
            c.Index.Pinyin,
            c.Index.Initials,
        }).ToDictionaryAsync(c => c.Id, ct);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id]).Select(c => new NamedRecord(FoundKind.Contact, c.Id, c.Name, [c.EnglishName, c.Title, c.Company], c.Pinyin, c.Initials))];
    }

    public async Task<FoundGroup?> CompaniesAsync(string text, IReadOnlyList<string> words, int take, CancellationToken ct)
    {
        var ids = await Companies(db, viewer, text, await AccountLists.IsCommonAsync(db, words, ct), Limit + 1).ToListAsync(ct);
        var folded = Account.Fold(text);
        // The one that is called so stands first, however many hold the word.
        var called = ids.Count <= Limit ? [] : await db.Accounts.VisibleTo(viewer).Where(a => a.NameFolded == folded).OrderBy(a => a.Id).Take(take).Select(a => a.Id).ToListAsync(ct);
        return Group(FoundKind.Account, await CompaniesAsync([.. called.Concat(ids).Distinct()], ct), words, take);
    }

    /// <summary>The latest made first.</summary>
    public static IQueryable<Guid> Companies(AppDbContext db, Viewer viewer, string text, bool isCommon, int take) =>
        AccountLists.Matching(db, db.Accounts.VisibleTo(viewer), text, isCommon).OrderByDescending(a => a.Id).Take(take).Select(a => a.Id);

    public async Task<IReadOnlyList<NamedRecord>> CompaniesAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        var rows = await db.Accounts.VisibleTo(viewer).Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Name, a.ShortName, a.Industry, a.City, a.NamePinyin, a.NameInitials }).ToDictionaryAsync(a => a.Id, ct);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id]).Select(a => new NamedRecord(FoundKind.Account, a.Id, a.Name, [a.ShortName is { } known && !a.Name.Contains(known, StringComparison.Ordinal) ? known : null, a.Industry, a.City], a.NamePinyin, a.NameInitials))];
    }

    /// <summary>Those called by a word that is only like the one typed.</summary>
    public async Task<IEnumerable<FoundGroup>> SimilarAsync(IReadOnlyList<string> words, int take, FoundKind? only, CancellationToken ct)
    {
        // Letters of one name may be set apart as a person likes.
        var typed = string.Concat(words);
        var (people, companies) = (new List<NamedRecord>(), new List<NamedRecord>());
        foreach (var word in await SimilarWords.NearAsync(db, typed, ct))
        {
            IReadOnlyList<string> meant = [word];
            if (only is null or FoundKind.Contact)
            {
                var ids = await IdsAsync(meant, take, ct);
                people.AddRange((await PeopleAsync(ids, ct)).Where(p => people.TrueForAll(o => o.Id != p.Id)).Select(p => p with { Meant = meant }));
            }
            if (only is null or FoundKind.Account)
            {
                var ids = await AccountLists.Matching(db, db.Accounts.VisibleTo(viewer), word).OrderByDescending(a => a.Id).Take(take).Select(a => a.Id).ToListAsync(ct);
                companies.AddRange((await CompaniesAsync(ids, ct)).Where(p => companies.TrueForAll(o => o.Id != p.Id)).Select(p => p with { Meant = meant }));
            }
            if (people.Count >= take) break;
        }
        return ((FoundGroup?[])[Group(FoundKind.Contact, people, words, take), Group(FoundKind.Account, companies, words, take)]).OfType<FoundGroup>().Select(g => g with { IsSimilar = true });
    }

    private static FoundGroup? Group(FoundKind kind, IReadOnlyList<NamedRecord> found, IReadOnlyList<string> words, int take) => found.Count == 0 ? null
        : new(kind, [.. found.OrderBy(f => f.Rank(words)).Take(take).Select(f => f.Record(words))], Math.Min(found.Count, Limit), found.Count > Limit);
}

/// <summary>A person or company with what it is ranked by.</summary>
/// <param name="Others">What else is told of it.</param>
internal sealed record NamedRecord(FoundKind Kind, Guid Id, string Name, IReadOnlyList<string?> Others, string Pinyin, string Initials)
{
    /// <summary>The words by which it was found where they are others than were typed.</summary>
    public IReadOnlyList<string>? Meant { get; init; }

    /// <summary>0 for one that is called so, and the more the less of its name was typed.</summary>
    public int Rank(IReadOnlyList<string> words)
    {
        var name = ContactKeys.Fold(Name);
        return (Meant ?? words).Sum(w => name == w || Pinyin == w ? 0 : Begins(w) ? 1 : name.Contains(w, StringComparison.Ordinal) ? 2 : 3);

        bool Begins(string word) => name.StartsWith(word, StringComparison.Ordinal) || Initials == word || Pinyin.StartsWith(word, StringComparison.Ordinal);
    }

    public FoundRecord Record(IReadOnlyList<string> words) => new(Kind, Id, Highlights.Of(Name, Meant ?? words), [.. Others.Where(o => !string.IsNullOrEmpty(o)).Select(o => Highlights.Of(o!, Meant ?? words))]);
}
