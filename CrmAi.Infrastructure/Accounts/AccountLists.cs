using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Accounts;

/// <summary>Filters and orders of the list of companies, all in the database.</summary>
internal static class AccountLists
{
    /// <summary>One row in its order: what the page is read by.</summary>
    internal sealed record Place(Guid Id, string Name, DateTime? LastContactAt, int Contacts);

    public static IQueryable<Account> Narrow(AppDbContext db, IQueryable<Account> accounts, AccountQuery query)
    {
        accounts = accounts.Where(a => a.IsArchived == query.Archived);
        if (query.Class is { } grade) accounts = accounts.Where(a => a.Class == grade);
        if (query.Lifecycle is { } lifecycle) accounts = accounts.Where(a => a.Lifecycle == lifecycle);
        if (query.OwnerId is { } owner) accounts = accounts.Where(a => a.OwnerId == owner);
        if (query.Industry is { Length: > 0 } industry) accounts = accounts.Where(a => a.Industry == industry);
        else if (query.Industry is not null) accounts = accounts.Where(a => a.Industry == null || a.Industry == "");
        return Matching(db, accounts, query.Search);
    }

    // So many terms are more work as a set than asking the next few dozen companies one by one.
    private const int Common = 8_000;

    /// <summary>Whether every word begins so many terms that an ordered search meets the companies by itself.</summary>
    public static async Task<bool> IsCommonAsync(AppDbContext db, IReadOnlyList<string> words, CancellationToken ct)
    {
        foreach (var word in words)
        {
            var (from, to) = (SearchTerms.Cut(word), SearchTerms.Cut(word) + db.TermCeiling);
            if (await db.AccountTerms.Where(t => string.Compare(t.Term, from) >= 0 && string.Compare(t.Term, to) < 0).Take(Common).CountAsync(ct) < Common) return false;
        }
        return words.Count > 0;
    }

    /// <summary>Those in whose names every word is found.</summary>
    /// <param name="isCommon">Which of two plans the statement should lead to; the answer is the same.</param>
    public static IQueryable<Account> Matching(AppDbContext db, IQueryable<Account> accounts, string? search, bool isCommon = false)
    {
        foreach (var word in SearchTerms.Words(search))
        {
            var (cut, ceiling) = (SearchTerms.Cut(word), SearchTerms.Cut(word) + db.TermCeiling);
            var terms = Beginning(cut);
            accounts = isCommon ? accounts.Where(a => (db.AccountTerms.Any(t => t.AccountId == a.Id && string.Compare(t.Term, cut) >= 0 && string.Compare(t.Term, ceiling) < 0) ? 1 : 0) == 1)
                : accounts.Where(a => terms.Contains(a.Id));
            if (word.Length <= ContactSearchTerm.MaxLength) continue;
            // Longer than a term: its end must be found as well, or the whole in a reading.
            var ends = Beginning(SearchTerms.End(word));
            accounts = accounts.Where(a => ends.Contains(a.Id) || a.NamePinyin.Contains(word) || a.NameInitials.Contains(word));
        }
        return accounts;

        IQueryable<Guid> Beginning(string from)
        {
            var to = from + db.TermCeiling;
            return db.AccountTerms.Where(t => string.Compare(t.Term, from) >= 0 && string.Compare(t.Term, to) < 0).Select(t => t.AccountId);
        }
    }

    /// <summary>The rows behind the cursor in the order asked for, always with the id as tiebreak. Nulls come last on either database.</summary>
    public static IQueryable<Place> Ordered(AppDbContext db, Viewer viewer, IQueryable<Account> accounts, AccountOrder order, AccountCursor? after)
    {
        if (order == AccountOrder.Name)
        {
            if (after is not null) accounts = accounts.Where(a => string.Compare(a.NamePinyin, after.Key) > 0 || (a.NamePinyin == after.Key && a.Id > after.Id));
            return accounts.OrderBy(a => a.NamePinyin).ThenBy(a => a.Id).Select(a => new Place(a.Id, a.NamePinyin, null, 0));
        }
        if (order == AccountOrder.Created)
        {
            if (after is not null) accounts = accounts.Where(a => a.Id < after.Id);
            return accounts.OrderByDescending(a => a.Id).Select(a => new Place(a.Id, "", null, 0));
        }
        // Counted once for all companies: for each by itself it would be counted as often as the order names it.
        var people = db.Contacts.VisibleTo(viewer).Where(c => c.AccountId != null && !c.IsArchived)
            .GroupBy(c => c.AccountId).Select(g => new { AccountId = g.Key, Count = g.Count(), Last = g.Max(c => c.LastContactAt) });
        var rows = accounts.LeftJoin(people, a => a.Id, p => p.AccountId, (a, p) => new { a.Id, Count = (int?)p!.Count ?? 0, Last = p!.Last });
        if (order == AccountOrder.Contacts)
        {
            if (after is not null) rows = rows.Where(r => r.Count < after.Count || (r.Count == after.Count && r.Id < after.Id));
            return rows.OrderByDescending(r => r.Count).ThenByDescending(r => r.Id).Select(r => new Place(r.Id, "", null, r.Count));
        }
        if (after is { At: { } at }) rows = rows.Where(r => r.Last < at || r.Last == null || (r.Last == at && r.Id < after.Id));
        else if (after is not null) rows = rows.Where(r => r.Last == null && r.Id < after.Id);
        return rows.OrderByDescending(r => r.Last).ThenByDescending(r => r.Id).Select(r => new Place(r.Id, "", r.Last, 0));
    }
}
