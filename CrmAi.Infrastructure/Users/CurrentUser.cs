using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Users;

/// <summary>The person of one circuit, request or job. Who that is, is said once; what they may do is read again within half a minute.</summary>
internal sealed class CurrentUser(IDbContextFactory<AppDbContext> contexts, TimeProvider time) : ICurrentUser, IActAs
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private Func<CancellationToken, ValueTask<Guid?>> source = _ => new((Guid?)null);
    private ChangeOrigin origin;
    private (Viewer Viewer, DateTimeOffset At)? known;

    public void ActAs(Guid userId, ChangeOrigin through) => ActAs(_ => new(userId), through);

    public void ActAs(Func<CancellationToken, ValueTask<Guid?>> who, ChangeOrigin through) => (source, origin, known) = (who, through, null);

    public async ValueTask<Viewer> GetAsync(CancellationToken ct)
    {
        var id = await source(ct) ?? throw new NotSignedInException();
        var now = time.GetUtcNow();
        if (known is { } last && last.Viewer.Id == id && now - last.At < Fresh) return last.Viewer;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id && u.IsActive, ct) ?? throw new NotSignedInException();
        var viewer = new Viewer(person.Id, person.Name, person.Role, person.TeamId, await TeamsAsync(db, person, ct), person.Language, person.TimeZone, origin);
        known = (viewer, now);
        return viewer;
    }

    // The teams of a company are few: the tree is walked in memory.
    private static async Task<IReadOnlyList<Guid>> TeamsAsync(AppDbContext db, User person, CancellationToken ct)
    {
        var own = person.TeamId is { } team ? new HashSet<Guid> { team } : [];
        if (person.Role != Role.Manager) return [.. own];
        var all = await db.Teams.AsNoTracking().Select(t => new { t.Id, t.ParentId, t.ManagerId }).ToListAsync(ct);
        own.UnionWith(all.Where(t => t.ManagerId == person.Id).Select(t => t.Id));
        for (var grew = true; grew;)
        {
            grew = false;
            foreach (var below in all.Where(t => t.ParentId is { } parent && own.Contains(parent))) grew |= own.Add(below.Id);
        }
        return [.. own];
    }
}
