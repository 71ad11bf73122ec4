using CrmAi.Domain.BusinessCards;

namespace CrmAi.Infrastructure.BusinessCards;

/// <param name="Weight">How much this character counts: the engine's confidence times the trust in that engine for this script.</param>
internal sealed record SeenCharacter(char Value, double Weight, double Left, double Right);

/// <summary>
/// Makes one reading out of several of the same print: each is laid beside the most trusted one with the fewest differences, and for each
/// character they vote (after J. G. Fiscus, A post-processing system to yield reduced word error rates: ROVER, 1997).
/// </summary>
internal static class ReadingVote
{
    private const char Nothing = '\0';

    /// <param name="readings">Empty ones abstain.</param>
    public static IReadOnlyList<PrintedCharacter> Of(IReadOnlyList<IReadOnlyList<SeenCharacter>> readings)
    {
        var voters = readings.Where(r => r.Count > 0).ToList();
        if (voters.Count == 0) return [];
        var first = voters.MaxBy(r => r.Average(c => c.Weight) * Math.Min(1.2, r.Count / voters.Average(v => v.Count)))!;
        var slots = first.Select(_ => new Dictionary<char, double>()).ToList();
        var between = Enumerable.Range(0, first.Count + 1).Select(_ => new Dictionary<string, (double Weight, IReadOnlyList<SeenCharacter> Run)>()).ToList();
        var total = 0d;
        foreach (var reading in voters)
        {
            var trust = reading.Average(c => c.Weight);
            total += trust;
            foreach (var (slot, run, own) in Beside(first, reading))
            {
                if (run is not null)
                {
                    var text = string.Concat(run.Select(c => c.Value));
                    between[slot][text] = (between[slot].GetValueOrDefault(text).Weight + run.Average(c => c.Weight), run);
                }
                else slots[slot][own?.Value ?? Nothing] = slots[slot].GetValueOrDefault(own?.Value ?? Nothing) + (own?.Weight ?? trust * 0.8);
            }
        }
        var said = new List<PrintedCharacter>();
        for (var slot = 0; slot <= first.Count; slot++)
        {
            if (between[slot].Count > 0 && between[slot].MaxBy(p => p.Value.Weight) is { } more && more.Value.Weight > total / 2)
                said.AddRange(more.Value.Run.Select(c => new PrintedCharacter(c.Value, Math.Min(1, more.Value.Weight / total), [], c.Left, c.Right)));
            if (slot == first.Count) break;
            var votes = slots[slot].OrderByDescending(v => v.Value).ToList();
            if (votes[0].Key == Nothing) continue;
            var all = votes.Sum(v => v.Value);
            said.Add(new(votes[0].Key, Sure(votes[0].Value, all, voters.Count), [.. votes.Skip(1).Where(v => v.Key != Nothing).Select(v => (v.Key, v.Value / all))], first[slot].Left, first[slot].Right));
        }
        return said;
    }

    // Agreement counts for more than what an engine says of itself, which is high for wrong letters too.
    private static double Sure(double weight, double all, int voters) => weight / all * Math.Min(1, 0.6 + (0.55 * weight / voters));

    /// <summary>For each slot of the first the character of the other, null for none, and what the other has before a slot.</summary>
    private static List<(int Slot, IReadOnlyList<SeenCharacter>? Run, SeenCharacter? Own)> Beside(IReadOnlyList<SeenCharacter> first, IReadOnlyList<SeenCharacter> other)
    {
        var (n, m) = (first.Count, other.Count);
        var cost = new double[n + 1, m + 1];
        for (var i = 0; i <= n; i++)
        {
            for (var j = 0; j <= m; j++)
            {
                if (i == 0 && j == 0) continue;
                cost[i, j] = Math.Min(i > 0 ? cost[i - 1, j] + Gap(first[i - 1]) : double.MaxValue, j > 0 ? cost[i, j - 1] + Gap(other[j - 1]) : double.MaxValue);
                if (i > 0 && j > 0) cost[i, j] = Math.Min(cost[i, j], cost[i - 1, j - 1] + Difference(first[i - 1], other[j - 1]));
            }
        }
        var pairs = new List<(int Slot, IReadOnlyList<SeenCharacter>? Run, SeenCharacter? Own)>();
        var run = new List<SeenCharacter>();
        var (a, b) = (n, m);
        void Flush()
        {
            if (run.Count > 0) pairs.Add((a, [.. run.AsEnumerable().Reverse()], null));
            run.Clear();
        }
        while (a > 0 || b > 0)
        {
            if (a > 0 && b > 0 && Near(cost[a, b], cost[a - 1, b - 1] + Difference(first[a - 1], other[b - 1]))) { Flush(); pairs.Add((--a, null, other[--b])); }
            else if (a > 0 && Near(cost[a, b], cost[a - 1, b] + Gap(first[a - 1]))) { Flush(); pairs.Add((--a, null, null)); }
            else run.Add(other[--b]);
        }
        Flush();
        return pairs;
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-9;

    private static double Gap(SeenCharacter c) => c.Value == ' ' ? 0.5 : 0.8;

    private static double Difference(SeenCharacter a, SeenCharacter b) =>
        a.Value == b.Value ? 0 : char.ToLowerInvariant(a.Value) == char.ToLowerInvariant(b.Value) ? 0.3 : (a.Value == ' ') != (b.Value == ' ') ? 1.6 : 1;
}
