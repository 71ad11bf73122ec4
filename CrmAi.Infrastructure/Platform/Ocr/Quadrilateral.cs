namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>Four straight sides around a shape.</summary>
internal static class Quadrilateral
{
    /// <summary>Corners clockwise from the upper left; null where the shape has no four sides.</summary>
    public static IReadOnlyList<Spot>? Around(Mask shape)
    {
        var contour = Contour(shape);
        var hull = Hull(contour);
        if (hull.Count < 4 || Four(hull) is not { } rough) return null;
        var fine = Fitted(Fitted(rough, contour), contour);
        if (Area(fine) <= 0) return null;
        return [.. Enumerable.Range(0, 4).Select(i => fine[(i + FirstCorner(fine)) % 4])];
    }

    public static bool Holds(IReadOnlyList<Spot> corners, double x, double y)
    {
        for (var i = 0; i < corners.Count; i++)
            if (Cross(corners[i], corners[(i + 1) % corners.Count], new(x, y)) < 0) return false;
        return true;
    }

    private static List<Spot> Contour(Mask shape)
    {
        var points = new List<Spot>();
        for (var y = 0; y < shape.Height; y++)
            for (var x = 0; x < shape.Width; x++)
            {
                if (!shape[x, y]) continue;
                // The edge runs between this pixel and its neighbour.
                if (x == 0 || !shape[x - 1, y]) points.Add(new(x, y + 0.5));
                if (x == shape.Width - 1 || !shape[x + 1, y]) points.Add(new(x + 1, y + 0.5));
                if (y == 0 || !shape[x, y - 1]) points.Add(new(x + 0.5, y));
                if (y == shape.Height - 1 || !shape[x, y + 1]) points.Add(new(x + 0.5, y + 1));
            }
        return points;
    }

    /// <summary>Clockwise as seen, y downwards (A. M. Andrew's monotone chain).</summary>
    private static List<Spot> Hull(List<Spot> points)
    {
        var sorted = points.Distinct().OrderBy(p => p.X).ThenBy(p => p.Y).ToList();
        List<Spot> Half(IEnumerable<Spot> order)
        {
            var half = new List<Spot>();
            foreach (var p in order)
            {
                while (half.Count >= 2 && Cross(half[^2], half[^1], p) <= 0) half.RemoveAt(half.Count - 1);
                half.Add(p);
            }
            half.RemoveAt(half.Count - 1);
            return half;
        }
        return sorted.Count < 4 ? sorted : [.. Half(sorted), .. Half(sorted.AsEnumerable().Reverse())];
    }

    /// <summary>Drops the side whose neighbours, made longer, add the least area, until four are left.</summary>
    private static List<Spot>? Four(List<Spot> hull)
    {
        var corners = hull.ToList();
        while (corners.Count > 4)
        {
            var (at, least, meeting) = (-1, double.MaxValue, default(Spot));
            for (var i = 0; i < corners.Count; i++)
            {
                var (a, b, c, d) = (corners[i], corners[(i + 1) % corners.Count], corners[(i + 2) % corners.Count], corners[(i + 3) % corners.Count]);
                if (Meeting(a, b, d, c) is not { } point || (point - b).Length > 1e4 || ((b - a).X * (point - b).X) + ((b - a).Y * (point - b).Y) < 0) continue;
                var added = Math.Abs(Cross(b, point, c)) / 2;
                if (added < least) (at, least, meeting) = (i, added, point);
            }
            if (at < 0) return null;
            var (second, third) = ((at + 1) % corners.Count, (at + 2) % corners.Count);
            corners[second] = meeting;
            corners.RemoveAt(third);
        }
        return corners;
    }

    /// <summary>Each side laid through the contour's points near it, corners left out since they may be round.</summary>
    private static List<Spot> Fitted(List<Spot> corners, List<Spot> contour)
    {
        const double near = 3, ends = 0.07;
        var sides = new List<(Spot Middle, Spot Along)>();
        for (var i = 0; i < 4; i++)
        {
            var (from, along) = (corners[i], corners[(i + 1) % 4] - corners[i]);
            var points = contour.Where(p =>
            {
                var t = (((p - from).X * along.X) + ((p - from).Y * along.Y)) / (along.Length * along.Length);
                return t is > ends and < 1 - ends && Math.Abs(Cross(from, corners[(i + 1) % 4], p)) / along.Length < near;
            }).ToList();
            if (points.Count < 8) return corners;
            var middle = new Spot(points.Average(p => p.X), points.Average(p => p.Y));
            var (xx, yy, xy) = (0d, 0d, 0d);
            foreach (var p in points) { var d = p - middle; xx += d.X * d.X; yy += d.Y * d.Y; xy += d.X * d.Y; }
            var angle = 0.5 * Math.Atan2(2 * xy, xx - yy);
            sides.Add((middle, new(Math.Cos(angle), Math.Sin(angle))));
        }
        var fitted = new List<Spot>();
        for (var i = 0; i < 4; i++)
        {
            var (a, b) = (sides[(i + 3) % 4], sides[i]);
            if (Meeting(a.Middle, new(a.Middle.X + a.Along.X, a.Middle.Y + a.Along.Y), b.Middle, new(b.Middle.X + b.Along.X, b.Middle.Y + b.Along.Y)) is not { } corner || (corner - corners[i]).Length > 12) return corners;
            fitted.Add(corner);
        }
        return fitted;
    }

    private static int FirstCorner(List<Spot> corners) => Enumerable.Range(0, 4).MinBy(i => corners[i].X + corners[i].Y);

    private static double Cross(Spot a, Spot b, Spot c) => ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));

    private static double Area(List<Spot> corners) => Cross(corners[0], corners[1], corners[2]) + Cross(corners[0], corners[2], corners[3]);

    private static Spot? Meeting(Spot a, Spot b, Spot c, Spot d)
    {
        var (r, s) = (b - a, d - c);
        var across = (r.X * s.Y) - (r.Y * s.X);
        if (Math.Abs(across) < 1e-9) return null;
        var t = (((c.X - a.X) * s.Y) - ((c.Y - a.Y) * s.X)) / across;
        return new(a.X + (t * r.X), a.Y + (t * r.Y));
    }
}
