namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same seed rolls the same on every runtime, which System.Random does not promise.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    public static Dice For(int seed, string purpose)
    {
        // FNV-1a, because string.GetHashCode differs from run to run.
        var hash = 14695981039346656037UL;
        foreach (var letter in purpose)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        return new Dice(hash ^ ((ulong)(uint)seed * 0x9E3779B97F4A7C15UL));
    }

    private ulong Roll()
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    public int Below(int count) => (int)(((Roll() >> 32) * (ulong)count) >> 32);

    /// <summary>Both ends included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    public bool Chance(int percent) => Below(100) < percent;

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public T Of<T>(IReadOnlyList<(T Item, int Weight)> items)
    {
        var left = Below(items.Sum(i => i.Weight));
        foreach (var (item, weight) in items)
        {
            left -= weight;
            if (left < 0)
            {
                return item;
            }
        }

        return items[^1].Item;
    }

    public T[] Shuffled<T>(IEnumerable<T> items)
    {
        var all = items.ToArray();
        for (var last = all.Length - 1; last > 0; last--)
        {
            var other = Below(last + 1);
            (all[last], all[other]) = (all[other], all[last]);
        }

        return all;
    }
}
