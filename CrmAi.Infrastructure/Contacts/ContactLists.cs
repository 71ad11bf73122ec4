using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>What a list holds, as conditions of one query together with the owner predicate.</summary>
internal static class ContactLists
{
    public static IQueryable<Contact> Narrow(AppDbContext db, ContactQuery query, Viewer viewer)
    {
        var contacts = Belonging(db.Contacts.VisibleTo(viewer), query, viewer);
        if (query.Priority is { } priority) contacts = contacts.Where(c => c.Priority == priority);
        if (query.Stage is { } stage) contacts = contacts.Where(c => c.Stage == stage);
        if (query.Seniority is { } seniority) contacts = contacts.Where(c => c.Seniority == seniority);
        if (query.Lifecycle is { } lifecycle) contacts = contacts.Where(c => c.Lifecycle == lifecycle);
        if (query.FollowUpBefore is { } before) contacts = contacts.Where(c => c.NextFollowUpAt < before);
        if (query.ContactedFrom is { } from) contacts = contacts.Where(c => c.LastContactAt >= from);
        if (query.ContactedBefore is { } to) contacts = contacts.Where(c => c.LastContactAt == null || c.LastContactAt < to);
        if (query.Industry is { } industry)
        {
            contacts = industry.Length > 0 ? contacts.Where(c => c.Account!.Industry == industry)
                : contacts.Where(c => c.AccountId == null || c.Account!.Industry == null || c.Account.Industry == "");
        }
        // Who may not read the details must not find them out by filtering.
        if (query.BirthDecade is { } decade) contacts = contacts.ChannelsReadableBy(viewer).Where(c => c.Index.BirthDecade == decade);
        foreach (var tag in query.TagIds.Distinct())
            contacts = contacts.Where(c => db.ContactTags.Where(t => t.TagId == tag).Select(t => t.ContactId).Contains(c.Id));
        return contacts;
    }

    private static IQueryable<Contact> Belonging(IQueryable<Contact> contacts, ContactQuery query, Viewer viewer)
    {
        // As a value and not as "not archived": then it is a part of an index's key.
        var archived = query.Archived;
        contacts = contacts.Where(c => c.IsArchived == archived);
        if (query.Scope == ContactScope.Mine) contacts = contacts.Where(c => c.OwnerId == viewer.Id);
        if (query.Scope == ContactScope.Team) contacts = viewer.TeamIds is [var only] ? contacts.Where(c => c.TeamId == only) : contacts.Where(c => c.TeamId != null && viewer.TeamIds.Contains(c.TeamId.Value));
        if (query.OwnerId is { } owner) contacts = contacts.Where(c => c.OwnerId == owner);
        if (query.FolderId is { } folder) contacts = contacts.Where(c => c.FolderId == folder);
        if (query.Unfiled) contacts = contacts.Where(c => c.FolderId == null);
        if (query.AccountId is { } account) contacts = contacts.Where(c => c.AccountId == account);
        return contacts;
    }
}
