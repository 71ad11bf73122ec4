using CrmAi.Domain.Briefs;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Notifications;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Notifications;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Briefs;

/// <summary>Chooses a person's brief of the day among what is open with their contacts.</summary>
internal static class BriefMaking
{
    /// <summary>
    /// Today's brief of this person, made where there is none and something to choose from; saved at once. Called at the first look, and in the morning by whoever
    /// works through the night, who has it told too. Two at once make one.
    /// </summary>
    /// <param name="viewer">The person: what they may see is chosen from.</param>
    public static async Task<MorningBrief?> MakeAsync(AppDbContext db, Viewer viewer, DateTime now, bool tell, CancellationToken ct)
    {
        var day = TaskTimes.DayOf(now, viewer.TimeZone);
        if (await OfAsync(db, viewer.Id, day, ct) is { } there) return there;
        var open = await OpenAsync(db, viewer, now, ct);
        if (open.Count == 0) return null;
        var brief = Choose(viewer.Id, day, open, await LearntAsync(db, viewer.Id, ct), now);
        db.MorningBriefs.Add(brief);
        if (tell) NotificationRows.Add(db, viewer.Id, NotificationKind.MorningBrief, $"brief:{day:yyyy-MM-dd}", null, null, now);
        return await db.TrySaveAsync(ct) is null ? brief : await OfAsync(db, viewer.Id, day, ct);
    }

    /// <summary>The most worth first, by worth × what was learnt of the kind; one step for each contact, so that a day is not spent with one.</summary>
    public static MorningBrief Choose(Guid userId, DateOnly day, IReadOnlyList<SuggestedAction> open, IReadOnlyList<LearntKind> learnt, DateTime now)
    {
        // Urgency as of this day: a suggestion may have been made days ago.
        foreach (var action in open)
        {
            var urgency = ActionWorth.Urgency(action.DueOn, day);
            if (action.ExpectedMinor is { } expected) action.ExpectedMinor = (long)Math.Round(expected * urgency / action.Urgency);
            action.Urgency = urgency;
        }
        var deals = open.Where(a => a.ExpectedMinor > 0).Select(a => ActionWorth.InYuan(a.ExpectedMinor!.Value, a.Currency) / (a.Lift * a.Urgency)).Order().ToList();
        var typical = deals.Count == 0 ? 1 : deals[deals.Count / 2];
        var weights = learnt.ToDictionary(l => l.Kind, l => l.Weight);
        var items = open.Select(a => (Action: a, Weight: weights.GetValueOrDefault(a.Kind, 1))).Select(a => (a.Action, a.Weight, Rank: ActionWorth.Rank(a.Action, typical) * a.Weight))
            .OrderByDescending(a => a.Rank).ThenBy(a => a.Action.DueOn).ThenBy(a => a.Action.Id).DistinctBy(a => a.Action.ContactId).Take(MorningBrief.MaxItems);
        return new() { UserId = userId, Day = day, MadeAt = now, Items = [.. items.Select(i => new BriefItem(i.Action.Id, i.Rank, i.Weight))] };
    }

    /// <summary>What this person's decisions say, kind by kind, since they last had it forgotten.</summary>
    public static async Task<IReadOnlyList<LearntKind>> LearntAsync(AppDbContext db, Guid userId, CancellationToken ct)
    {
        var since = await db.BriefLearnings.Where(l => l.UserId == userId).Select(l => (DateTime?)l.Since).SingleOrDefaultAsync(ct) ?? DateTime.UnixEpoch;
        var decided = await db.SuggestedActions.Where(s => s.DecidedBy == userId && s.DecidedAt > since && (s.State == SuggestionState.Accepted || s.State == SuggestionState.Rejected))
            .GroupBy(s => new { s.Kind, s.State, s.RejectReason }).Select(g => new { g.Key.Kind, g.Key.State, g.Key.RejectReason, Count = g.Count() }).ToListAsync(ct);
        return [.. decided.Select(d => (d.Kind, Says: ActionLearning.Says(d.State, d.RejectReason), d.Count)).GroupBy(d => d.Kind)
            .Select(g => new LearntKind(g.Key, g.Where(d => d.Says > 0).Sum(d => d.Count), g.Where(d => d.Says < 0).Sum(d => d.Count)))
            .Where(k => k.Accepted + k.Rejected > 0).OrderByDescending(k => k.Accepted + k.Rejected).ThenBy(k => k.Kind)];
    }

    public static Task<MorningBrief?> OfAsync(AppDbContext db, Guid userId, DateOnly day, CancellationToken ct) =>
        db.MorningBriefs.AsNoTracking().SingleOrDefaultAsync(b => b.UserId == userId && b.Day == day, ct);

    private static Task<List<SuggestedAction>> OpenAsync(AppDbContext db, Viewer viewer, DateTime now, CancellationToken ct)
    {
        var contacts = db.Contacts.VisibleTo(viewer).Where(c => c.OwnerId == viewer.Id && !c.IsArchived);
        return db.SuggestedActions.AsNoTracking().Where(s => s.OwnerId == viewer.Id && (s.State == SuggestionState.Open || (s.State == SuggestionState.Snoozed && s.SnoozedUntil <= now)) && contacts.Any(c => c.Id == s.ContactId)).ToListAsync(ct);
    }
}

internal sealed class BriefTopics : ISavingRule
{
    public Task BeforeAsync(AppDbContext db, CancellationToken ct) => Task.CompletedTask;

    public IEnumerable<LiveTopic> Topics(AppDbContext db) => db.ChangeTracker.Entries<MorningBrief>().Where(e => e.State == EntityState.Added).Select(e => LiveTopic.BriefOf(e.Entity.UserId))
        .Concat(db.ChangeTracker.Entries<BriefLearning>().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).Select(e => LiveTopic.BriefOf(e.Entity.UserId)));
}
