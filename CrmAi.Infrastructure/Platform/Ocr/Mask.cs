namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>Pixels that are in, and pixels that are not.</summary>
internal sealed class Mask(int width, int height, bool[] data)
{
    public int Width => width;

    public int Height => height;

    public int Count => data.Count(p => p);

    public bool this[int x, int y] => data[(y * width) + x];

    public static Mask Where(int width, int height, Func<int, bool> isIn)
    {
        var data = new bool[width * height];
        for (var i = 0; i < data.Length; i++) data[i] = isIn(i);
        return new(width, height, data);
    }

    /// <summary>Gaps up to twice the radius are bridged.</summary>
    public Mask Closed(int radius) => Grown(radius, true).Grown(radius, false);

    /// <summary>What no way leads to from the edge is in.</summary>
    public Mask Filled()
    {
        var outside = new bool[data.Length];
        var todo = new Stack<int>();
        void Reach(int i) { if (!data[i] && !outside[i]) { outside[i] = true; todo.Push(i); } }
        for (var x = 0; x < width; x++) { Reach(x); Reach(((height - 1) * width) + x); }
        for (var y = 0; y < height; y++) { Reach(y * width); Reach((y * width) + width - 1); }
        while (todo.TryPop(out var i))
        {
            var x = i % width;
            if (x > 0) Reach(i - 1);
            if (x < width - 1) Reach(i + 1);
            if (i >= width) Reach(i - width);
            if (i < data.Length - width) Reach(i + width);
        }
        return new(width, height, [.. outside.Select(o => !o)]);
    }

    /// <summary>The largest connected part, and how many pixels others of some size have.</summary>
    public (Mask Part, int Others) Largest()
    {
        const int speck = 8;
        var blobs = Blobs.Of(width, height, data, out var labels);
        if (blobs.Count == 0) return (this, 0);
        var largest = blobs.MaxBy(b => b.Area)!;
        return (Where(width, height, i => labels[i] == largest.Label), blobs.Where(b => b != largest && b.Area >= speck).Sum(b => b.Area));
    }

    private Mask Grown(int radius, bool value)
    {
        var rows = new bool[data.Length];
        var grown = new bool[data.Length];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var any = false;
                for (var d = Math.Max(0, x - radius); d <= Math.Min(width - 1, x + radius) && !any; d++) any = data[(y * width) + d] == value;
                rows[(y * width) + x] = any;
            }
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var any = false;
                for (var d = Math.Max(0, y - radius); d <= Math.Min(height - 1, y + radius) && !any; d++) any = rows[(d * width) + x];
                grown[(y * width) + x] = any == value;
            }
        return new(width, height, grown);
    }
}

/// <summary>A connected part of a mask; right and bottom are the first pixel beyond.</summary>
internal sealed record Blob(int Label, int Left, int Top, int Right, int Bottom, int Area)
{
    public int Width => Right - Left;

    public int Height => Bottom - Top;
}

internal static class Blobs
{
    /// <summary>The connected parts, corners touching included. Labels begin at 1; 0 is outside.</summary>
    public static List<Blob> Of(int width, int height, bool[] data, out int[] labels)
    {
        labels = new int[data.Length];
        List<int> parents = [0];
        for (int y = 0, i = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++, i++)
            {
                if (!data[i]) continue;
                var label = x > 0 ? labels[i - 1] : 0;
                if (y > 0)
                {
                    label = Join(parents, label, labels[i - width]);
                    if (x > 0) label = Join(parents, label, labels[i - width - 1]);
                    if (x < width - 1) label = Join(parents, label, labels[i - width + 1]);
                }
                if (label == 0) parents.Add(label = parents.Count);
                labels[i] = label;
            }
        }
        var boxes = new Dictionary<int, (int Left, int Top, int Right, int Bottom, int Area)>();
        for (int y = 0, i = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++, i++)
            {
                if (labels[i] == 0) continue;
                var root = labels[i] = Root(parents, labels[i]);
                ref var box = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(boxes, root, out var known);
                box = known ? (Math.Min(box.Left, x), box.Top, Math.Max(box.Right, x + 1), y + 1, box.Area + 1) : (x, y, x + 1, y + 1, 1);
            }
        }
        return [.. boxes.Select(b => new Blob(b.Key, b.Value.Left, b.Value.Top, b.Value.Right, b.Value.Bottom, b.Value.Area))];
    }

    private static int Join(List<int> parents, int a, int b)
    {
        if (b == 0 || a == b) return a;
        if (a == 0) return b;
        var (rootA, rootB) = (Root(parents, a), Root(parents, b));
        return parents[Math.Max(rootA, rootB)] = Math.Min(rootA, rootB);
    }

    private static int Root(List<int> parents, int label)
    {
        while (parents[label] != label) label = parents[label] = parents[parents[label]];
        return label;
    }
}
