using System.Linq.Expressions;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>Filters, order and rows of the contact list, all in the database.</summary>
internal static class ContactLists
{
    public static IQueryable<Contact> Narrow(IQueryable<Contact> contacts, ContactQuery query, Viewer viewer)
    {
        contacts = contacts.Where(c => !c.IsArchived);
        if (query.Scope == ContactScope.Mine) contacts = contacts.Where(c => c.OwnerId == viewer.Id);
        if (query.Scope == ContactScope.Team) contacts = contacts.Where(c => c.TeamId != null && viewer.TeamIds.Contains(c.TeamId.Value));
        if (query.Priority is { } priority) contacts = contacts.Where(c => c.Priority == priority);
        if (query.Stage is { } stage) contacts = contacts.Where(c => c.Stage == stage);
        if (query.FolderId is { } folder) contacts = contacts.Where(c => c.FolderId == folder);
        if (query.FollowUpBefore is { } before) contacts = contacts.Where(c => c.NextFollowUpAt != null && c.NextFollowUpAt < before);
        return contacts;
    }

    /// <summary>Always with the id as tiebreak. Nulls come last on either database.</summary>
    public static IQueryable<Contact> Ordered(IQueryable<Contact> contacts, ContactOrder order) => order switch
    {
        ContactOrder.Name => contacts.OrderBy(c => c.Index.Pinyin).ThenBy(c => c.Id),
        ContactOrder.Created => contacts.OrderByDescending(c => c.Id),
        ContactOrder.FollowUp => contacts.OrderBy(c => c.NextFollowUpAt == null).ThenBy(c => c.NextFollowUpAt).ThenBy(c => c.Id),
        _ => contacts.OrderByDescending(c => c.LastContactAt).ThenByDescending(c => c.Id),
    };

    public static Expression<Func<Contact, ContactRow>> Row(AppDbContext db, Viewer viewer)
    {
        var interactions = db.Interactions.VisibleTo(viewer, db);
        return c => new ContactRow(c.Id, c.Name, c.Title, c.Account == null || c.Account.DeletedAt != null ? null : c.Account.ShortName ?? c.Account.Name, c.Priority, c.Stage, c.LastContactAt, c.NextFollowUpAt,
            interactions.Where(i => i.ContactId == c.Id && !i.IsScheduled).OrderByDescending(i => i.At)
                .SelectMany(i => db.Analyses.Where(a => a.InteractionId == i.Id).Select(a => (Sentiment?)a.Sentiment)).FirstOrDefault(),
            db.Jobs.Count(j => j.ContactId == c.Id && (j.State == JobState.Waiting || j.State == JobState.Running) && interactions.Any(i => i.Id == j.SubjectId)));
    }
}
