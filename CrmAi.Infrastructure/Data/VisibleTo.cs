using CrmAi.Domain.Accounts;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;

namespace CrmAi.Infrastructure.Data;

/// <summary>The owner predicate: part of every query over owned tables.</summary>
internal static class VisibleToQueries
{
    /// <summary>A share is a seek by contact and person, made only where nothing cheaper lets the row through.</summary>
    public static IQueryable<Contact> VisibleTo(this IQueryable<Contact> contacts, Viewer viewer, bool deletedToo = false)
    {
        if (!viewer.May(Operation.ReadContacts)) return contacts.Where(_ => false);
        var kept = contacts.Where(c => deletedToo || c.DeletedAt == null);
        return viewer.Role switch
        {
            Role.Admin => kept,
            Role.Analyst => kept.Where(c => c.Visibility != Visibility.Private || c.OwnerId == viewer.Id || c.Shares.Any(s => s.UserId == viewer.Id)),
            _ => kept.Where(c => c.OwnerId == viewer.Id || c.Visibility == Visibility.Public
                || (c.Visibility == Visibility.Team && c.TeamId != null && viewer.TeamIds.Contains(c.TeamId.Value)) || c.Shares.Any(s => s.UserId == viewer.Id)),
        };
    }

    public static IQueryable<Account> VisibleTo(this IQueryable<Account> accounts, Viewer viewer, bool deletedToo = false)
    {
        if (!viewer.May(Operation.ReadContacts)) return accounts.Where(_ => false);
        var kept = accounts.Where(a => deletedToo || a.DeletedAt == null);
        return viewer.Role switch
        {
            Role.Admin => kept,
            Role.Analyst => kept.Where(a => a.Visibility != Visibility.Private || a.OwnerId == viewer.Id),
            _ => kept.Where(a => a.OwnerId == viewer.Id || a.Visibility == Visibility.Public || (a.Visibility == Visibility.Team && a.TeamId != null && viewer.TeamIds.Contains(a.TeamId.Value))),
        };
    }

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

    /// <summary>One's own, for a manager their teams', for an administrator all; whoever may see it may change it. Those of a deleted contact are away with it.</summary>
    public static IQueryable<TaskItem> VisibleTo(this IQueryable<TaskItem> tasks, Viewer viewer, AppDbContext db, bool deletedToo = false)
    {
        if (!viewer.May(Operation.WriteTasks)) return tasks.Where(_ => false);
        var kept = tasks.Where(t => deletedToo || (t.DeletedAt == null && (t.ContactId == null || t.Contact!.DeletedAt == null)));
        return viewer.Role switch
        {
            Role.Admin => kept,
            Role.Manager => kept.Where(t => t.OwnerId == viewer.Id || db.Users.Any(u => u.Id == t.OwnerId && u.TeamId != null && viewer.TeamIds.Contains(u.TeamId.Value))),
            _ => kept.Where(t => t.OwnerId == viewer.Id),
        };
    }

    /// <summary>One's own, for a manager their teams', for an administrator all; only for those who may write contacts. Whoever may see a card may work on it.</summary>
    public static IQueryable<BusinessCard> VisibleTo(this IQueryable<BusinessCard> cards, Viewer viewer, AppDbContext db)
    {
        if (!viewer.May(Operation.WriteContacts)) return cards.Where(_ => false);
        return viewer.Role switch
        {
            Role.Admin => cards,
            Role.Manager => cards.Where(c => c.OwnerId == viewer.Id || db.Users.Any(u => u.Id == c.OwnerId && u.TeamId != null && viewer.TeamIds.Contains(u.TeamId.Value))),
            _ => cards.Where(c => c.OwnerId == viewer.Id),
        };
    }

    /// <summary>Those whose channels are shown in full: <see cref="Viewer.MayReadChannels"/> as a query.</summary>
    public static IQueryable<Contact> ChannelsReadableBy(this IQueryable<Contact> contacts, Viewer viewer) => viewer.Role switch
    {
        Role.Admin or Role.SupportAgent => contacts,
        Role.Manager => contacts.Where(c => c.OwnerId == viewer.Id || (c.Visibility != Visibility.Private && c.TeamId != null && viewer.TeamIds.Contains(c.TeamId.Value)) || c.Shares.Any(s => s.UserId == viewer.Id)),
        _ => contacts.Where(c => c.OwnerId == viewer.Id || c.Shares.Any(s => s.UserId == viewer.Id)),
    };

    /// <summary>Those that may be given away, shared and deleted: <see cref="Viewer.MayGovern"/> as a query.</summary>
    public static IQueryable<T> GovernedBy<T>(this IQueryable<T> rows, Viewer viewer) where T : class, IOwned
    {
        if (!viewer.May(Operation.WriteContacts)) return rows.Where(_ => false);
        return viewer.Role switch
        {
            Role.Admin => rows,
            Role.Manager => rows.Where(r => r.OwnerId == viewer.Id || (r.Visibility != Visibility.Private && r.TeamId != null && viewer.TeamIds.Contains(r.TeamId.Value))),
            _ => rows.Where(r => r.OwnerId == viewer.Id),
        };
    }

    /// <summary>Those that may be changed and deleted: one's own, and those of contacts that one may change.</summary>
    public static IQueryable<Interaction> ChangeableBy(this IQueryable<Interaction> interactions, Viewer viewer, AppDbContext db)
    {
        if (!viewer.May(Operation.WriteInteractions)) return interactions.Where(_ => false);
        if (!viewer.May(Operation.WriteContacts)) return interactions.Where(i => i.AuthorId == viewer.Id);
        var governed = db.Contacts.VisibleTo(viewer).GovernedBy(viewer);
        return interactions.Where(i => i.AuthorId == viewer.Id || governed.Any(c => c.Id == i.ContactId) || i.Contact!.Shares.Any(s => s.UserId == viewer.Id && s.MayChange));
    }
}
