namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>Where a cut's pixels lie on the card: card = offset + cut · scale.</summary>
internal sealed record LineCut(Raster Picture, double Left, double Top, double Scale);

/// <summary>Cuts lines out of a card as an engine likes them: dark on white, all of one height, with a margin.</summary>
internal static class LineCuts
{
    /// <param name="height">In pixels, of the print without its margin.</param>
    /// <param name="soften">The radius of a blur, in pixels of the cut, against noise; 0 for none.</param>
    public static LineCut Of(Print print, TextLine line, int height, double soften)
    {
        var margin = Math.Max(4, line.Height * 0.22);
        var (left, top, right, bottom) = (line.Left - margin, line.Top - margin, line.Right + margin, line.Bottom + margin);
        var scale = Math.Max((double)line.Height / height, (right - left) / 4000);
        var (w, h) = ((int)Math.Ceiling((right - left) / scale), (int)Math.Ceiling((bottom - top) / scale));
        var values = new float[w * h];
        for (var y = 0; y < h; y++)
            for (var x = 0; x < w; x++) values[(y * w) + x] = Mean(print, left + (x * scale), top + (y * scale), scale);
        if (soften > 0) values = Softened(values, w, h, soften);
        return new(Dark(values, w, h), left, top, scale);
    }

    /// <summary>The mean over a pixel of the cut; of one smaller than the card's between its neighbours.</summary>
    private static float Mean(Print print, double x, double y, double size)
    {
        if (size <= 1.3) return Between(print, x + (size / 2) - 0.5, y + (size / 2) - 0.5);
        var steps = (int)Math.Ceiling(size * 1.5);
        var sum = 0f;
        for (var j = 0; j < steps; j++)
            for (var i = 0; i < steps; i++) sum += Between(print, x + ((i + 0.5) * size / steps) - 0.5, y + ((j + 0.5) * size / steps) - 0.5);
        return sum / (steps * steps);
    }

    private static float Between(Print print, double x, double y)
    {
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        var (u, v) = ((float)(x - left), (float)(y - top));
        int At(int px, int py) => px < 0 || py < 0 || px >= print.Width || py >= print.Height ? 0 : print[px, py];
        return (((At(left, top) * (1 - u)) + (At(left + 1, top) * u)) * (1 - v)) + (((At(left, top + 1) * (1 - u)) + (At(left + 1, top + 1) * u)) * v);
    }

    /// <summary>Print becomes dark whichever it was, its strongest parts black and its ground white.</summary>
    private static Raster Dark(float[] values, int w, int h)
    {
        var sorted = values.Select(Math.Abs).Order().ToArray();
        var strong = sorted[sorted.Length * 95 / 100];
        var sign = values.Where(v => Math.Abs(v) >= strong * 0.6f).Sum(Math.Sign) >= 0 ? 1 : -1;
        var reach = Math.Max(12, values.Select(v => v * sign).Order().ElementAt(values.Length * 97 / 100));
        var dark = new byte[values.Length];
        for (var i = 0; i < dark.Length; i++) dark[i] = (byte)(255 - Math.Clamp(values[i] * sign * 255 / reach, 0, 255));
        return new(w, h, 1, dark);
    }

    private static float[] Softened(float[] values, int w, int h, double radius)
    {
        var reach = (int)Math.Ceiling(radius * 2.5);
        var weights = Enumerable.Range(-reach, (2 * reach) + 1).Select(d => (float)Math.Exp(-d * d / (2 * radius * radius))).ToArray();
        var all = weights.Sum();
        float[] Pass(float[] from, int step, int length, Func<int, int> place)
        {
            var to = new float[from.Length];
            for (var i = 0; i < from.Length; i++)
            {
                var (at, sum) = (place(i), 0f);
                for (var d = -reach; d <= reach; d++) sum += weights[d + reach] * from[i + ((Math.Clamp(at + d, 0, length - 1) - at) * step)];
                to[i] = sum / all;
            }
            return to;
        }
        return Pass(Pass(values, 1, w, i => i % w), w, h, i => i / w);
    }
}
