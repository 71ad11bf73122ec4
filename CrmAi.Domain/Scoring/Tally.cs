using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Scoring;

/// <summary>
/// Gathers reasons and turns them into a score. Within a part, weights w of reasons for and against are summed and saturate:
/// points = cap × (1 − 2^(−max(0, for − against) / half)), so that the tenth sign says less than the first and no score runs off its scale.
/// Reasons for share what they would bring alone in proportion to their weights; reasons against share what they take away from that.
/// Points are rounded to whole ones by largest remainder: they add up to the rounded score exactly.
/// </summary>
internal sealed class Tally
{
    private const int MostEvidence = 4;

    private readonly List<(string Code, double Points, int Count, string? Value, IReadOnlyList<Evidence> Evidence)> lines = [];

    /// <summary>What a field says: so many points, always.</summary>
    public void Field(string code, double points, string? value)
    {
        if (points != 0) lines.Add((code, points, 1, value, []));
    }

    /// <summary>What one conversation says, at most so much.</summary>
    public void Line(string code, double points, int count, Evidence place) => lines.Add((code, points, count, null, [place]));

    /// <summary>What time has done to a weight of one: half of it is left after each half-life (exponential decay, as in discounted RFM).</summary>
    public static double Left(TimeSpan age, double halfLifeDays) => Math.Pow(0.5, Math.Max(0, age.TotalDays) / halfLifeDays);

    public void Part(double cap, double half, IEnumerable<Reason> reasons)
    {
        var groups = reasons.GroupBy(r => r.Code).Select(g => (Code: g.Key, Sum: g.Sum(r => r.Weight), All: g.OrderByDescending(r => Math.Abs(r.Weight)).ThenBy(r => r.Place.InteractionId).ThenBy(r => r.Place.Start).ToList()))
            .OrderBy(g => g.Code, StringComparer.Ordinal).ToList();
        var (pro, con) = (groups.Where(g => g.Sum > 0).Sum(g => g.Sum), -groups.Where(g => g.Sum < 0).Sum(g => g.Sum));
        var (alone, net) = (Curve(pro), Curve(pro - con));
        foreach (var group in groups)
        {
            var points = group.Sum > 0 ? alone * group.Sum / pro : group.Sum < 0 ? (alone - net) * group.Sum / con : 0;
            lines.Add((group.Code, points, group.All.Count, null, [.. group.All.Select(r => r.Place).Distinct().Take(MostEvidence)]));
        }

        double Curve(double weight) => weight <= 0 ? 0 : cap * (1 - Math.Pow(2, -weight / half));
    }

    public Score Score()
    {
        if (lines.Count == 0) return new(0, [new("nothing", 0, 0, null, [])]);
        // What floating point leaves behind the ninth digit must not decide where a half is rounded to.
        var value = (long)Math.Round(Math.Round(lines.Sum(l => l.Points), 9), MidpointRounding.AwayFromZero);
        var whole = lines.Select(l => (long)Math.Floor(Math.Round(l.Points, 9))).ToArray();
        var missing = (int)(value - whole.Sum());
        foreach (var at in Enumerable.Range(0, lines.Count).OrderByDescending(i => lines[i].Points - whole[i]).ThenBy(i => lines[i].Code, StringComparer.Ordinal).Take(missing)) whole[at]++;
        return new(value, [.. lines.Select((l, i) => new ScoreFactor(l.Code, whole[i], l.Count, l.Value, l.Evidence)).OrderByDescending(f => Math.Abs(f.Points)).ThenBy(f => f.Code, StringComparer.Ordinal)]);
    }
}

/// <param name="Weight">Above 0 speaks for, below 0 against.</param>
internal readonly record struct Reason(string Code, double Weight, Evidence Place);
