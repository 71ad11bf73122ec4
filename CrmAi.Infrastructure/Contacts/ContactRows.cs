using System.Linq.Expressions;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.CustomFields;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>A row of the list, with the columns of its place in any order.</summary>
internal sealed record FoundContact(ContactRow Row, string Sort, double Position);

/// <param name="Company">Null also where it is deleted.</param>
/// <param name="Opens">Whether the reader may see the company itself, and not only that the contact works there.</param>
internal sealed record ReadContact(Contact Contact, string Owner, AccountGlance? Company, bool Opens);

internal static class ContactRows
{
    public static Expression<Func<Contact, FoundContact>> Row(AppDbContext db, Viewer viewer)
    {
        var interactions = db.Interactions.VisibleTo(viewer);
        return c => new FoundContact(
            new ContactRow(c.Id, c.Name, c.Title, c.Account == null || c.Account.DeletedAt != null ? null : c.Account.ShortName ?? c.Account.Name, c.Priority, c.Stage, c.LastContactAt, c.NextFollowUpAt,
                interactions.Where(i => i.ContactId == c.Id && !i.IsScheduled).OrderByDescending(i => i.At)
                    .SelectMany(i => db.Analyses.Where(a => a.InteractionId == i.Id).Select(a => (Sentiment?)a.Sentiment)).FirstOrDefault(),
                db.Jobs.Count(j => j.ContactId == c.Id && (j.State == JobState.Waiting || j.State == JobState.Running) && interactions.Any(i => i.Id == j.SubjectId)))
            {
                OwnerId = c.OwnerId,
                FolderId = c.FolderId,
                IsArchived = c.IsArchived,
                Photo = db.ContactPhotos.Where(p => p.ContactId == c.Id && p.Kind == PhotoKind.Profile).OrderByDescending(p => p.Id).Select(p => (Guid?)p.Id).FirstOrDefault(),
            },
            c.SortName, c.Position);
    }

    /// <summary>The rows with their tags, which one contact may have many of.</summary>
    public static async Task<IReadOnlyList<ContactRow>> WithTagsAsync(AppDbContext db, IReadOnlyList<FoundContact> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return [];
        var ids = rows.Select(r => r.Row.Id).ToList();
        var tags = (await db.ContactTags.Where(t => ids.Contains(t.ContactId)).OrderBy(t => t.Id).Select(t => new { t.ContactId, t.TagId }).ToListAsync(ct)).ToLookup(t => t.ContactId, t => t.TagId);
        return [.. rows.Select(r => tags.Contains(r.Row.Id) ? r.Row with { TagIds = [.. tags[r.Row.Id]] } : r.Row)];
    }

    /// <summary>Contacts with what stands on their company's and owner's rows. A deleted company is shown nowhere until it is restored.</summary>
    public static IQueryable<ReadContact> Read(this IQueryable<Contact> contacts, AppDbContext db, Viewer viewer)
    {
        var accounts = db.Accounts.VisibleTo(viewer);
        return contacts.AsNoTracking().Select(c => new ReadContact(
            c,
            db.Users.Where(u => u.Id == c.OwnerId).Select(u => u.Name).First(),
            c.Account == null || c.Account.DeletedAt != null ? null
                : new AccountGlance(c.Account.Id, c.Account.Name, c.Account.Class, c.Account.Industry, c.Account.City, c.Account.Size, c.Account.Employees, c.Account.Website),
            accounts.Any(a => a.Id == c.AccountId)));
    }

    /// <summary>All of contacts that the viewer may see, in their order.</summary>
    public static async Task<IReadOnlyList<ContactDetail>> DetailsAsync(AppDbContext db, Viewer viewer, IReadOnlyList<ReadContact> contacts, CancellationToken ct)
    {
        if (contacts.Count == 0) return [];
        var ids = contacts.Select(c => c.Contact.Id).ToList();
        var tags = (await db.ContactTags.Where(t => ids.Contains(t.ContactId)).OrderBy(t => t.Id).Include(t => t.Tag).AsNoTracking().ToListAsync(ct)).ToLookup(t => t.ContactId);
        var shared = await db.ContactShares.Where(s => ids.Contains(s.ContactId)).Join(db.Users, s => s.UserId, u => u.Id, (s, u) => new { Share = s, u.Name }).AsNoTracking().ToListAsync(ct);
        var shares = shared.ToLookup(s => s.Share.ContactId, s => s.Share);
        var people = shared.DistinctBy(s => s.Share.UserId).ToDictionary(s => s.Share.UserId, s => s.Name);
        var photos = (await db.ContactPhotos.Where(p => ids.Contains(p.ContactId)).AsNoTracking().ToListAsync(ct)).ToLookup(p => p.ContactId);
        foreach (var (contact, _, _, _) in contacts) (contact.Tags, contact.Shares, contact.Photos) = ([.. tags[contact.Id]], [.. shares[contact.Id]], [.. photos[contact.Id]]);
        var types = contacts.Any(c => c.Contact.Custom.Count > 0 && !viewer.MayReadChannels(c.Contact)) ? await CustomValues.TypesAsync(db, CustomFieldTarget.Contact, ct) : [];
        return [.. contacts.Select(c => ContactMapping.Detail(c, people, types, viewer))];
    }
}
