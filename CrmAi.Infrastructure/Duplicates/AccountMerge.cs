using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>All that belongs to the loser of two companies, read to be moved: its people too, whoever's they are.</summary>
internal sealed class AccountMerge(AppDbContext db, Account survivor, Account loser)
{
    public Account Survivor => survivor;

    public Account Loser => loser;

    public bool LoserIsNewer => loser.UpdatedAt > survivor.UpdatedAt;

    /// <summary>Errors: merge.same, not_found, forbidden.</summary>
    public static async Task<Result<AccountMerge>> ReadAsync(AppDbContext db, Viewer viewer, Guid survivorId, Guid loserId, CancellationToken ct)
    {
        if (survivorId == loserId) return new Error("merge.same", null);
        var both = await db.Accounts.VisibleTo(viewer).Where(a => a.Id == survivorId || a.Id == loserId).ToListAsync(ct);
        if (both.Count != 2) return Error.NotFound;
        // What loses goes to the survivor's owner: with another's, only who might give it away or delete it may do so.
        var (survivor, loser) = (both.Single(a => a.Id == survivorId), both.Single(a => a.Id == loserId));
        return both.TrueForAll(viewer.MayChange) && (survivor.OwnerId == loser.OwnerId || viewer.MayGovern(loser)) ? new AccountMerge(db, survivor, loser) : Error.Forbidden;
    }

    /// <summary>Of the people there those whom the viewer sees.</summary>
    public async Task<IReadOnlyList<MergeCount>> CountAsync(Viewer viewer, CancellationToken ct)
    {
        var id = loser.Id;
        (MergePart Part, int Count)[] counts =
        [
            (MergePart.Contacts, await db.Contacts.VisibleTo(viewer).CountAsync(c => c.AccountId == id, ct)), (MergePart.Tasks, await db.Tasks.VisibleTo(viewer, db).CountAsync(t => t.AccountId == id, ct)),
            (MergePart.Registry, await db.RegistryEntries.CountAsync(e => e.Id == id && !db.RegistryEntries.Any(x => x.Id == survivor.Id), ct)),
        ];
        return [.. counts.Where(c => c.Count > 0).Select(c => new MergeCount(c.Part, c.Count))];
    }

    public async Task MoveAsync(MergeMoves moves, CancellationToken ct)
    {
        var (from, to) = (loser.Id, survivor.Id);
        moves.Move(await db.Set<Contact>().Where(c => c.AccountId == from).OrderBy(c => c.Id).ToListAsync(ct), nameof(Contact.AccountId), from, to);
        moves.Move(await db.Tasks.Where(t => t.AccountId == from).OrderBy(t => t.Id).ToListAsync(ct), "AccountId", from, to);
        moves.Move(await db.LookUps.Where(l => l.AccountId == from).OrderBy(l => l.Id).ToListAsync(ct), "AccountId", from, to);
        survivor.PrimaryContactId ??= loser.PrimaryContactId;
        if (await db.RegistryEntries.AsNoTracking().SingleOrDefaultAsync(e => e.Id == from, ct) is { } known && !await db.RegistryEntries.AnyAsync(e => e.Id == to, ct))
            db.RegistryEntries.Add(new RegistryEntry { Id = to, Source = known.Source, SourceId = known.SourceId, Link = known.Link, PickedBy = known.PickedBy, PickedAt = known.PickedAt, CheckedAt = known.CheckedAt, Facts = known.Facts, Risk = known.Risk, Officers = known.Officers });
    }
}
