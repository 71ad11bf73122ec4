using CrmAi.Domain.Accounts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.CustomFields;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Accounts;

internal sealed class Accounts(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, TimeProvider time) : IAccounts
{
    private const int MaxTake = 200, Suggestions = 20, Industries = 50;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<IReadOnlyList<AccountRow>> SuggestAsync(string text, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (SearchTerms.Words(text).Count == 0) return [];
        await using var db = await contexts.CreateDbContextAsync(ct);
        var folded = Account.Fold(text);
        return await AccountLists.Matching(db, db.Accounts.VisibleTo(viewer), text)
            .OrderByDescending(a => a.NameFolded == folded).ThenByDescending(a => a.NameFolded.StartsWith(folded)).ThenBy(a => a.NameFolded).ThenBy(a => a.Id)
            .Take(Suggestions).Select(a => new AccountRow(a.Id, a.Name, a.Industry, a.City)).ToListAsync(ct);
    }

    public async Task<Result<Page<AccountDetail>>> PageAsync(AccountQuery query, string? after, int take, CancellationToken ct)
    {
        take = Math.Clamp(take, 1, MaxTake);
        var cursor = after is null ? null : AccountCursor.Parse(after, query.Order);
        if (after is not null && cursor is null) return new Error("cursor.unknown", nameof(after));
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = AccountLists.Narrow(db, db.Accounts.VisibleTo(viewer), query);
        var places = await AccountLists.Ordered(db, viewer, found, query.Order, cursor).Take(take + 1).ToListAsync(ct);
        var ids = places.Take(take).Select(p => p.Id).ToList();
        var details = (await AccountMapping.DetailsAsync(db, viewer, db.Accounts.VisibleTo(viewer).Where(a => ids.Contains(a.Id)), ct)).ToDictionary(d => d.Id);
        var last = places.Count > take ? places[take - 1] : null;
        return new Page<AccountDetail>([.. ids.Where(details.ContainsKey).Select(id => details[id])],
            last is null ? null : AccountCursor.Of(query.Order, last.Id, last.Name, last.LastContactAt, last.Contacts).ToString());
    }

