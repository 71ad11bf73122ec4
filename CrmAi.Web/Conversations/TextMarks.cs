using CrmAi.Domain.Conversations;
using CrmAi.Domain.Shared;

namespace CrmAi.Web.Conversations;

/// <summary>A run of characters on which the same claims rest, perhaps none.</summary>
/// <param name="IsHit">Holds what is searched for.</param>
public sealed record TextRun(int Start, int Length, IReadOnlyList<QuotedFinding> Findings, bool IsTarget, bool IsHit = false);

/// <summary>Cuts a text where claims begin and end, so that overlapping ones can each be shown.</summary>
public static class TextMarks
{
    private const int MaxHits = 500;

    /// <param name="target">The sentence the address points to; its interaction is not compared.</param>
    /// <param name="hits">Places of the text that are searched for, in order.</param>
    public static IReadOnlyList<TextRun> Cut(int start, int length, IReadOnlyList<QuotedFinding> findings, Evidence? target, IReadOnlyList<(int Start, int Length)>? hits = null)
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
        var found = (hits ?? []).Where(h => h.Start < end && h.Start + h.Length > start).ToList();
        foreach (var (at, size) in found)
        {
            cuts.Add(Math.Clamp(at, start, end));
            cuts.Add(Math.Clamp(at + size, start, end));
        }
        return [.. cuts.Zip(cuts.Skip(1), (from, to) => new TextRun(from, to - from,
            [.. here.Where(f => f.Evidence.Start < to && End(f.Evidence) > from).OrderBy(f => FindingWords.Rank(f.Kind))],
            wanted is { } place && place.Start < to && End(place) > from, found.Exists(h => h.Start < to && h.Start + h.Length > from)))];
    }

    /// <summary>Each place where the text says what is searched for, letters of either case.</summary>
    public static IReadOnlyList<(int Start, int Length)> Hits(string text, string? find)
    {
        if (string.IsNullOrWhiteSpace(find)) return [];
        var places = new List<(int, int)>();
        for (var at = 0; places.Count < MaxHits && (at = text.IndexOf(find, at, StringComparison.OrdinalIgnoreCase)) >= 0; at += find.Length) places.Add((at, find.Length));
        return places;
    }

    private static int End(Evidence evidence) => evidence.Start + evidence.Length;
}
