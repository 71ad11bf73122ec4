namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>A point in pixels; 0.5, 0.5 is the middle of the first pixel.</summary>
internal readonly record struct Spot(double X, double Y)
{
    public static Spot operator -(Spot a, Spot b) => new(a.X - b.X, a.Y - b.Y);

    public double Length => Math.Sqrt((X * X) + (Y * Y));
}

/// <summary>A picture of 8 bits a channel, rows from the top, three channels (red, green, blue) or one.</summary>
internal sealed class Raster(int width, int height, int channels, byte[] data)
{
    public int Width => width;

    public int Height => height;

    public int Channels => channels;

    public byte[] Data => data;

    /// <summary>Reads a binary Netpbm picture (P5 or P6, 255 levels); null where it is none or not whole.</summary>
    public static Raster? FromNetpbm(ReadOnlySpan<byte> file)
    {
        if (file.Length < 8 || file[0] != 'P' || file[1] is not ((byte)'5' or (byte)'6')) return null;
        var channels = file[1] == '6' ? 3 : 1;
        var at = 2;
        Span<int> numbers = stackalloc int[3];
        for (var i = 0; i < 3; i++)
        {
            while (at < file.Length && (char.IsWhiteSpace((char)file[at]) || file[at] == '#'))
            {
                if (file[at] == '#') while (at < file.Length && file[at] != '\n') at++;
                else at++;
            }
            var from = at;
            while (at < file.Length && char.IsAsciiDigit((char)file[at]) && at - from < 6) numbers[i] = (numbers[i] * 10) + file[at++] - '0';
            if (at == from) return null;
        }
        at++;
        var (width, height) = (numbers[0], numbers[1]);
        if (width == 0 || height == 0 || numbers[2] != 255 || (long)width * height * channels > file.Length - at) return null;
        return new(width, height, channels, file.Slice(at, width * height * channels).ToArray());
    }

    /// <summary>Luma of Rec. 601.</summary>
    public Raster Gray()
    {
        if (channels == 1) return this;
        var gray = new byte[width * height];
        for (int i = 0, at = 0; i < gray.Length; i++, at += 3) gray[i] = (byte)(((data[at] * 299) + (data[at + 1] * 587) + (data[at + 2] * 114) + 500) / 1000);
        return new(width, height, 1, gray);
    }

    /// <summary>Made smaller by whole pixels: each is the mean of a square of the side given.</summary>
    public Raster Reduced(int side)
    {
        if (side <= 1) return this;
        var (w, h) = (Math.Max(1, width / side), Math.Max(1, height / side));
        var small = new byte[w * h * channels];
        var (stepX, stepY) = (Math.Min(side, width), Math.Min(side, height));
        for (var y = 0; y < h; y++)
        {
            for (var x = 0; x < w; x++)
            {
                for (var c = 0; c < channels; c++)
                {
                    var sum = 0;
                    for (var dy = 0; dy < stepY; dy++)
                        for (int dx = 0, at = (((((y * side) + dy) * width) + (x * side)) * channels) + c; dx < stepX; dx++, at += channels) sum += data[at];
                    small[(((y * w) + x) * channels) + c] = (byte)(sum / (stepX * stepY));
                }
            }
        }
        return new(w, h, channels, small);
    }

    /// <summary>Turned clockwise by quarters.</summary>
    public Raster Turned(int quarters)
    {
        quarters &= 3;
        if (quarters == 0) return this;
        var (w, h) = quarters == 2 ? (width, height) : (height, width);
        var turned = new byte[data.Length];
        for (var y = 0; y < h; y++)
        {
            for (var x = 0; x < w; x++)
            {
                var (fromX, fromY) = quarters switch { 1 => (y, height - 1 - x), 2 => (width - 1 - x, height - 1 - y), _ => (width - 1 - y, x) };
                for (var c = 0; c < channels; c++) turned[(((y * w) + x) * channels) + c] = data[(((fromY * width) + fromX) * channels) + c];
            }
        }
        return new(w, h, channels, turned);
    }
}
