namespace CrmAi.Infrastructure.Data.Seed;

internal static class Shares
{
    /// <summary>Splits a total in proportion to weights by largest remainder (Hamilton's method), so that the parts add up to it.</summary>
    public static int[] Of(int total, IReadOnlyList<int> weights)
    {
        var sum = weights.Sum();
        var parts = weights.Select(w => (int)((long)total * w / sum)).ToArray();
        var byRemainder = Enumerable.Range(0, parts.Length).OrderByDescending(i => (long)total * weights[i] % sum).ThenBy(i => i);
        foreach (var index in byRemainder.Take(total - parts.Sum()))
        {
            parts[index]++;
        }

        return parts;
    }
}
