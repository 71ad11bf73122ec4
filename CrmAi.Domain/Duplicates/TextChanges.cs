namespace CrmAi.Domain.Duplicates;

/// <summary>How many single mistakes lie between two texts: one letter more, less, another, or two changed about (optimal string alignment).</summary>
public static class TextChanges
{
    /// <summary>The number of mistakes, or <paramref name="most"/> + 1 where there are more.</summary>
    public static int Between(string a, string b, int most)
    {
        if (a == b) return 0;
        if (Math.Abs(a.Length - b.Length) > most || a.Length > 254 || b.Length > 254) return most + 1;
        Span<int> before = stackalloc int[b.Length + 1], last = stackalloc int[b.Length + 1], row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) cost = Math.Min(cost, before[j - 2] + 1);
                row[j] = cost;
                least = Math.Min(least, cost);
            }
            if (least > most) return most + 1;
            var spare = before;
            before = last;
            last = row;
            row = spare;
        }
        return Math.Min(last[b.Length], most + 1);
    }
}
