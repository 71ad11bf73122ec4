namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>
/// Where the points of an upright rectangle lie on a picture: the projective map through four pairs of points
/// (P. Heckbert, Fundamentals of Texture Mapping and Image Warping, 1989, section 2.2).
/// </summary>
internal sealed class Perspective
{
    private readonly double[] m;

    private Perspective(int width, int height, double[] map) => (Width, Height, m) = (width, height, map);

    /// <summary>Of the rectangle.</summary>
    public int Width { get; }

    public int Height { get; }

    /// <summary>The corners clockwise from the upper left. Null where they span no area.</summary>
    public static Perspective? Of(int width, int height, IReadOnlyList<Spot> corners)
    {
        var (a, b, c, d) = (corners[0], corners[1], corners[2], corners[3]);
        var (sumX, sumY) = (a.X - b.X + c.X - d.X, a.Y - b.Y + c.Y - d.Y);
        var (dx1, dy1, dx2, dy2) = (b.X - c.X, b.Y - c.Y, d.X - c.X, d.Y - c.Y);
        var area = (dx1 * dy2) - (dx2 * dy1);
        if (Math.Abs(area) < 1) return null;
        var g = ((sumX * dy2) - (dx2 * sumY)) / area;
        var h = ((dx1 * sumY) - (sumX * dy1)) / area;
        return new(width, height,
        [
            (b.X - a.X + (g * b.X)) / width, (d.X - a.X + (h * d.X)) / height, a.X,
            (b.Y - a.Y + (g * b.Y)) / width, (d.Y - a.Y + (h * d.Y)) / height, a.Y,
            g / width, h / height,
        ]);
    }

    public Spot Map(double x, double y)
    {
        var w = (m[6] * x) + (m[7] * y) + 1;
        return new(((m[0] * x) + (m[1] * y) + m[2]) / w, ((m[3] * x) + (m[4] * y) + m[5]) / w);
    }

    /// <summary>The rectangle filled from the picture by cubic interpolation (Catmull and Rom); beyond the picture's edge its edge goes on.</summary>
    public Raster Straighten(Raster gray)
    {
        var straight = new byte[Width * Height];
        Span<double> across = stackalloc double[4];
        Span<double> down = stackalloc double[4];
        Span<int> columns = stackalloc int[4];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var (sourceX, sourceY) = Map(x + 0.5, y + 0.5);
                var (left, top) = (Math.Floor(sourceX - 0.5), Math.Floor(sourceY - 0.5));
                Weights(sourceX - 0.5 - left, across);
                Weights(sourceY - 0.5 - top, down);
                for (var i = 0; i < 4; i++) columns[i] = (int)Math.Clamp(left - 1 + i, 0, gray.Width - 1);
                var sum = 0d;
                for (var j = 0; j < 4; j++)
                {
                    var row = (int)Math.Clamp(top - 1 + j, 0, gray.Height - 1) * gray.Width;
                    sum += down[j] * ((across[0] * gray.Data[row + columns[0]]) + (across[1] * gray.Data[row + columns[1]]) + (across[2] * gray.Data[row + columns[2]]) + (across[3] * gray.Data[row + columns[3]]));
                }
                straight[(y * Width) + x] = (byte)Math.Clamp(sum + 0.5, 0, 255);
            }
        }
        return new(Width, Height, 1, straight);
    }

    private static void Weights(double t, Span<double> weights)
    {
        weights[0] = ((((-0.5 * t) + 1) * t) - 0.5) * t;
        weights[1] = (((1.5 * t) - 2.5) * t * t) + 1;
        weights[2] = ((((-1.5 * t) + 2) * t) + 0.5) * t;
        weights[3] = ((0.5 * t) - 0.5) * t * t;
    }
}
