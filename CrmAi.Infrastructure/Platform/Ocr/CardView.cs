using CrmAi.Domain.BusinessCards;

namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>A card cut out of its picture and made straight.</summary>
internal sealed class CardView
{
    /// <summary>Pixels along the longer side of a straight card: its small type is then about as high as engines like it.</summary>
    private const int Side = 2000;

    private readonly Perspective way;

    private CardView(Perspective way, Print print) => (this.way, Print) = (way, print);

    public Print Print { get; }

    /// <param name="turns">Clockwise quarter turns after which the print stands upright.</param>
    public static CardView Of(Raster picture, Raster gray, int turns)
    {
        var found = CardOutline.Find(picture) ?? [new(0, 0), new(picture.Width, 0), new(picture.Width, picture.Height), new(0, picture.Height)];
        IReadOnlyList<Spot> corners = [.. Enumerable.Range(0, 4).Select(i => found[(i + 4 - turns) % 4])];
        var (width, height) = (((corners[1] - corners[0]).Length + (corners[2] - corners[3]).Length) / 2, ((corners[3] - corners[0]).Length + (corners[2] - corners[1]).Length) / 2);
        var scale = Side / Math.Max(width, height);
        var (w, h) = (Math.Max(1, (int)(width * scale)), Math.Max(1, (int)(height * scale)));
        var way = Perspective.Of(w, h, corners) ?? Perspective.Of(w, h, [new(0, 0), new(picture.Width, 0), new(picture.Width, picture.Height), new(0, picture.Height)])!;
        var print = Print.Of(way.Straighten(gray));
        var lean = Skew.Of(print);
        if (lean == 0 || Perspective.Of(w, h, Leant(way, lean)) is not { } level) return new(way, print);
        return new(level, Print.Of(level.Straighten(gray)));
    }

    /// <summary>Where a place on the straight card lies on the picture.</summary>
    public PixelBox Place(double left, double top, double right, double bottom, double scale, int width, int height)
    {
        Spot[] spots = [way.Map(left, top), way.Map(right, top), way.Map(right, bottom), way.Map(left, bottom)];
        var (x, y) = ((int)Math.Clamp(spots.Min(s => s.X) * scale, 0, width - 1), (int)Math.Clamp(spots.Min(s => s.Y) * scale, 0, height - 1));
        return new(x, y, (int)Math.Clamp(Math.Ceiling(spots.Max(s => s.X) * scale) - x, 1, width - x), (int)Math.Clamp(Math.Ceiling(spots.Max(s => s.Y) * scale) - y, 1, height - y));
    }

    private static List<Spot> Leant(Perspective way, double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var (middleX, middleY) = (way.Width / 2d, way.Height / 2d);
        return [.. new (double X, double Y)[] { (0, 0), (way.Width, 0), (way.Width, way.Height), (0, way.Height) }
            .Select(c => way.Map(middleX + ((c.X - middleX) * cos) - ((c.Y - middleY) * sin), middleY + ((c.X - middleX) * sin) + ((c.Y - middleY) * cos)))];
    }
}
