namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>By how much a card's lines lean.</summary>
internal static class Skew
{
    private const double Most = 12;

    /// <summary>Degrees, above 0 where lines fall to the right: the angle at which the print's rows are sharpest. 0 where it makes no difference.</summary>
    public static double Of(Print print)
    {
        var spots = new List<(double X, double Y)>();
        for (var y = 1; y < print.Height - 1; y += 3)
            for (var x = 1; x < print.Width - 1; x += 3)
                if (Math.Abs(print[x, y]) > print.Level * 1.5) spots.Add((x - (print.Width / 2d), y - (print.Height / 2d)));
        if (spots.Count < 200) return 0;
        if (spots.Count > 30_000) spots = [.. spots.Where((_, i) => i % ((spots.Count / 30_000) + 1) == 0)];
        var coarse = Enumerable.Range(-(int)Most, (2 * (int)Most) + 1).MaxBy(a => Sharpness(spots, a, print.Height));
        var fine = Enumerable.Range(-8, 17).Select(i => coarse + (i * 0.125)).MaxBy(a => Sharpness(spots, a, print.Height));
        return Math.Abs(fine) < 0.2 || Math.Abs(fine) > Most || Sharpness(spots, fine, print.Height) < 1.03 * Sharpness(spots, 0, print.Height) ? 0 : fine;
    }

    private static double Sharpness(List<(double X, double Y)> spots, double degrees, int height)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var rows = new double[(height / 3 * 2) + 2];
        foreach (var (x, y) in spots)
        {
            var row = (int)((((y * cos) - (x * sin)) / 3) + (rows.Length / 2d));
            if (row >= 0 && row < rows.Length) rows[row]++;
        }
        return rows.Sum(r => r * r);
    }
}
