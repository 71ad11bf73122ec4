namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>A run of print on one line, without wide gaps; right and bottom are the first pixel beyond.</summary>
/// <param name="Marks">The connected parts of which it is made.</param>
/// <param name="Row">Runs that follow each other on one line, in type of different sizes, have the same.</param>
internal sealed record TextLine(int Left, int Top, int Right, int Bottom, int Marks = 1, int Row = 0)
{
    public int Width => Right - Left;

    public int Height => Bottom - Top;

    public TextLine With(TextLine other) => new(Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom), Marks + other.Marks, Row);
}

/// <summary>Finds the lines of print on a straight card, by the parts of which letters are made.</summary>
internal static class TextLines
{
    private const int Most = 60;

    /// <summary>From top to bottom, then from left to right.</summary>
    public static IReadOnlyList<TextLine> Find(Print print)
    {
        var marks = Blobs.Of(print.Width, print.Height, print.Mask(), out _).Where(b => IsMark(b, print)).OrderBy(b => b.Left).ToList();
        var lines = Joined(marks);
        lines = Absorbed(Stacked(lines));
        var least = Math.Max(9, print.Width / 170);
        return [.. lines.Where(l => l.Height >= least && (l.Width >= l.Height * 0.5 || l.Height > 3 * least) && l.Width >= least)
            .OrderByDescending(l => l.Width * l.Height).Take(Most).GroupBy(l => l.Row).OrderBy(row => row.Min(l => l.Top) + row.Max(l => l.Bottom)).ThenBy(row => row.Min(l => l.Left)).SelectMany(row => row.OrderBy(l => l.Left))];
    }

    /// <summary>The middle of the widest gap between letters near a place: engines tell only about where their words end.</summary>
    public static int Gap(Print print, TextLine line, double near)
    {
        var reach = line.Height * 0.9;
        var (from, to) = ((int)Math.Max(line.Left, near - reach), (int)Math.Min(line.Right, near + reach));
        var gaps = new List<(double Middle, int Width)>();
        for (int x = from, start = -1; x <= to + 1; x++)
        {
            if (x <= to && IsEmpty(print, line, x)) start = start < 0 ? x : start;
            else if (start >= 0) { gaps.Add(((start + x) / 2d, x - start)); start = -1; }
        }
        if (gaps.Count == 0) return (int)near;
        // Between words it is about as wide as the widest, between letters much narrower.
        var widest = gaps.Max(g => g.Width);
        return (int)gaps.Where(g => g.Width >= 0.6 * widest).MinBy(g => Math.Abs(g.Middle - near)).Middle;
    }

    private static bool IsEmpty(Print print, TextLine line, int x)
    {
        var column = Math.Clamp(x, 0, print.Width - 1);
        for (var y = Math.Max(0, line.Top); y < Math.Min(print.Height, line.Bottom); y++) if (Math.Abs(print[column, y]) > print.Level) return false;
        return true;
    }

    /// <summary>A part of a line without the empty rows above and below, which may be of smaller type than the rest.</summary>
    public static TextLine Tight(Print print, TextLine line)
    {
        bool Holds(int y)
        {
            var marks = 0;
            for (var x = Math.Max(0, line.Left); x < Math.Min(print.Width, line.Right); x++) if (Math.Abs(print[x, y]) > print.Level) marks++;
            return marks >= 2;
        }
        var (top, bottom) = (Math.Max(0, line.Top), Math.Min(print.Height, line.Bottom));
        while (top < bottom - 1 && !Holds(top)) top++;
        while (bottom > top + 1 && !Holds(bottom - 1)) bottom--;
        return bottom - top < 6 ? line : line with { Top = top, Bottom = bottom };
    }

    private static bool IsMark(Blob b, Print print)
    {
        var (w, h) = (print.Width, print.Height);
        if (b.Area < 10 || b.Height > h * 0.3 || b.Width > w * 0.45 || (b.Width > w * 0.25 && b.Height > h * 0.2)) return false;
        if (b.Width > 14 * b.Height && b.Width > w * 0.06) return false; // a rule
        if (b.Height > 9 * b.Width && b.Height > h * 0.09) return false; // a divider
        // What touches the edge is the table, or a picture cut off.
        return b.Left > 2 && b.Top > 2 && b.Right < w - 2 && b.Bottom < h - 2;
    }

