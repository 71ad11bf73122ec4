using CrmAi.Domain.Accounts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Accounts;

/// <summary>Puts fields of a company back.</summary>
internal sealed class AccountRestore(TimeProvider time) : IRestorable
{
    public string RecordType => nameof(Account);

    public IReadOnlyCollection<string> Fields { get; } = [.. typeof(AccountEdit).GetProperties().Select(p => p.Name).Except([nameof(AccountEdit.Custom)])];

    public async Task<Result<OpenRecord>> OpenAsync(AppDbContext db, Viewer viewer, Guid id, CancellationToken ct)
    {
        var account = await db.Accounts.VisibleTo(viewer).SingleOrDefaultAsync(a => a.Id == id, ct);
        if (account is null) return Error.NotFound;
        if (!viewer.MayChange(account)) return Error.Forbidden;
        return new OpenRecord(account.Version, EditPatch.Of(AccountMapping.Edit(account, primary: true)), new HashSet<Guid>(), null, async (patch, _, token) =>
        {
            var errors = await Accounts.ApplyAsync(db, viewer, account, patch.Edit<AccountEdit>(), token);
            if (errors.Count > 0) return Result.Refused<Saved>(errors);
            var now = time.GetUtcNow().UtcDateTime;
            account.UpdatedAt = now;
            var command = db.Begin("account.putback", viewer, now);
            return await db.TrySaveAsync(token) is { } refusal ? refusal : new Saved(account.Id, account.Version, command.Id);
        });
    }
}
