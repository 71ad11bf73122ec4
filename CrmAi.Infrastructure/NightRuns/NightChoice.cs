using CrmAi.Domain.Contacts;
using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Profiles;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.NightRuns;

/// <summary>A contact with the first of its reasons, and what it is ranked by.</summary>
internal sealed record NightChosen(Guid ContactId, NightReason Reason, long? DealValueMinor, DealStage Stage, Priority Priority)
{
    /// <summary>The deal's value times what such stages usually come to.</summary>
    public double Worth => (DealValueMinor ?? 0) * Stage switch { DealStage.Negotiation => 0.8, DealStage.Proposal => 0.5, DealStage.Qualification => 0.25, DealStage.Prospecting => 0.1, _ => 0 };
}

/// <summary>What a night goes by.</summary>
/// <param name="Maker">Of profiles.</param>
/// <param name="Reader">Of conversations.</param>
/// <param name="Today">The company's day.</param>
internal sealed record NightTerms(string Maker, NightReader Reader, int StaleDays, DateOnly Today, DateTime Now);

/// <summary>Which contacts a night is for, the most valuable first.</summary>
internal static class NightChoice
{
    private static readonly TimeSpan DueWithin = TimeSpan.FromDays(1);

    /// <summary>On nobody's behalf: a profile is made of what everybody who sees its contact may see.</summary>
    public static readonly Viewer Viewer = new(Guid.Empty, "night", Role.Admin, null, [], "zh-CN", "UTC", ChangeOrigin.Job);

    /// <summary>Each once, with its first reason. Ordered by worth, then by priority.</summary>
    public static async Task<IReadOnlyList<NightChosen>> OfAsync(AppDbContext db, NightTerms terms, CancellationToken ct)
    {
        var chosen = await Looked(db, terms).ToDictionaryAsync(c => c.ContactId, ct);
        foreach (var unread in Unread(db, terms.Reader))
        {
            foreach (var contact in await unread.ToListAsync(ct))
            {
                if (!chosen.TryGetValue(contact.ContactId, out var known) || known.Reason > NightReason.Conversations) chosen[contact.ContactId] = contact;
            }
        }
        foreach (var contact in await Aged(db, terms.Today).ToListAsync(ct)) chosen.TryAdd(contact.ContactId, contact);
        return [.. chosen.Values.OrderByDescending(c => c.Worth).ThenBy(c => c.Priority == Priority.High ? 0 : c.Priority == Priority.Medium ? 1 : 2).ThenBy(c => c.ContactId)];
    }

    /// <summary>
    /// Contacts with analysed conversations whose owner wants profiles to follow, never looked at so far, or where something changed since they were last looked at, the analyst is another one or told something else,
    /// that look is stale, or a follow-up is due within a day.
    /// </summary>
    public static IQueryable<NightChosen> Looked(AppDbContext db, NightTerms terms)
    {
        var (maker, stale, from, to) = (terms.Maker, terms.Now.AddDays(-terms.StaleDays), terms.Now - DueWithin, terms.Now + DueWithin);
        return Followed(db).Where(c => db.Analyses.Any(a => a.ContactId == c.Id))
            .LeftJoin(db.ContactReviews, c => c.Id, r => r.ContactId, (Contact, Review) => new { Contact, Review })
            .Select(x => new
            {
                x.Contact,
                Reason = x.Review == null ? (int)NightReason.First
                    : x.Review.ReviewedAt < x.Contact.UpdatedAt || db.Analyses.Any(a => a.ContactId == x.Contact.Id && a.AnalysedAt > x.Review.ReviewedAt) ? (int)NightReason.Changed
                    : x.Review.Maker != maker || db.PromptAdditions.Any(a => a.UserId == x.Contact.OwnerId && a.Task == ProfileAnswer.SchemaName && a.ChangedAt > x.Review.ReviewedAt) ? (int)NightReason.Analyst
                    : x.Contact.NextFollowUpAt >= from && x.Contact.NextFollowUpAt < to ? (int)NightReason.Due
                    : x.Review.ReviewedAt < stale ? (int)NightReason.Stale : -1,
            })
            .Where(x => x.Reason >= 0).Select(x => new NightChosen(x.Contact.Id, (NightReason)x.Reason, x.Contact.DealValueMinor, x.Contact.Stage, x.Contact.Priority));
    }

    /// <summary>Contacts with conversations that are to be read, for the first time or again.</summary>
    public static IEnumerable<IQueryable<NightChosen>> Unread(AppDbContext db, NightReader reader) => NightReading.Unread(db, reader).Select(conversations =>
        db.Contacts.VisibleTo(Viewer).Where(c => !c.IsArchived && conversations.Any(u => u.ContactId == c.Id))
            .Select(c => new NightChosen(c.Id, NightReason.Conversations, c.DealValueMinor, c.Stage, c.Priority)));

    /// <summary>Contacts whose scores are others at the beginning of this day than they were when they were made.</summary>
    public static IQueryable<NightChosen> Aged(AppDbContext db, DateOnly today) => db.ContactScores.Where(s => s.ChangesOn <= today)
        .Join(Followed(db), s => s.ContactId, c => c.Id, (_, c) => new NightChosen(c.Id, NightReason.Aged, c.DealValueMinor, c.Stage, c.Priority));

    /// <summary>Contacts whose owner lets profiles and scores follow by themselves.</summary>
    public static IQueryable<Contact> Followed(AppDbContext db) => db.Contacts.VisibleTo(Viewer).Where(c => !c.IsArchived && db.Users.Any(u => u.Id == c.OwnerId && u.IsActive && u.ProfileUpdates));
}