    public async Task<IReadOnlyList<string>> IndustriesAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Accounts.VisibleTo(viewer).Where(a => a.Industry != null && a.Industry != "").GroupBy(a => a.Industry!)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(Industries).Select(g => g.Key).ToListAsync(ct);
    }

    public async Task<AccountDetail?> GetAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await AccountMapping.DetailsAsync(db, viewer, db.Accounts.VisibleTo(viewer).Where(a => a.Id == id), ct)).SingleOrDefault();
    }

    public async Task<AccountOverview?> OverviewAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await new AccountOverviews(db, viewer).OfAsync(id, Now, ct);
    }

    public async Task<Result<Page<AccountInteraction>>> InteractionsAsync(Guid id, string? after, int take, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await new AccountOverviews(db, viewer).InteractionsAsync(id, after, Math.Clamp(take, 1, MaxTake), ct);
    }

    public async Task<Result<Saved>> AddAsync(AccountEdit edit, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.WriteContacts)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var account = new Account { Name = "", OwnerId = viewer.Id, TeamId = viewer.TeamId, CreatedAt = Now };
        var errors = await ApplyAsync(db, viewer, account, edit, ct, isNew: true);
        if (errors.Count > 0) return Result.Refused<Saved>(errors);
        db.Accounts.Add(account);
        return await SaveAsync(db, account, "account.add", viewer, ct);
    }

    public async Task<Result<Saved>> UpdateAsync(Guid id, int version, AccountEdit edit, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var account = await db.Accounts.VisibleTo(viewer).SingleOrDefaultAsync(a => a.Id == id, ct);
        if (account is null) return Error.NotFound;
        if (!viewer.MayChange(account)) return Error.Forbidden;
        if (account.Version != version) return Error.Conflict;
        var errors = await ApplyAsync(db, viewer, account, edit, ct);
        return errors.Count > 0 ? Result.Refused<Saved>(errors) : await SaveAsync(db, account, "account.edit", viewer, ct);
    }

    public Task<Result<Saved>> ArchiveAsync(Guid id, bool archived, CancellationToken ct) => ChangeAsync(id, archived ? "account.archive" : "account.unarchive", (_, account) =>
    {
        account.IsArchived = archived;
        return Task.FromResult<Error?>(null);
    }, ct);

    public async Task<Result<Saved>> AssignAsync(Guid id, Guid ownerId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        return await ChangeAsync(id, "account.assign", async (db, account) =>
        {
            var owner = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == ownerId && u.IsActive, ct);
            var known = owner is not null && Permissions.Allow(owner.Role, Operation.WriteContacts)
                && (viewer.Role == Role.Admin || owner.Id == viewer.Id || (owner.TeamId is { } team && viewer.TeamIds.Contains(team)));
            if (!known) return new("user.unknown", nameof(ownerId));
            (account.OwnerId, account.TeamId) = (owner!.Id, owner.TeamId);
            return null;
        }, ct);
    }

    public Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct, int? version = null) => ChangeAsync(id, "account.delete", (_, account) =>
    {
        if (version is { } read && account.Version != read) return Task.FromResult<Error?>(Error.Conflict);
        account.DeletedAt = Now;
        return Task.FromResult<Error?>(null);
    }, ct);

    public Task<Result<Saved>> RestoreAsync(Guid id, CancellationToken ct) => ChangeAsync(id, "account.restore", (_, account) =>
    {
        if (account.MergedIntoId is not null) return Task.FromResult<Error?>(new("merge.restore", null));
        if (account.DeletedAt < Now.AddDays(-IHistory.UndoDays)) return Task.FromResult<Error?>(new("undo.late", null, IHistory.UndoDays));
        account.DeletedAt = null;
        return Task.FromResult<Error?>(null);
    }, ct, deleted: true);

    // Loads a company that the viewer may change, has it changed, and saves.
    private async Task<Result<Saved>> ChangeAsync(Guid id, string command, Func<AppDbContext, Account, Task<Error?>> change, CancellationToken ct, bool deleted = false)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var account = await db.Accounts.VisibleTo(viewer, deletedToo: deleted).SingleOrDefaultAsync(a => a.Id == id, ct);
        if (account is null || (deleted && account.DeletedAt is null)) return Error.NotFound;
        if (!viewer.MayChange(account)) return Error.Forbidden;
        if (await change(db, account) is { } refusal) return refusal;
        return await SaveAsync(db, account, command, viewer, ct);
    }

    private async Task<Result<Saved>> SaveAsync(AppDbContext db, Account account, string name, Viewer viewer, CancellationToken ct)
    {
        account.UpdatedAt = Now;
        var command = db.Begin(name, viewer, Now);
        if (await db.TrySaveAsync(ct) is { } refusal) return refusal;
        return new Saved(account.Id, account.Version, command.Id);
    }

    /// <summary>Checks an edit and puts it into the row; where it answers anything, nothing may be saved.</summary>
    public static async Task<IReadOnlyList<Error>> ApplyAsync(AppDbContext db, Viewer viewer, Account account, AccountEdit edit, CancellationToken ct, bool isNew = false)
    {
        edit = AccountMapping.Normal(edit);
        if (AccountRules.Check(edit) is { Count: > 0 } wrong) return wrong;
        var contacts = db.Contacts.VisibleTo(viewer);
        // Who does not see the primary contact has read none, and does not take it away by saving.
        var unseen = account.PrimaryContactId is { } present && !await contacts.AnyAsync(c => c.Id == present, ct);
        if (edit.PrimaryContactId is { } primary)
        {
            if (!await contacts.AnyAsync(c => c.Id == primary && c.AccountId == account.Id, ct)) return [new("contact.unknown", nameof(edit.PrimaryContactId))];
            account.PrimaryContactId = primary;
        }
        else if (!unseen)
        {
            account.PrimaryContactId = null;
        }
        var custom = await CustomValues.ApplyAsync(db, CustomFieldTarget.Account, edit.Custom, isNew ? null : account.Custom, ct);
        if (!custom.Succeeded) return custom.Errors;
        account.Custom = custom.Value;
        AccountMapping.Apply(account, edit);
        return [];
    }
}
