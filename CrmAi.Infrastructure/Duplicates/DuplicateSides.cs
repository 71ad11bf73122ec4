using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>Contacts as this viewer may read them, beside what is compared of them.</summary>
/// <param name="Fields">Without channels where they are masked.</param>
internal sealed record ReadSide(DuplicateSide Side, MatchFields Fields);

internal static class DuplicateSides
{
    public static async Task<Dictionary<Guid, ReadSide>> ReadAsync(AppDbContext db, Viewer viewer, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var sides = new Dictionary<Guid, ReadSide>();
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

    private static ReadSide Of(Contact c, string? company, string owner, Viewer viewer)
    {
        var open = viewer.MayReadChannels(c);
        var fields = MatchIndex.Fields(c, company);
        return new(new(c.Id, c.Version, c.Name, c.EnglishName, c.Title, company, open ? c.Mobile : Masks.Phone(c.Mobile), open ? c.Phone : Masks.Phone(c.Phone), open ? c.Email : Masks.Email(c.Email), open ? c.WeChat : Masks.WeChat(c.WeChat), owner, c.OwnerId)
        {
            Masked = !open, MayChange = viewer.MayChange(c), InteractionCount = c.InteractionCount, LastContactAt = c.LastContactAt, CreatedAt = c.CreatedAt, UpdatedAt = c.UpdatedAt,
        }, open ? fields : fields.Open());
    }
}
