using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Accounts;

internal sealed class Accounts(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, TimeProvider time) : IAccounts
{
    private const int MaxTake = 200, Suggestions = 20;

    public async Task<IReadOnlyList<AccountRow>> SuggestAsync(string text, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (SearchTerms.Words(text).Count == 0) return [];
        await using var db = await contexts.CreateDbContextAsync(ct);
        var folded = ContactKeys.Fold(text);
        return await Matching(db, db.Accounts.VisibleTo(viewer), text)
            .OrderByDescending(a => a.NameFolded == folded).ThenByDescending(a => a.NameFolded.StartsWith(folded)).ThenBy(a => a.NameFolded).ThenBy(a => a.Id)
            .Take(Suggestions).Select(a => new AccountRow(a.Id, a.Name, a.Industry, a.City)).ToListAsync(ct);
    }

    public async Task<Result<Page<AccountDetail>>> PageAsync(AccountQuery query, string? after, int take, CancellationToken ct)
    {
        take = Math.Clamp(take, 1, MaxTake);
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = Matching(db, db.Accounts.VisibleTo(viewer), query.Search);
        if (after is not null)
        {
            if (Cursor.Parse(after) is not { } cursor) return new Error("cursor.unknown", nameof(after));
            found = found.Where(a => a.Id > cursor.Id);
        }
        var rows = await Details(db, viewer, found.OrderBy(a => a.Id).Take(take + 1)).ToListAsync(ct);
        return new Page<AccountDetail>([.. rows.Take(take)], rows.Count > take ? new Cursor(rows[take - 1].CreatedAt, rows[take - 1].Id).ToString() : null);
    }

    public async Task<AccountDetail?> GetAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Details(db, viewer, db.Accounts.VisibleTo(viewer).Where(a => a.Id == id)).SingleOrDefaultAsync(ct);
    }

    public async Task<Result<Saved>> AddAsync(AccountEdit edit, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.WriteContacts)) return Error.Forbidden;
        var errors = AccountRules.Check(edit);
        if (errors.Count > 0) return Result.Refused<Saved>(errors);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        var account = new Account
        {
            Name = edit.Name.Trim(), ShortName = edit.ShortName, Class = edit.Class, CreditRating = edit.CreditRating, Size = edit.Size, Industry = edit.Industry, Lifecycle = edit.Lifecycle,
            Website = edit.Website, Phone = edit.Phone, City = edit.City, Addresses = [.. edit.Addresses], Description = edit.Description, RevenueMinor = edit.RevenueMinor,
            Currency = edit.Currency, Employees = edit.Employees, Visibility = edit.Visibility, OwnerId = viewer.Id, TeamId = viewer.TeamId, CreatedAt = now, UpdatedAt = now,
        };
        db.Accounts.Add(account);
        var command = db.Begin("account.add", viewer, now);
        await db.SaveChangesAsync(ct);
        return new Saved(account.Id, account.Version, command.Id);
    }

    public Task<AccountOverview?> OverviewAsync(Guid id, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Page<AccountInteraction>>> InteractionsAsync(Guid id, string? after, int take, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> UpdateAsync(Guid id, int version, AccountEdit edit, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> ArchiveAsync(Guid id, bool archived, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> AssignAsync(Guid id, Guid ownerId, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> RestoreAsync(Guid id, CancellationToken ct) => throw new NotImplementedException();

    private static IQueryable<Account> Matching(AppDbContext db, IQueryable<Account> accounts, string? search)
    {
        foreach (var word in SearchTerms.Words(search))
        {
            var terms = Beginning(SearchTerms.Cut(word));
            accounts = accounts.Where(a => terms.Contains(a.Id));
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

    private static IQueryable<AccountDetail> Details(AppDbContext db, Viewer viewer, IQueryable<Account> accounts)
    {
        var contacts = db.Contacts.VisibleTo(viewer);
        return accounts.AsNoTracking().Join(db.Users, a => a.OwnerId, u => u.Id, (a, u) => new AccountDetail(a.Id, a.Version, new AccountEdit
        {
            Name = a.Name, ShortName = a.ShortName, Class = a.Class, CreditRating = a.CreditRating, Size = a.Size, Industry = a.Industry, Lifecycle = a.Lifecycle, Website = a.Website,
            Phone = a.Phone, City = a.City, Addresses = a.Addresses, Description = a.Description, RevenueMinor = a.RevenueMinor, Currency = a.Currency, Employees = a.Employees, Visibility = a.Visibility,
        }, u.Name, a.OwnerId, contacts.Count(c => c.AccountId == a.Id), a.CreatedAt));
    }
}