    private static List<TextLine> Joined(List<Blob> marks)
    {
        var group = Enumerable.Range(0, marks.Count).ToArray();
        int Root(int i) { while (group[i] != i) i = group[i] = group[group[i]]; return i; }
        var tallest = marks.Count == 0 ? 0 : marks.Max(m => m.Height);
        for (var i = 0; i < marks.Count; i++)
        {
            for (var j = i + 1; j < marks.Count && marks[j].Left <= marks[i].Right + (1.2 * tallest); j++)
                if (AreNeighbours(marks[i], marks[j])) group[Root(j)] = Root(i);
        }
        return [.. marks.Select((m, i) => (Root: Root(i), Mark: m)).GroupBy(p => p.Root).SelectMany(g => BySize([.. g.Select(p => p.Mark)]).Select(run => Line(run, g.Key)))];
    }

    private static TextLine Line(List<Blob> marks, int row) => new(marks.Min(m => m.Left), marks.Min(m => m.Top), marks.Max(m => m.Right), marks.Max(m => m.Bottom), marks.Count, row);

    /// <summary>Parted where small type follows large or the other way round, such as an English name beside a Chinese one: each is then read at its own size.</summary>
    private static List<List<Blob>> BySize(List<Blob> marks)
    {
        const double least = 0.62;
        // What overlaps across is one letter or a piece of one.
        var letters = new List<TextLine>();
        foreach (var m in marks)
        {
            var letter = new TextLine(m.Left, m.Top, m.Right, m.Bottom);
            if (letters.Count > 0 && m.Left < letters[^1].Right) letters[^1] = letters[^1].With(letter);
            else letters.Add(letter);
        }
        var (at, sharpest) = (0, least);
        for (var i = 1; i <= letters.Count - 2; i++)
        {
            var (before, behind) = (Size(letters.Take(i)), Size(letters.Skip(i)));
            var (small, large) = (Math.Min(before, behind), Math.Max(before, behind));
            if (letters[i].Left - letters[i - 1].Right < 0.12 * small || (double)small / large >= sharpest) continue;
            // The letters on either side of the gap are of their side's size, and not hyphens or dots.
            var (last, first) = (letters[i - 1].Height, letters[i].Height);
            if (Math.Abs(last - before) > Math.Abs(last - behind) || Math.Abs(first - behind) > Math.Abs(first - before) || first < 0.5 * behind || last < 0.5 * before) continue;
            (at, sharpest) = (i, (double)small / large);
        }
        return at == 0 ? [marks] : [[.. marks.Where(m => m.Left < letters[at].Left)], [.. marks.Where(m => m.Left >= letters[at].Left)]];
    }

    private static int Size(IEnumerable<TextLine> letters)
    {
        var heights = letters.Select(m => m.Height).Order().ToList();
        return heights[heights.Count / 2];
    }

    private static bool AreNeighbours(Blob a, Blob b)
    {
        var (small, tall) = (Math.Min(a.Height, b.Height), Math.Max(a.Height, b.Height));
        var overlap = Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top);
        if (overlap < 0.5 * small) return false;
        var gap = Math.Max(a.Left, b.Left) - Math.Min(a.Right, b.Right);
        // Big print beside small print is another thing from some way on; dots and strokes belong to their neighbours.
        return gap <= 1.15 * tall && (small < 0.35 * tall || gap <= 2.2 * small);
    }

    /// <summary>Strokes above each other that make one character, such as 三.</summary>
    private static List<TextLine> Stacked(List<TextLine> lines) => Merged(lines, (a, b) =>
    {
        var both = a.With(b);
        if (both.Width > 1.5 * both.Height || both.Height > 1.3 * both.Width || !(IsStroke(a) || IsStroke(b))) return false;
        var across = Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left);
        return across > 0.5 * Math.Min(a.Width, b.Width) && Math.Max(a.Top, b.Top) - Math.Min(a.Bottom, b.Bottom) < 0.45 * both.Height;
    });

    private static bool IsStroke(TextLine line) => line.Marks == 1 && line.Height < 0.25 * line.Width;

    /// <summary>Dots and accents go to the line that they stand on.</summary>
    private static List<TextLine> Absorbed(List<TextLine> lines) => Merged(lines, (a, b) =>
    {
        var (small, big) = a.Height <= b.Height ? (a, b) : (b, a);
        if (small.Left < big.Left - (0.3 * big.Height) || small.Right > big.Right + (0.3 * big.Height)) return false;
        var overlap = Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top);
        return overlap > 0.6 * small.Height || (small.Height < 0.35 * big.Height && small.Width < big.Height && overlap > -0.22 * big.Height);
    });

    private static List<TextLine> Merged(List<TextLine> lines, Func<TextLine, TextLine, bool> belong)
    {
        for (var changed = true; changed;)
        {
            changed = false;
            for (var i = 0; i < lines.Count; i++)
            {
                for (var j = lines.Count - 1; j > i; j--)
                {
                    if (!belong(lines[i], lines[j])) continue;
                    lines[i] = lines[i].With(lines[j]);
                    lines.RemoveAt(j);
                    changed = true;
                }
            }
        }
        return lines;
    }
}
