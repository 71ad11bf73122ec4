using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;

namespace CrmAi.Infrastructure.Data;

/// <summary>The owner predicate: part of every query over owned tables.</summary>
internal static class VisibleToQueries
{
    public static IQueryable<Contact> VisibleTo(this IQueryable<Contact> contacts, Viewer viewer, bool deletedToo = false) =>
        viewer.May(Operation.ReadContacts) ? contacts.Where(c => deletedToo || c.DeletedAt == null).OwnedOrShared(viewer) : contacts.Where(_ => false);

    public static IQueryable<Account> VisibleTo(this IQueryable<Account> accounts, Viewer viewer, bool deletedToo = false) =>
        viewer.May(Operation.ReadContacts) ? accounts.Where(a => deletedToo || a.DeletedAt == null).OwnedOrShared(viewer) : accounts.Where(_ => false);

    /// <summary>Those of contacts that may be seen, and of the private ones one's own.</summary>
    public static IQueryable<Interaction> VisibleTo(this IQueryable<Interaction> interactions, Viewer viewer, AppDbContext db, bool deletedToo = false)
    {
        if (!viewer.May(Operation.ReadInteractions)) return interactions.Where(_ => false);
        var contacts = db.Contacts.VisibleTo(viewer, deletedToo);
        var kept = interactions.Where(i => (deletedToo || i.DeletedAt == null) && contacts.Any(c => c.Id == i.ContactId));
        return viewer.Role == Role.Admin ? kept : kept.Where(i => !i.IsPrivate || i.AuthorId == viewer.Id);
    }

    /// <summary>As above, of contacts that are already known to be visible: for a query over those.</summary>
    public static IQueryable<Interaction> VisibleTo(this IQueryable<Interaction> interactions, Viewer viewer)
    {
        if (!viewer.May(Operation.ReadInteractions)) return interactions.Where(_ => false);
        var kept = interactions.Where(i => i.DeletedAt == null);
        return viewer.Role == Role.Admin ? kept : kept.Where(i => !i.IsPrivate || i.AuthorId == viewer.Id);
    }

    /// <summary>Those whose channels are shown in full: <see cref="Viewer.MayReadChannels"/> as a query.</summary>
    public static IQueryable<Contact> ChannelsReadableBy(this IQueryable<Contact> contacts, Viewer viewer) => viewer.Role switch
    {
        Role.Admin or Role.SupportAgent => contacts,
        Role.Manager => contacts.Where(c => c.OwnerId == viewer.Id || (c.Visibility != Visibility.Private && c.TeamId != null && viewer.TeamIds.Contains(c.TeamId.Value))),
        _ => contacts.Where(c => c.OwnerId == viewer.Id),
    };

    private static IQueryable<T> OwnedOrShared<T>(this IQueryable<T> rows, Viewer viewer) where T : class, IOwned => viewer.Role switch
    {
        Role.Admin => rows,
        Role.Analyst => rows.Where(r => r.Visibility != Visibility.Private || r.OwnerId == viewer.Id),
        _ => rows.Where(r => r.OwnerId == viewer.Id || r.Visibility == Visibility.Public
            || (r.Visibility == Visibility.Team && r.TeamId != null && viewer.TeamIds.Contains(r.TeamId.Value))),
    };
}
