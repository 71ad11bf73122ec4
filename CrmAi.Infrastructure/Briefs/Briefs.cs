using CrmAi.Domain.Briefs;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.NextActions;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Briefs;

internal sealed class Briefs(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, TimeProvider time) : IBriefs
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<BriefView?> TodayAsync(Guid? userId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var person = await Readable(db, viewer).Where(u => u.Id == (userId ?? viewer.Id)).Select(u => new { u.Id, u.Name, u.TimeZone }).SingleOrDefaultAsync(ct);
        if (person is null) return null;
        var (now, day) = (Now, TaskTimes.DayOf(Now, person.TimeZone));
        var isOwn = person.Id == viewer.Id;
        var brief = isOwn ? await BriefMaking.MakeAsync(db, viewer, now, tell: false, ct) : await BriefMaking.OfAsync(db, person.Id, day, ct);
        var ids = brief?.Items.Select(i => i.SuggestionId).ToList() ?? [];
        var rows = await db.SuggestedActions.AsNoTracking().Where(s => ids.Contains(s.Id)).ToListAsync(ct);
        var views = await SuggestionViews.OfAsync(db, viewer, rows, now, ct);
        // Another's brief is read, not decided.
        var cards = (brief?.Items ?? []).Where(i => views.ContainsKey(i.SuggestionId)).Select(i => new BriefCard(isOwn ? views[i.SuggestionId] : views[i.SuggestionId] with { MayDecide = false }, i.Weight)).ToList();
        return new(person.Id, person.Name, isOwn, day, brief?.MadeAt, cards, ids.Count - cards.Count, await YesterdayAsync(db, person.Id, day, ct), await BriefMaking.LearntAsync(db, person.Id, ct));
    }

    public async Task<IReadOnlyList<BriefPerson>> PeopleAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var people = await Readable(db, viewer).Where(u => u.Id != viewer.Id && (u.Role == Role.SalesRep || u.Role == Role.Manager)).Select(u => new BriefPerson(u.Id, u.Name)).ToListAsync(ct);
        return [.. people.OrderBy(p => p.Name, StringComparer.CurrentCulture)];
    }

    public async Task<DateTime?> ForgetAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.BriefLearnings.SingleOrDefaultAsync(l => l.UserId == viewer.Id, ct);
        var before = row?.Since;
        if (row is null) db.BriefLearnings.Add(new() { UserId = viewer.Id, Since = Now });
        else row.Since = Now;
        await db.SaveChangesAsync(ct);
        return before;
    }

    public async Task RememberAsync(DateTime? since, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.BriefLearnings.SingleOrDefaultAsync(l => l.UserId == viewer.Id, ct) is not { } row) return;
        if (since is { } at) row.Since = Instants.Utc(at);
        else db.BriefLearnings.Remove(row);
        await db.SaveChangesAsync(ct);
    }

    // Oneself; whom one leads; for an administrator everybody.
    private static IQueryable<User> Readable(AppDbContext db, Viewer viewer)
    {
        var active = db.Users.AsNoTracking().Where(u => u.IsActive);
        return viewer.Role switch
        {
            Role.Admin => active,
            Role.Manager => active.Where(u => u.Id == viewer.Id || (u.TeamId != null && viewer.TeamIds.Contains(u.TeamId.Value))),
            _ => active.Where(u => u.Id == viewer.Id),
        };
    }

    private static async Task<BriefOutcome?> YesterdayAsync(AppDbContext db, Guid userId, DateOnly day, CancellationToken ct)
    {
        if (await db.MorningBriefs.AsNoTracking().Where(b => b.UserId == userId && b.Day < day).OrderByDescending(b => b.Day).FirstOrDefaultAsync(ct) is not { } last) return null;
        var ids = last.Items.Select(i => i.SuggestionId).ToList();
        var states = await db.SuggestedActions.Where(s => ids.Contains(s.Id) && s.DecidedAt != null).Select(s => s.State).ToListAsync(ct);
        return new(last.Day, ids.Count, states.Count(s => s == SuggestionState.Accepted), states.Count(s => s == SuggestionState.Snoozed), states.Count(s => s == SuggestionState.Rejected));
    }
}
