using CrmAi.Domain.Accounts;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;

namespace CrmAi.Infrastructure.History;

/// <summary>Which commands a viewer is told of, all in the database: one row for each command, one for all batches of long work.</summary>
internal static class UndoQueries
{
    /// <param name="takenBack">Groups that were taken back to the end.</param>
    public static IQueryable<ChangeSet> Rows(AppDbContext db, Viewer viewer, UndoList list, UndoScope scope, DateTime now, IReadOnlyList<IQueryable<Guid>> takenBack)
    {
        var since = now.AddDays(-IHistory.UndoDays);
        var sets = Of(db, viewer, scope).Where(s => s.At >= since && s.UndoneBy == null && db.ChangeEntries.Any(e => e.ChangeSetId == s.Id));
        sets = list == UndoList.Undone ? sets.Where(s => s.Command == "undo" || s.Command.EndsWith(".undo")) : sets.Where(s => s.Command != "undo" && !s.Command.EndsWith(".undo"));
        // What was asked of a model, uploaded on the way or put behind others, or how one likes one's pages, is no change to take back: a card sent by mistake is discarded where it waits.
        sets = sets.Where(s => s.Command != "card.add" && s.Command != "card.later" && s.Command != "card.retry" && s.Command != "user.settings");
        sets = sets.Where(s => !s.Command.StartsWith("script.") && !s.Command.StartsWith("attachment.") && !s.Command.StartsWith("token.") && !s.Command.StartsWith("export.") && !s.Command.StartsWith("prompt.") && s.Command != "registry.refresh");
        // The latest batch stands for all of them.
        sets = sets.Where(s => s.GroupId == null || !db.ChangeSets.Any(o => o.GroupId == s.GroupId && (o.At > s.At || (o.At == s.At && o.Id > s.Id))));
        foreach (var groups in takenBack) sets = sets.Where(s => s.GroupId == null || !groups.Contains(s.GroupId.Value));
        return Seen(db, viewer, sets, now);
    }

    public static IQueryable<ChangeSet> After(this IQueryable<ChangeSet> sets, Cursor? after, int take)
    {
        // The first comparison bounds the range that is read.
        if (after is { } place) sets = sets.Where(s => s.At <= place.At && (s.At < place.At || s.Id < place.Id));
        return sets.OrderByDescending(s => s.At).ThenByDescending(s => s.Id).Take(take);
    }

    private static IQueryable<ChangeSet> Of(AppDbContext db, Viewer viewer, UndoScope scope) => scope switch
    {
        UndoScope.All when viewer.Role == Role.Admin => db.ChangeSets,
        UndoScope.Team when viewer.Role is Role.Manager or Role.Admin => db.ChangeSets.Where(s => s.UserId == viewer.Id || db.Users.Any(u => u.Id == s.UserId && u.TeamId != null && viewer.TeamIds.Contains(u.TeamId.Value))),
        UndoScope.Mine => db.ChangeSets.Where(s => s.UserId == viewer.Id),
        _ => db.ChangeSets.Where(_ => false),
    };

    // Every row concerned may be seen. One's own long work is told of as a number, and what one has just given away as a slip to take back.
    private static IQueryable<ChangeSet> Seen(AppDbContext db, Viewer viewer, IQueryable<ChangeSet> sets, DateTime now)
    {
        if (viewer.Role == Role.Admin) return sets;
        var given = now - TakingBack.HandBack;
        var contacts = db.Contacts.VisibleTo(viewer, deletedToo: true);
        var accounts = db.Accounts.VisibleTo(viewer, deletedToo: true);
        var interactions = db.Interactions.VisibleTo(viewer, db, deletedToo: true);
        var tasks = db.Tasks.VisibleTo(viewer, db, deletedToo: true);
        var cards = db.BusinessCards.VisibleTo(viewer, db);
        var hidden = db.ChangeEntries.Where(e => !(
            (e.RecordType == nameof(Interaction) && interactions.Any(i => i.Id == e.RecordId))
            || (e.RecordType == nameof(TaskItem) && tasks.Any(t => t.Id == e.RecordId))
            || ((e.RecordType == nameof(Account) || e.RecordType == nameof(RegistryEntry)) && accounts.Any(a => a.Id == e.RecordId))
            || (e.RecordType == nameof(BusinessCard) && cards.Any(c => c.Id == e.RecordId))
            || (e.RecordType != nameof(Interaction) && e.RecordType != nameof(TaskItem) && e.ContactId != null && contacts.Any(c => c.Id == e.ContactId))
            || (e.RecordType != nameof(Account) && e.RecordType != nameof(RegistryEntry) && e.RecordType != nameof(Interaction) && e.RecordType != nameof(TaskItem) && e.RecordType != nameof(BusinessCard) && e.ContactId == null
                && db.ChangeSets.Any(o => o.Id == e.ChangeSetId && o.UserId == viewer.Id))));
        return sets.Where(s => (s.UserId == viewer.Id && (s.GroupId != null || (s.Command == "contact.assign" && s.At >= given)))
            || (s.GroupId == null && !hidden.Any(e => e.ChangeSetId == s.Id))
            || (s.GroupId != null && !db.ChangeSets.Any(o => o.GroupId == s.GroupId && hidden.Any(e => e.ChangeSetId == o.Id))));
    }
}
