using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>A record as this viewer may read it, beside what is compared of it.</summary>
/// <param name="Fields">Without channels where they are masked.</param>
internal sealed record ReadSide<T>(T Side, IMatchFields Fields);

internal static class DuplicateSides
{
    public static async Task<Dictionary<Guid, ReadSide<DuplicateSide>>> ReadAsync(AppDbContext db, Viewer viewer, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var sides = new Dictionary<Guid, ReadSide<DuplicateSide>>();
        foreach (var some in ids.Chunk(500))
        {
            var rows = await db.Contacts.VisibleTo(viewer).AsNoTracking().Where(c => some.Contains(c.Id)).Select(c => new
            {
                Contact = c,
                Shares = c.Shares.Where(s => s.UserId == viewer.Id).ToList(),
                Company = c.Account == null || c.Account.DeletedAt != null ? null : c.Account.Name,
                Owner = db.Users.Where(u => u.Id == c.OwnerId).Select(u => u.Name).First(),
            }).AsSplitQuery().OrderBy(c => c.Contact.Id).ToListAsync(ct);
            foreach (var row in rows)
            {
                row.Contact.Shares = row.Shares;
                sides[row.Contact.Id] = Of(row.Contact, row.Company, row.Owner, viewer);
            }
        }
        return sides;
    }

    private static ReadSide<DuplicateSide> Of(Contact c, string? company, string owner, Viewer viewer)
    {
        var open = viewer.MayReadChannels(c);
        IMatchFields fields = MatchIndex.Fields(c, company);
        return new(new(c.Id, c.Version, c.Name, c.EnglishName, c.Title, company, open ? c.Mobile : Masks.Phone(c.Mobile), open ? c.Phone : Masks.Phone(c.Phone), open ? c.Email : Masks.Email(c.Email), open ? c.WeChat : Masks.WeChat(c.WeChat), owner, c.OwnerId)
        {
            Masked = !open, MayChange = viewer.MayChange(c), MayGovern = viewer.MayGovern(c), InteractionCount = c.InteractionCount, LastContactAt = c.LastContactAt, CreatedAt = c.CreatedAt, UpdatedAt = c.UpdatedAt,
        }, open ? fields : fields.Open);
    }

    public static async Task<Dictionary<Guid, ReadSide<CompanySide>>> CompaniesAsync(AppDbContext db, Viewer viewer, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var (sides, people) = (new Dictionary<Guid, ReadSide<CompanySide>>(), db.Contacts.VisibleTo(viewer));
        foreach (var some in ids.Chunk(500))
        {
            var rows = await db.Accounts.VisibleTo(viewer).AsNoTracking().Where(a => some.Contains(a.Id)).OrderBy(a => a.Id).Select(a => new
            {
                Account = a,
                Facts = db.RegistryEntries.Where(e => e.Id == a.Id).Select(e => e.Facts).FirstOrDefault(),
                Owner = db.Users.Where(u => u.Id == a.OwnerId).Select(u => u.Name).First(),
                Contacts = people.Count(c => c.AccountId == a.Id),
            }).ToListAsync(ct);
            foreach (var (a, facts, owner, contacts) in rows.Select(r => (r.Account, r.Facts, r.Owner, r.Contacts)))
                sides[a.Id] = new(new(a.Id, a.Version, a.Name, a.ShortName, facts?.CreditCode, a.Website, a.Phone, a.City, a.Industry, owner, a.OwnerId, contacts) { MayChange = viewer.MayChange(a), MayGovern = viewer.MayGovern(a), CreatedAt = a.CreatedAt, UpdatedAt = a.UpdatedAt }, MatchRows.Fields(a, facts));
        }
        return sides;
    }
}
