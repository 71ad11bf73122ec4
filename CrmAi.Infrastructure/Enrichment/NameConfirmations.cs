using CrmAi.Domain.Contacts;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Enrichment;

internal sealed class NameConfirmations(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, TimeProvider time) : INameConfirmations
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<NameConfirmationView?> GetAsync(Guid contactId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await ContactAsync(db, viewer, contactId, ct) is not { } contact) return null;
        var row = await db.NameConfirmations.AsNoTracking().Where(c => c.Id == contactId).Join(db.Users, c => c.PickedBy, u => u.Id, (Row, u) => new { Row, u.Name }).SingleOrDefaultAsync(ct);
        return row is null ? null : new(row.Row.Source, viewer.MayReadChannels(contact) ? row.Row.Page : null, row.Row.RetrievedAt, row.Name, row.Row.PickedAt, viewer.MayChange(contact), row.Row.Version);
    }

    public async Task<Result<Saved>> PickAsync(Guid contactId, Guid lookUpId, string sourceId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await ContactAsync(db, viewer, contactId, ct) is not { } contact) return Error.NotFound;
        if (!viewer.MayChange(contact)) return Error.Forbidden;
        var row = await Choices.ConfirmAsync(db, viewer, contactId, new(lookUpId, sourceId), Now, ct);
        return row.Succeeded ? await SaveAsync(db, row.Value, "name.confirm", viewer, ct) : Result.Refused<Saved>(row.Errors);
    }

    public async Task<Result<Saved>> RemoveAsync(Guid contactId, CancellationToken ct, int? version = null)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await ContactAsync(db, viewer, contactId, ct) is not { } contact) return Error.NotFound;
        if (!viewer.MayChange(contact)) return Error.Forbidden;
        if (await db.NameConfirmations.SingleOrDefaultAsync(c => c.Id == contactId, ct) is not { } row) return Error.NotFound;
        if (version is { } seen && row.Version != seen) return Error.Conflict;
        db.NameConfirmations.Remove(row);
        return await SaveAsync(db, row, "name.unconfirm", viewer, ct);
    }

    private static Task<Contact?> ContactAsync(AppDbContext db, Viewer viewer, Guid id, CancellationToken ct) =>
        db.Contacts.VisibleTo(viewer).Include(c => c.Shares).AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct);

    private async Task<Result<Saved>> SaveAsync(AppDbContext db, NameConfirmation row, string name, Viewer viewer, CancellationToken ct)
    {
        var command = db.Begin(name, viewer, Now);
        return await db.TrySaveAsync(ct) is { } refusal ? refusal : new Saved(row.Id, row.Version, command.Id);
    }
}
