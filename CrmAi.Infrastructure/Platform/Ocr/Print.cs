namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>
/// How far each pixel of a straight card stands out from the ground around it: above 0 lighter, below 0 darker. So uneven light, coloured bands
/// and light print on dark ground all become one thing.
/// </summary>
internal sealed class Print
{
    private const int Block = 32;
    private const int Around = 3;

    private readonly short[] relief;

    private Print(int width, int height, short[] relief, int level) => (Width, Height, this.relief, Level) = (width, height, relief, level);

    public int Width { get; }

    public int Height { get; }

    /// <summary>What stands out by more is print.</summary>
    public int Level { get; }

    public int this[int x, int y] => relief[(y * Width) + x];

    public static Print Of(Raster gray)
    {
        var (columns, rows) = ((gray.Width + Block - 1) / Block, (gray.Height + Block - 1) / Block);
        var ground = Ground(gray, columns, rows);
        var relief = new short[gray.Data.Length];
        var counts = new int[256];
        for (var y = 0; y < gray.Height; y++)
        {
            var v = Math.Clamp(((y + 0.5) / Block) - 0.5, 0, rows - 1);
            var (row, down) = ((int)v, v - (int)v);
            var next = Math.Min(row + 1, rows - 1);
            for (var x = 0; x < gray.Width; x++)
            {
                var u = Math.Clamp(((x + 0.5) / Block) - 0.5, 0, columns - 1);
                var (column, across) = ((int)u, u - (int)u);
                var right = Math.Min(column + 1, columns - 1);
                var level = ((((ground[row, column] * (1 - across)) + (ground[row, right] * across)) * (1 - down)) + (((ground[next, column] * (1 - across)) + (ground[next, right] * across)) * down));
                var i = (y * gray.Width) + x;
                relief[i] = (short)(gray.Data[i] - level);
                counts[Math.Min(255, Math.Abs((int)relief[i]))]++;
            }
        }
        return new(gray.Width, gray.Height, relief, LevelOf(counts, relief.Length));
    }

    /// <summary>Where something stands out, a little smoothed.</summary>
    public bool[] Mask()
    {
        var mask = new bool[relief.Length];
        for (var y = 1; y < Height - 1; y++)
        {
            for (var x = 1; x < Width - 1; x++)
            {
                var i = (y * Width) + x;
                var sum = relief[i - Width - 1] + relief[i - Width] + relief[i - Width + 1] + relief[i - 1] + relief[i] + relief[i + 1] + relief[i + Width - 1] + relief[i + Width] + relief[i + Width + 1];
                mask[i] = Math.Abs(sum) > 9 * Level;
            }
        }
        return mask;
    }

    // A card's ground is what most pixels around show. Strong print is rare: the level lies well below the strongest hundredth,
    // since thin strokes of small type are pale.
    private static int LevelOf(int[] counts, int pixels)
    {
        var (above, strong) = (0, 255);
        while (strong > 0 && (above += counts[strong]) < pixels / 100) strong--;
        return Math.Clamp(strong * 2 / 10, 10, 42);
    }

    private static double[,] Ground(Raster gray, int columns, int rows)
    {
        var counts = new int[rows, columns][];
        for (var y = 0; y < gray.Height; y++)
            for (var x = 0; x < gray.Width; x++) (counts[y / Block, x / Block] ??= new int[256])[gray.Data[(y * gray.Width) + x]]++;
        var ground = new double[rows, columns];
        var sums = new int[256];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                Array.Clear(sums);
                var all = 0;
                for (var r = Math.Max(0, row - Around); r <= Math.Min(rows - 1, row + Around); r++)
                    for (var c = Math.Max(0, column - Around); c <= Math.Min(columns - 1, column + Around); c++)
                        for (var level = 0; level < 256; level++) { sums[level] += counts[r, c][level]; all += counts[r, c][level]; }
                var (below, middle) = (0, 0);
                while (middle < 255 && (below += sums[middle]) * 2 < all) middle++;
                ground[row, column] = middle;
            }
        }
        return ground;
    }
}
