using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

internal sealed class Merges(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ChangeRecorder recorder, TakingBack takingBack, TimeProvider time) : IMerges
{
    // Longer chains than this nobody makes; a circle would be one.
    private const int MostHops = 20;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<Result<MergePreview>> PreviewAsync(MergeKind kind, Guid survivorId, Guid loserId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (kind == MergeKind.Account)
        {
            var companies = await AccountMerge.ReadAsync(db, viewer, survivorId, loserId, ct);
            if (!companies.Succeeded) return Result.Refused<MergePreview>(companies.Errors);
            var c = companies.Value;
            return new MergePreview(kind, await HeadAsync(db, c.Survivor, ct), await HeadAsync(db, c.Loser, ct), MergeFields.Differing(await AccountMergeFields.OfAsync(db, ct), c.Survivor, c.Loser, c.LoserIsNewer), await c.CountAsync(viewer, ct), c.Survivor.Visibility > c.Loser.Visibility);
        }
        var people = await ContactMerge.ReadAsync(db, viewer, survivorId, loserId, ct);
        if (!people.Succeeded) return Result.Refused<MergePreview>(people.Errors);
        var p = people.Value;
        return new MergePreview(kind, await HeadAsync(db, p.Survivor, ct), await HeadAsync(db, p.Loser, ct), MergeFields.Differing(await ContactMergeFields.OfAsync(db, ct), p.Survivor, p.Loser, p.LoserIsNewer), await p.CountAsync(ct), p.Widens);
    }

    public async Task<Result<Saved>> MergeAsync(MergeKind kind, MergeRequest request, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return kind == MergeKind.Account ? await AccountsAsync(db, viewer, request, ct) : await ContactsAsync(db, viewer, request, recorder, Now, ct);
    }

    public async Task<Result<MergeUndone>> UndoAsync(Guid changeSetId, CancellationToken ct)
    {
        var undone = await takingBack.UndoAsync(changeSetId, mergesOnly: true, ct);
        return undone.Succeeded ? new MergeUndone(undone.Value.ChangeSetId, undone.Value.Kept) : Result.Refused<MergeUndone>(undone.Errors);
    }

    public async Task<Guid?> SurvivorOfAsync(MergeKind kind, Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var at = id;
        for (var hop = 0; hop < MostHops; hop++)
        {
            var next = kind == MergeKind.Account ? await db.Accounts.VisibleTo(viewer, deletedToo: true).Where(a => a.Id == at).Select(a => new { a.MergedIntoId, a.DeletedAt }).SingleOrDefaultAsync(ct)
                : await db.Contacts.VisibleTo(viewer, deletedToo: true).Where(c => c.Id == at).Select(c => new { c.MergedIntoId, c.DeletedAt }).SingleOrDefaultAsync(ct);
            if (next is null) return null;
            if (next.DeletedAt is null) return at == id ? null : at;
            if (next.MergedIntoId is not { } into) return null;
            at = into;
        }
        return null;
    }

    public static async Task<Result<Saved>> ContactsAsync(AppDbContext db, Viewer viewer, MergeRequest request, ChangeRecorder recorder, DateTime now, CancellationToken ct)
    {
        var read = await ContactMerge.ReadAsync(db, viewer, request.SurvivorId, request.LoserId, ct);
        if (!read.Succeeded) return Result.Refused<Saved>(read.Errors);
        var (merge, survivor, loser) = (read.Value, read.Value.Survivor, read.Value.Loser);
        if (survivor.Version != request.SurvivorVersion || loser.Version != request.LoserVersion) return Error.Conflict;
        var before = new Contact { Name = survivor.Name, Mobile = survivor.Mobile, Phone = survivor.Phone, Email = survivor.Email, WeChat = survivor.WeChat };
        if (MergeFields.Apply(await ContactMergeFields.OfAsync(db, ct), survivor, loser, merge.LoserIsNewer, request.Fields) is { } unknown) return new Error("merge.field", unknown);
        ContactMergeFields.KeepChannels(survivor, before, loser);
        var command = db.Begin(MergeCommands.Contact, viewer, now);
        await merge.MoveAsync(new(db, recorder, command), now, ct);
        (survivor.UpdatedAt, loser.DeletedAt, loser.MergedIntoId) = (now, now, survivor.Id);
        return await db.TrySaveAsync(ct) is { } refusal ? refusal : new Saved(survivor.Id, survivor.Version, command.Id);
    }

    private async Task<Result<Saved>> AccountsAsync(AppDbContext db, Viewer viewer, MergeRequest request, CancellationToken ct)
    {
        var read = await AccountMerge.ReadAsync(db, viewer, request.SurvivorId, request.LoserId, ct);
        if (!read.Succeeded) return Result.Refused<Saved>(read.Errors);
        var (merge, survivor, loser) = (read.Value, read.Value.Survivor, read.Value.Loser);
        if (survivor.Version != request.SurvivorVersion || loser.Version != request.LoserVersion) return Error.Conflict;
        if (MergeFields.Apply(await AccountMergeFields.OfAsync(db, ct), survivor, loser, merge.LoserIsNewer, request.Fields) is { } unknown) return new Error("merge.field", unknown);
        var command = db.Begin(MergeCommands.Account, viewer, Now);
        await merge.MoveAsync(new(db, recorder, command), ct);
        (survivor.UpdatedAt, loser.DeletedAt, loser.MergedIntoId) = (Now, Now, survivor.Id);
        return await db.TrySaveAsync(ct) is { } refusal ? refusal : new Saved(survivor.Id, survivor.Version, command.Id);
    }

    private static async Task<MergeHead> HeadAsync(AppDbContext db, Contact c, CancellationToken ct) =>
        new(c.Id, c.Version, c.Name, MergeFields.Text(string.Join(" · ", new[] { c.Title, c.Account is { DeletedAt: null } account ? account.Name : null }.OfType<string>())), await OwnerAsync(db, c.OwnerId, ct), c.CreatedAt, c.UpdatedAt);

    private static async Task<MergeHead> HeadAsync(AppDbContext db, Account a, CancellationToken ct) =>
        new(a.Id, a.Version, a.Name, MergeFields.Text(string.Join(" · ", new[] { a.Industry, a.City }.OfType<string>())), await OwnerAsync(db, a.OwnerId, ct), a.CreatedAt, a.UpdatedAt);

    private static Task<string> OwnerAsync(AppDbContext db, Guid owner, CancellationToken ct) => db.Users.Where(u => u.Id == owner).Select(u => u.Name).SingleAsync(ct);
}
