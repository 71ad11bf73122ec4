using CrmAi.Infrastructure.Platform.Ocr;

namespace CrmAi.Tests.BusinessCards;

public sealed class CardImageTests
{
    [Fact]
    public void Netpbm_WithComment_IsReadAndTruncatedIsNot()
    {
        byte[] file = [.. "P5\n# made by hand\n2 1\n255\n"u8, 7, 9];
        Raster.FromNetpbm(file)!.Data.ShouldBe([7, 9]);
        Raster.FromNetpbm(file.AsSpan()[..^1]).ShouldBeNull();
        Raster.FromNetpbm("P6\n99999 99999\n255\n"u8).ShouldBeNull();
    }

    [Fact]
    public void Turned_FourTimes_IsTheSameAgain()
    {
        var picture = new Raster(3, 2, 1, [1, 2, 3, 4, 5, 6]);
        picture.Turned(1).Data.ShouldBe([4, 1, 5, 2, 6, 3]);
        picture.Turned(1).Turned(1).Turned(2).Data.ShouldBe(picture.Data);
        picture.Turned(3).Turned(1).Data.ShouldBe(picture.Data);
    }

    [Theory]
    [InlineData(60, 40, 600, 20, 560, 430, 90, 400)]
    [InlineData(100, 100, 520, 130, 500, 380, 80, 350)]
    public void Outline_OfATiltedCard_HasItsCorners(int ax, int ay, int bx, int by, int cx, int cy, int dx, int dy)
    {
        Spot[] corners = [new(ax, ay), new(bx, by), new(cx, cy), new(dx, dy)];
        var found = CardOutline.Find(Drawn(640, 480, corners, table: 70, card: 225)).ShouldNotBeNull();
        for (var i = 0; i < 4; i++) (found[i] - corners[i]).Length.ShouldBeLessThan(4);
    }

    [Fact]
    public void Outline_OfAPlainPicture_IsNone() => CardOutline.Find(Drawn(640, 480, [], table: 240, card: 0)).ShouldBeNull();

    [Fact]
    public void Perspective_Corners_LieWhereTheyWere()
    {
        Spot[] corners = [new(60, 40), new(600, 20), new(560, 430), new(90, 400)];
        var way = Perspective.Of(1000, 600, corners)!;
        (Spot From, int Corner)[] pairs = [(new(0, 0), 0), (new(1000, 0), 1), (new(1000, 600), 2), (new(0, 600), 3)];
        foreach (var (from, corner) in pairs) (way.Map(from.X, from.Y) - corners[corner]).Length.ShouldBeLessThan(1e-6);
        Perspective.Of(10, 10, [new(1, 1), new(2, 2), new(3, 3), new(4, 4)]).ShouldBeNull();
    }

    /// <summary>A dark band with light print on it below dark print on light ground, under light that falls off: three lines are found, and all come out dark on white.</summary>
    [Fact]
    public void Lines_LightOnDarkAndUnevenlyLit_AreFoundAndCutDarkOnWhite()
    {
        var picture = new Raster(900, 600, 1, new byte[900 * 600]);
        for (var y = 0; y < 600; y++)
            for (var x = 0; x < 900; x++) picture.Data[(y * 900) + x] = (byte)(y >= 300 ? 40 : 230 - (x / 12));
        Letters(picture, 100, 80, 20, 12, -120);
        Letters(picture, 100, 160, 20, 9, -120);
        Letters(picture, 100, 430, 20, 10, 150);

        var print = Print.Of(picture);
        var lines = TextLines.Find(print).Where(l => l.Width > 100).ToList();

        lines.Count.ShouldBe(3);
        foreach (var line in lines)
        {
            var cut = LineCuts.Of(print, line, 44, 0).Picture;
            var mean = cut.Data.Average(p => p);
            cut.Data[0].ShouldBeGreaterThan((byte)200);
            cut.Data.Min().ShouldBeLessThan((byte)60);
            mean.ShouldBeGreaterThan(127);
        }
    }

    [Fact]
    public void Skew_OfLeaningLines_IsTheirAngle()
    {
        var picture = new Raster(900, 600, 1, [.. Enumerable.Repeat((byte)240, 900 * 600)]);
        for (var line = 0; line < 6; line++)
            for (var x = 60; x < 840; x++)
                for (var y = 0; y < 8; y++)
                    if (x / 9 % 2 == 0) picture.Data[((90 + (line * 70) + (int)(x * Math.Tan(4 * Math.PI / 180)) + y) * 900) + x] = 20;
        Skew.Of(Print.Of(picture)).ShouldBe(4, 0.4);
    }

    [Fact]
    public void Tiff_OfTwoPictures_LeadsFromOneToTheNext()
    {
        var file = GrayTiff.Of([new Raster(3, 1, 1, [1, 2, 3]), new Raster(2, 2, 1, [4, 5, 6, 7])], 300);
        int Number(int at) => BitConverter.ToInt32(file, at);
        file[..4].ShouldBe("II*\0"u8.ToArray());
        var first = Number(4);
        var second = Number(first + 2 + (10 * 12));
        second.ShouldBeGreaterThan(first);
        Number(second + 2 + (10 * 12)).ShouldBe(0);
        file[Number(second + 2 + (5 * 12) + 8)..][..4].ShouldBe([4, 5, 6, 7]);
    }

    private static Raster Drawn(int width, int height, Spot[] corners, byte table, byte card)
    {
        var data = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                for (var c = 0; c < 3; c++) data[(((y * width) + x) * 3) + c] = (byte)((corners.Length == 4 && Quadrilateral.Holds(corners, x + 0.5, y + 0.5) ? card : table) + ((x + y + c) % 3));
        return new(width, height, 3, data);
    }

    private static void Letters(Raster picture, int left, int top, int size, int count, int darker)
    {
        for (var n = 0; n < count; n++)
            for (var y = 0; y < size; y++)
                for (var x = 0; x < size; x++)
                    if (x < 4 || y is >= 8 and < 12) picture.Data[((top + y) * picture.Width) + left + (n * (size + 6)) + x] = (byte)Math.Clamp(picture.Data[((top + y) * picture.Width) + left + (n * (size + 6)) + x] + darker, 0, 255);
    }
}
