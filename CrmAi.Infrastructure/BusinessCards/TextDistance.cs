namespace CrmAi.Infrastructure.BusinessCards;

internal static class TextDistance
{
    /// <summary>Characters to put in, take out or exchange to make one of the other (V. Levenshtein, 1965).</summary>
    public static int Of(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var before = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++) (before, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, before + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }

    /// <summary>The length of the longest piece that stands in both.</summary>
    public static int Shared(string a, string b)
    {
        var longest = 0;
        for (var from = 0; from < a.Length; from++)
            while (from + longest < a.Length && b.Contains(a.Substring(from, longest + 1), StringComparison.Ordinal)) longest++;
        return longest;
    }
}
