using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>All that belongs to the loser of two contacts, read to be moved. Whoever may change both moves what others wrote and keep private too: it stays with the person it is about.</summary>
internal sealed class ContactMerge(AppDbContext db, Viewer viewer, Contact survivor, Contact loser)
{
    public Contact Survivor => survivor;

    public Contact Loser => loser;

    public bool LoserIsNewer => loser.UpdatedAt > survivor.UpdatedAt;

    /// <summary>Errors: merge.same, not_found, forbidden.</summary>
    public static async Task<Result<ContactMerge>> ReadAsync(AppDbContext db, Viewer viewer, Guid survivorId, Guid loserId, CancellationToken ct)
    {
        if (survivorId == loserId) return new Error("merge.same", null);
        var both = await db.Contacts.VisibleTo(viewer).Where(c => c.Id == survivorId || c.Id == loserId).Include(c => c.Account).Include(c => c.Tags).Include(c => c.Shares).Include(c => c.Photos).AsSplitQuery().ToListAsync(ct);
        if (both.Count != 2) return Error.NotFound;
        // What loses goes to the survivor's owner: with another's, only who might give it away or delete it may do so.
        var (survivor, loser) = (both.Single(c => c.Id == survivorId), both.Single(c => c.Id == loserId));
        return both.TrueForAll(viewer.MayChange) && (survivor.OwnerId == loser.OwnerId || viewer.MayGovern(loser)) ? new ContactMerge(db, viewer, survivor, loser) : Error.Forbidden;
    }

    /// <summary>Beyond those who see the loser now: its conversations go where the survivor is seen.</summary>
    public bool Widens => survivor.Visibility > loser.Visibility || (survivor.Visibility == Visibility.Team && survivor.TeamId != loser.TeamId) || survivor.Shares.Any(s => loser.Shares.TrueForAll(l => l.UserId != s.UserId));

    public IReadOnlyList<ContactPhoto> Photos => [.. loser.Photos.OrderByDescending(p => p.Id).Take(Math.Max(0, IContactPhotos.MaxPerContact - survivor.Photos.Count))];

    public IReadOnlyList<ContactTag> Tags => [.. loser.Tags.Where(t => survivor.Tags.TrueForAll(s => s.TagId != t.TagId)).Take(Math.Max(0, ContactRules.MaxTags - survivor.Tags.Count))];

    public IReadOnlyList<ContactShare> Shares => viewer.MayGovern(survivor) && viewer.MayGovern(loser) ? [.. loser.Shares.Where(s => s.UserId != survivor.OwnerId && survivor.Shares.TrueForAll(x => x.UserId != s.UserId))] : [];

    /// <summary>What the viewer may see of what will move; more may.</summary>
    public async Task<IReadOnlyList<MergeCount>> CountAsync(CancellationToken ct)
    {
        var id = loser.Id;
        (MergePart Part, int Count)[] counts =
        [
            (MergePart.Interactions, await db.Interactions.VisibleTo(viewer, db).CountAsync(i => i.ContactId == id, ct)), (MergePart.Tasks, await db.Tasks.VisibleTo(viewer, db).CountAsync(t => t.ContactId == id, ct)), (MergePart.Cards, await db.BusinessCards.VisibleTo(viewer, db).CountAsync(c => c.ContactId == id, ct)),
            (MergePart.Tags, Tags.Count), (MergePart.Photos, Photos.Count), (MergePart.Shares, Shares.Count), (MergePart.Corrections, await Corrections.CountAsync(ct)), (MergePart.Suggestions, await Suggestions.CountAsync(ct)),
        ];
        return [.. counts.Where(c => c.Count > 0).Select(c => new MergeCount(c.Part, c.Count))];
    }

    /// <summary>Within the command that was begun.</summary>
    public async Task MoveAsync(MergeMoves moves, DateTime now, CancellationToken ct)
    {
        var (from, to) = (loser.Id, survivor.Id);
        moves.Move(await Interactions.OrderBy(i => i.Id).ToListAsync(ct), nameof(Interaction.ContactId), from, to);
        moves.Move(await db.Tasks.Where(t => t.ContactId == from).OrderBy(t => t.Id).ToListAsync(ct), "ContactId", from, to);
        moves.Move(await db.Set<Domain.BusinessCards.BusinessCard>().Where(c => c.ContactId == from).OrderBy(c => c.Id).ToListAsync(ct), "ContactId", from, to);
        moves.Move(Photos, "ContactId", from, to);
        moves.Move(await Corrections.OrderBy(c => c.Id).ToListAsync(ct), "ContactId", from, to);
        var suggestions = await Suggestions.OrderBy(s => s.Id).ToListAsync(ct);
        moves.Move(suggestions, "ContactId", from, to);
        var steps = suggestions.ConvertAll(s => s.Id);
        moves.Move(await db.ScriptDrafts.Where(d => d.ContactId == from && steps.Contains(d.SuggestionId)).OrderBy(d => d.Id).ToListAsync(ct), "ContactId", from, to);
        moves.Move(await db.ContactScores.Where(s => s.ContactId == from && !db.ContactScores.Any(x => x.ContactId == to && x.Day == s.Day)).OrderBy(s => s.Id).ToListAsync(ct), "ContactId", from, to);
        moves.Move(await db.Notifications.Where(n => n.ContactId == from).OrderBy(n => n.Id).ToListAsync(ct), "ContactId", from, to);
        moves.Move(await db.LookUps.Where(l => l.ContactId == from).OrderBy(l => l.Id).ToListAsync(ct), "ContactId", from, to);
        moves.Move(await db.Set<Account>().Where(a => a.PrimaryContactId == from).OrderBy(a => a.Id).ToListAsync(ct), nameof(Account.PrimaryContactId), from, to);
        foreach (var tag in Tags) db.ContactTags.Add(new() { ContactId = to, TagId = tag.TagId });
        foreach (var share in Shares) db.ContactShares.Add(new() { ContactId = to, UserId = share.UserId, MayChange = share.MayChange, CreatedAt = now });
        if (await db.NameConfirmations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == from, ct) is { } confirmed && !await db.NameConfirmations.AnyAsync(c => c.Id == to, ct))
            db.NameConfirmations.Add(new NameConfirmation { Id = to, Source = confirmed.Source, Page = confirmed.Page, RetrievedAt = confirmed.RetrievedAt, PickedBy = confirmed.PickedBy, PickedAt = confirmed.PickedAt });
    }

    private IQueryable<Interaction> Interactions => db.Set<Interaction>().Where(i => i.ContactId == loser.Id);

    private IQueryable<Domain.Profiles.ProfileCorrection> Corrections => db.ProfileCorrections.Where(c => c.ContactId == loser.Id && !db.ProfileCorrections.Any(x => x.ContactId == survivor.Id && x.Claim == c.Claim));

    private IQueryable<Domain.NextActions.SuggestedAction> Suggestions => db.SuggestedActions.Where(s => s.ContactId == loser.Id && !db.SuggestedActions.Any(x => x.ContactId == survivor.Id && x.Key == s.Key));
}
