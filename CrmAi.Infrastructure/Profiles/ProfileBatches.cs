using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Profiles;

/// <summary>Gathers what an analyst may know of many contacts in a handful of queries.</summary>
internal static class ProfileBatches
{
    /// <summary>Of those that may be seen and whose owner wants profiles to follow; the others are left out.</summary>
    public static async Task<IReadOnlyList<ProfileToReview>> OfAsync(AppDbContext db, IReadOnlyList<Guid> contactIds, Viewer viewer, CancellationToken ct)
    {
        var contacts = await db.Contacts.VisibleTo(viewer).AsNoTracking().Where(c => contactIds.Contains(c.Id)).Join(db.Users, c => c.OwnerId, u => u.Id, (c, u) => new
        {
            c.Id,
            c.OwnerId,
            u.TimeZone,
            Wanted = u.IsActive && u.ProfileUpdates,
            Facts = new ProfileFacts(c.Title, c.Seniority, c.DecisionMaker, c.BudgetAuthority, c.Stage, c.DealValueMinor, c.Currency, c.Account == null ? null : c.Account.Industry),
        }).Where(c => c.Wanted).ToListAsync(ct);
        var ids = contacts.ConvertAll(c => c.Id);
        var sources = await SourcesAsync(db, ids, viewer, ct);
        var findings = (await db.Findings.AsNoTracking().Where(f => ids.Contains(f.ContactId)).OrderBy(f => f.Start).ThenBy(f => f.Id).ToListAsync(ct)).ToLookup(f => f.InteractionId);
        var versions = (await db.Profiles.AsNoTracking().Where(p => ids.Contains(p.ContactId)).Join(db.AiRuns, p => p.AiRunId, r => r.Id, (p, r) => new { p, r }).OrderBy(x => x.p.Id)
            .Select(x => new { x.p.ContactId, Last = new LastProfile(x.p.Id, new LastMade(x.p.InputDigest, new AnalystMark(x.r.Analyst, x.r.AnalystVersion, x.r.PromptVersion, null, null, null, x.r.ErrorCode))) }).ToListAsync(ct))
            .GroupBy(p => p.ContactId).ToDictionary(g => g.Key, g => g.Last().Last);
        return [.. contacts.Select(c => new ProfileToReview(c.Id, c.OwnerId, ProfileInputs.Of(c.Id, c.Facts, sources.GetValueOrDefault(c.Id) ?? [], findings, c.TimeZone), versions.GetValueOrDefault(c.Id)))];
    }

    // Who talked with us a hundred times as often as the others is read alone, and no further than an analyst reads.
    private static async Task<Dictionary<Guid, List<ProfileSource>>> SourcesAsync(AppDbContext db, List<Guid> ids, Viewer viewer, CancellationToken ct)
    {
        var counts = await db.Analyses.Where(a => ids.Contains(a.ContactId)).GroupBy(a => a.ContactId).Select(g => new { Id = g.Key, Count = g.Count() }).ToListAsync(ct);
        var few = counts.Where(c => c.Count <= ProfileInputs.MostConversations).Select(c => c.Id).ToList();
        var sources = (await ProfileInputs.Sources(db, viewer).Where(s => few.Contains(s.ContactId)).OrderBy(s => s.Id).ToListAsync(ct))
            .GroupBy(s => s.ContactId).ToDictionary(g => g.Key, g => g.Select(s => s.Source).ToList());
        foreach (var many in counts.Where(c => c.Count > ProfileInputs.MostConversations)) sources[many.Id] = await ProfileInputs.NewestAsync(db, many.Id, viewer, ct);
        return sources;
    }
}

/// <param name="Input">Null where nothing was analysed yet.</param>
/// <param name="Last">The newest version; null where there is none.</param>
internal sealed record ProfileToReview(Guid ContactId, Guid OwnerId, ProfileInput? Input, LastProfile? Last);

internal sealed record LastProfile(Guid Id, LastMade Made);
