namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>
/// Finds the card on its table: what differs from the colour at the picture's edge, where that fills four straight sides.
/// </summary>
internal static class CardOutline
{
    private const int Side = 320;
    private const double LeastFill = 0.93;
    private const double MostBeside = 0.02;

    /// <summary>The corners in the picture's pixels, clockwise from the upper left; null where the card fills the picture or cannot be told from the table.</summary>
    public static IReadOnlyList<Spot>? Find(Raster picture)
    {
        var step = Math.Max(1, (Math.Max(picture.Width, picture.Height) + Side - 1) / Side);
        var small = picture.Reduced(step);
        if (small.Width < 24 || small.Height < 24) return null;
        var away = Away(small, out var noise);
        IReadOnlyList<Spot>? best = null;
        var bestFill = LeastFill;
        foreach (var level in Levels(away, noise))
        {
            var mask = Mask.Where(small.Width, small.Height, i => away[i] > level).Closed(2).Filled();
            var (largest, rest) = mask.Largest();
            if (largest.Count < 0.12 * away.Length || largest.Count > 0.97 * away.Length) continue;
            if (Quadrilateral.Around(largest) is not { } corners) continue;
            var fill = Fill(largest, corners);
            if (fill <= bestFill || rest > MostBeside * largest.Count) continue;
            (best, bestFill) = (corners, fill);
        }
        return best?.Select(c => new Spot(c.X * step, c.Y * step)).ToList();
    }

    /// <summary>How far each pixel's colour lies from that at the edge.</summary>
    private static int[] Away(Raster small, out double noise)
    {
        var edge = Edge(small.Width, small.Height).ToList();
        var table = new int[small.Channels];
        for (var c = 0; c < table.Length; c++)
        {
            var values = edge.Select(i => small.Data[(i * small.Channels) + c]).Order().ToList();
            table[c] = values[values.Count / 2];
        }
        var away = new int[small.Width * small.Height];
        for (var i = 0; i < away.Length; i++)
        {
            var sum = 0;
            for (var c = 0; c < table.Length; c++) { var d = small.Data[(i * small.Channels) + c] - table[c]; sum += d * d; }
            away[i] = (int)Math.Sqrt(sum);
        }
        var spread = edge.Select(i => away[i]).Order().ToList();
        noise = spread[spread.Count * 9 / 10];
        return away;
    }

    private static IEnumerable<int> Edge(int width, int height)
    {
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x += y is < 2 || y >= height - 2 || x is 0 or 1 || x >= width - 2 ? 1 : Math.Max(1, width - 2 - x)) yield return (y * width) + x;
    }

    private static IEnumerable<int> Levels(int[] away, double noise)
    {
        var top = away.Order().ElementAt(away.Length * 97 / 100);
        var lowest = Math.Max(5, noise * 1.3);
        for (var share = 0.08; share < 0.75; share += 0.09)
            if (share * top > lowest) yield return (int)(share * top);
        yield return (int)lowest;
    }

    private static double Fill(Mask mask, IReadOnlyList<Spot> corners)
    {
        var (both, either) = (0, 0);
        for (var y = 0; y < mask.Height; y++)
        {
            for (var x = 0; x < mask.Width; x++)
            {
                var inside = Quadrilateral.Holds(corners, x + 0.5, y + 0.5);
                if (inside && mask[x, y]) both++;
                if (inside || mask[x, y]) either++;
            }
        }
        return (double)both / either;
    }
}
