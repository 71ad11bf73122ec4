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

    // In days: what is left of adding up times does not make a whole day of a broken one, or the other way round.
    private const double Instant = 1e-9;

    private readonly List<(string Code, double Points, int Count, string? Value, IReadOnlyList<Evidence> Evidence, double? Weight)> lines = [];

    /// <summary>What a field says: so many points, always.</summary>
    public void Field(string code, double points, string? value)
    {
        if (points != 0) lines.Add((code, points, 1, value, [], null));
    }

    /// <summary>How long ago something was: so many points at once, half of them after each half-life.</summary>
    public void Since(string code, TallyPart part, double days, IReadOnlyList<Evidence> places) => lines.Add((code, part.Cap * part.Left(TimeSpan.FromDays(days)), (int)(days + Instant), null, places, days));

    public void Part(TallyPart part, IEnumerable<Reason> reasons) =>
        Part(part, reasons.GroupBy(r => r.Code).Select(g => new TallyGroup(g.Key, g.Sum(r => r.Weight), g.Count(),
            [.. g.OrderByDescending(r => Math.Abs(r.Weight)).ThenBy(r => r.Place.InteractionId).ThenBy(r => r.Place.Start).Select(r => r.Place).Distinct().Take(MostEvidence)])));

    public void Part(TallyPart part, IEnumerable<TallyGroup> reasons)
    {
        var groups = reasons.OrderBy(g => g.Code, StringComparer.Ordinal).ToList();
        var (pro, con) = (groups.Where(g => g.Sum > 0).Sum(g => g.Sum), -groups.Where(g => g.Sum < 0).Sum(g => g.Sum));
        var (alone, net) = (Curve(pro), Curve(pro - con));
        foreach (var group in groups)
        {
            var points = group.Sum > 0 ? alone * group.Sum / pro : group.Sum < 0 ? (alone - net) * group.Sum / con : 0;
            lines.Add((group.Code, points, group.Count, null, group.Places, group.Sum));
        }

        double Curve(double weight) => weight <= 0 ? 0 : part.Cap * (1 - Math.Pow(2, -weight / part.Half));
    }

    public Score Score()
    {
        if (lines.Count == 0) return new(0, [new("nothing", 0, 0, null, [])]);
        // What floating point leaves behind the ninth digit must not decide where a half is rounded to.
        var value = (long)Math.Round(Math.Round(lines.Sum(l => l.Points), 9), MidpointRounding.AwayFromZero);
        var whole = lines.Select(l => (long)Math.Floor(Math.Round(l.Points, 9))).ToArray();
        var missing = (int)(value - whole.Sum());
        foreach (var at in Enumerable.Range(0, lines.Count).OrderByDescending(i => lines[i].Points - whole[i]).ThenBy(i => lines[i].Code, StringComparer.Ordinal).Take(missing)) whole[at]++;
        return new(value, [.. lines.Select((l, i) => new ScoreFactor(l.Code, whole[i], l.Count, l.Value, l.Evidence) { Weight = l.Weight }).OrderByDescending(f => Math.Abs(f.Points)).ThenBy(f => f.Code, StringComparer.Ordinal)]);
    }
}

/// <param name="Weight">Above 0 speaks for, below 0 against.</param>
internal readonly record struct Reason(string Code, double Weight, Evidence Place);

/// <summary>Everything of one code that was said.</summary>
/// <param name="Places">The weightiest first.</param>
internal readonly record struct TallyGroup(string Code, double Sum, int Count, IReadOnlyList<Evidence> Places);

/// <summary>How one part of a score fills and fades.</summary>
/// <param name="Half">The weight that fills half of it.</param>
internal sealed record TallyPart(double Cap, double Half, double HalfLifeDays)
{
    /// <summary>What time has done to a weight of one: half of it is left after each half-life (exponential decay, as in discounted RFM).</summary>
    public double Left(TimeSpan age) => Math.Pow(0.5, Math.Max(0, age.TotalDays) / HalfLifeDays);
}
