using System.Globalization;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>A pair with the score that this viewer may know of.</summary>
internal sealed record SeenPair
{
    public Guid FirstId { get; init; }
    public Guid SecondId { get; init; }
    public int Score { get; init; }
    public bool Open { get; init; }
    public required DuplicatePair Pair { get; init; }
}

/// <summary>Suspected pairs of which the viewer sees both. Where the channels of one are masked for them, names and companies alone decide: what numbers have in common is not told.</summary>
internal static class SeenPairs
{
    public static IQueryable<SeenPair> Of(AppDbContext db, Viewer viewer, DuplicateScope scope, MergeKind kind)
    {
        var pairs = kind == MergeKind.Account ? Companies(db, viewer, scope) : People(db, viewer, scope);
        return pairs.Where(p => p.Score >= DuplicateMatch.Suspected && !db.DuplicateDismissals.Any(d => d.FirstId == p.FirstId && d.SecondId == p.SecondId));
    }

    private static IQueryable<SeenPair> People(AppDbContext db, Viewer viewer, DuplicateScope scope)
    {
        var seen = db.Contacts.VisibleTo(viewer);
        var readable = db.Contacts.VisibleTo(viewer).ChannelsReadableBy(viewer);
        var mine = viewer.Id;
        return from p in db.DuplicatePairs.AsNoTracking()
               join a in seen on p.FirstId equals a.Id
               join b in seen on p.SecondId equals b.Id
               where p.Kind == MergeKind.Contact && (scope == DuplicateScope.All || a.OwnerId == mine || b.OwnerId == mine)
               let open = readable.Any(r => r.Id == a.Id) && readable.Any(r => r.Id == b.Id)
               select new SeenPair { FirstId = p.FirstId, SecondId = p.SecondId, Open = open, Score = open ? p.Score : p.OpenScore, Pair = p };
    }

    private static IQueryable<SeenPair> Companies(AppDbContext db, Viewer viewer, DuplicateScope scope)
    {
        var seen = db.Accounts.VisibleTo(viewer);
        var mine = viewer.Id;
        return from p in db.DuplicatePairs.AsNoTracking()
               join a in seen on p.FirstId equals a.Id
               join b in seen on p.SecondId equals b.Id
               where p.Kind == MergeKind.Account && (scope == DuplicateScope.All || a.OwnerId == mine || b.OwnerId == mine)
               select new SeenPair { FirstId = p.FirstId, SecondId = p.SecondId, Open = true, Score = p.Score, Pair = p };
    }

    public static async Task<List<DuplicateRow>> RowsAsync(IQueryable<SeenPair> pairs, int take, CancellationToken ct) =>
        [.. (await pairs.OrderByDescending(p => p.Score).ThenBy(p => p.FirstId).ThenBy(p => p.SecondId).Take(take).ToListAsync(ct))
            .Select(p => new DuplicateRow(p.FirstId, p.SecondId, p.Score, p.Open ? p.Pair.Reasons : p.Pair.OpenReasons, p.Pair.FoundAt))];
}

/// <summary>A place in the list of pairs.</summary>
internal readonly record struct PairPlace(int Score, Guid First, Guid Second)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Score}-{First:N}-{Second:N}");

    public static bool TryParse(string? text, out PairPlace? place)
    {
        place = null;
        if (text is null) return true;
        if (text.Split('-') is not [var score, var first, var second] || !int.TryParse(score, NumberStyles.None, CultureInfo.InvariantCulture, out var points)
            || !Guid.TryParseExact(first, "N", out var a) || !Guid.TryParseExact(second, "N", out var b)) return false;
        place = new(points, a, b);
        return true;
    }
}

/// <summary>Who hangs together over pairs.</summary>
internal sealed class Clusters
{
    private readonly Dictionary<Guid, Guid> above = [];

    public Guid Of(Guid id)
    {
        while (above.TryGetValue(id, out var next) && next != id) id = next;
        return id;
    }

    public void Join(Guid a, Guid b)
    {
        var (x, y) = (Of(a), Of(b));
        if (x != y) above[y] = x;
    }
}
