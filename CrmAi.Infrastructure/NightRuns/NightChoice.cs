using CrmAi.Domain.Contacts;
using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Profiles;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.NightRuns;

/// <summary>Which contacts a night is for, the most valuable first.</summary>
internal static class NightChoice
{
    private static readonly TimeSpan DueWithin = TimeSpan.FromDays(1);

    /// <summary>On nobody's behalf: a profile is made of what everybody who sees its contact may see.</summary>
    public static readonly Viewer Viewer = new(Guid.Empty, "night", Role.Admin, null, [], "zh-CN", "UTC", ChangeOrigin.Job);

    /// <summary>
    /// Contacts with analysed conversations whose owner wants profiles to follow, where something changed since they were last looked at, the analyst is another one or told something else,
    /// that look is stale, or a follow-up is due within a day. Ordered by the deal's value times what such stages usually come to, then by priority.
    /// </summary>
    public static async Task<List<Guid>> OfAsync(AppDbContext db, string maker, int staleDays, DateTime now, CancellationToken ct)
    {
        var (stale, from, to) = (now.AddDays(-staleDays), now - DueWithin, now + DueWithin);
        return await db.Contacts.VisibleTo(Viewer).Where(c => !c.IsArchived && db.Users.Any(u => u.Id == c.OwnerId && u.IsActive && u.ProfileUpdates) && db.Analyses.Any(a => a.ContactId == c.Id))
            .LeftJoin(db.ContactReviews, c => c.Id, r => r.ContactId, (Contact, Review) => new { Contact, Review })
            .Where(x => x.Review == null || x.Review.Maker != maker || x.Review.ReviewedAt < stale || x.Review.ReviewedAt < x.Contact.UpdatedAt
                || db.Analyses.Any(a => a.ContactId == x.Contact.Id && a.AnalysedAt > x.Review.ReviewedAt)
                || db.PromptAdditions.Any(a => a.UserId == x.Contact.OwnerId && a.Task == ProfileAnswer.SchemaName && a.ChangedAt > x.Review.ReviewedAt)
                || (x.Contact.NextFollowUpAt >= from && x.Contact.NextFollowUpAt < to))
            .OrderByDescending(x => (x.Contact.DealValueMinor ?? 0) * (x.Contact.Stage == DealStage.Negotiation ? 0.8 : x.Contact.Stage == DealStage.Proposal ? 0.5 : x.Contact.Stage == DealStage.Qualification ? 0.25 : x.Contact.Stage == DealStage.Prospecting ? 0.1 : 0))
            .ThenBy(x => x.Contact.Priority == Priority.High ? 0 : x.Contact.Priority == Priority.Medium ? 1 : 2).ThenBy(x => x.Contact.Id)
            .Select(x => x.Contact.Id).ToListAsync(ct);
    }
}
