namespace CrmAi.Domain.Duplicates;

/// <summary>Reasons with what each is worth, added up.</summary>
internal sealed class DuplicatePoints
{
    private readonly List<(DuplicateReason Reason, double Value)> all = [];

    public void Add(DuplicateReason reason, double value)
    {
        if (!all.Exists(p => p.Reason == reason)) all.Add((reason, value));
    }

    /// <summary>A value that others have too, at its weight; that many have it is said.</summary>
    public void AddShared(DuplicateReason reason, double value, int holders, double least = 0)
    {
        var weight = DuplicateScore.Weight(holders);
        if (weight < 0.5) Add(DuplicateReason.Shared, 0);
        Add(reason, Math.Max(least, value * weight));
    }

    public DuplicateMatch Match() => new((int)Math.Round(Math.Clamp(all.Sum(p => p.Value), 0, 100)), [.. all.OrderBy(p => DuplicateMatch.IsAgainst(p.Reason)).ThenByDescending(p => Math.Abs(p.Value)).Select(p => p.Reason)]);
}
