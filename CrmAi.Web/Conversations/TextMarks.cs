using CrmAi.Domain.Conversations;
using CrmAi.Domain.Shared;

namespace CrmAi.Web.Conversations;

/// <summary>A run of characters on which the same claims rest, perhaps none.</summary>
public sealed record TextRun(int Start, int Length, IReadOnlyList<QuotedFinding> Findings, bool IsTarget);

/// <summary>Cuts a text where claims begin and end, so that overlapping ones can each be shown.</summary>
public static class TextMarks
{
    /// <param name="target">The sentence the address points to; its interaction is not compared.</param>
    public static IReadOnlyList<TextRun> Cut(int start, int length, IReadOnlyList<QuotedFinding> findings, Evidence? target)
    {
        var end = start + length;
        var here = findings.Where(f => f.Evidence.Start < end && End(f.Evidence) > start).ToList();
        var wanted = target is { Length: > 0 } t && t.Start < end && End(t) > start ? target : null;
        var cuts = new SortedSet<int> { start, end };
        foreach (var evidence in here.Select(f => f.Evidence).Concat(wanted is { } w ? [w] : []))
        {
            cuts.Add(Math.Clamp(evidence.Start, start, end));
            cuts.Add(Math.Clamp(End(evidence), start, end));
        }
        return [.. cuts.Zip(cuts.Skip(1), (from, to) => new TextRun(from, to - from,
            [.. here.Where(f => f.Evidence.Start < to && End(f.Evidence) > from).OrderBy(f => FindingWords.Rank(f.Kind))],
            wanted is { } place && place.Start < to && End(place) > from))];
    }

    private static int End(Evidence evidence) => evidence.Start + evidence.Length;
}
