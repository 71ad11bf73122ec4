using CrmAi.Infrastructure.Platform.Ocr;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.BusinessCards;

public sealed class BadPicturesTests
{
    [EngineFact]
    public async Task TwoHundredBadFiles_AreAnsweredInCodesAndLeaveNothing()
    {
        var folder = TestFolders.New();
        using var reader = CardReading.Reader(new OcrOptions { WorkFolder = folder });
        var codes = new Dictionary<string, HashSet<string>>();
        foreach (var (kind, file) in MalformedPictures.Of(seed: 41, count: 200))
        {
            var read = await reader.ReadAsync(file, CancellationToken.None);
            // Where a decoder makes something of a broken file, there is nothing on it.
            if (read.Succeeded) read.Value.Fields.ShouldBeEmpty(kind);
            else read.Errors.ShouldAllBe(e => e.Code.StartsWith("card.picture.", StringComparison.Ordinal), kind);
            (codes.TryGetValue(kind, out var known) ? known : codes[kind] = []).Add(read.Succeeded ? "nothing" : read.Errors[0].Code);
            Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty(kind);
        }
        codes["zero bytes"].ShouldBe(["card.picture.empty"]);
        codes["text"].ShouldBe(["card.picture.kind"]);
        codes["PDF named .jpg"].ShouldBe(["card.picture.kind"]);
        codes["GIF"].ShouldBe(["card.picture.gif"]);
        codes["HEIC"].ShouldBe(["card.picture.heic"]);
        codes["animated WebP"].ShouldBe(["card.picture.animated"]);
        codes["JPEG 20,000 wide"].ShouldBe(["card.picture.pixels"]);
        codes["PNG of 60,000 by 60,000"].ShouldBe(["card.picture.pixels"]);
        codes["tiny"].ShouldBe(["card.picture.tiny"]);
    }

    [Fact]
    public void Picture_TooLarge_IsNotLookedAt() =>
        CardPictures.Check(new byte[1_048_577], new OcrOptions { MaxFile = 1 }).Errors.ShouldHaveSingleItem().Code.ShouldBe("card.picture.large");

    [ShellFact]
    public async Task Engine_ThatIsKilledAtWork_IsAnsweredAndLeavesNothing() => (await ReadWith(CardReading.Tesseract("kill -9 $$"))).ShouldBe("card.reader.failed");

    [ShellFact]
    public async Task Engine_ThatTalksNonsense_IsAnsweredAndLeavesNothing() => (await ReadWith(CardReading.Tesseract("cat >/dev/null; echo 'level page_num nonsense'"))).ShouldBe("card.reader.failed");

    [ShellFact]
    public async Task Engine_WithARowThatIsNoRow_IsAnswered() => (await ReadWith(CardReading.Tesseract("cat >/dev/null; printf 'level\\tpage_num\\tblock_num\\n5\\tmany\\n'"))).ShouldBe("card.reader.failed");

    [ShellFact]
    public async Task Engine_ThatNeverEnds_IsStopped() => (await ReadWith(CardReading.Tesseract("sleep 600"), timeout: TimeSpan.FromSeconds(2))).ShouldBe("card.reader.slow");

    [ShellFact]
    public async Task WorkFolder_WithoutRoom_IsAnswered() => (await ReadWith(CardReading.Tesseract("true"), workFolder: "/dev/null/full")).ShouldBe("card.reader.disk");

    [ShellFact]
    public async Task Program_OfAnotherMaker_IsNotTaken()
    {
        using var reader = CardReading.Reader(new OcrOptions { Tesseract = CardReading.Tesseract("true"), ImageMagick = CardReading.Tesseract("true") });
        var missing = (await reader.CheckAsync(CancellationToken.None)).Errors.ShouldHaveSingleItem();
        (missing.Code, missing.Args.ShouldHaveSingleItem()).ShouldBe(("card.reader.missing", "imagemagick"));
    }

    [Fact]
    public async Task Engine_ThatIsNotThere_IsNamedWithItsPackages()
    {
        using var reader = CardReading.Reader(new OcrOptions { Tesseract = "/nowhere/tesseract", ImageMagick = "/nowhere/magick" });
        var missing = (await reader.CheckAsync(CancellationToken.None)).Errors.ShouldHaveSingleItem();
        missing.Code.ShouldBe("card.reader.missing");
        missing.Args.ShouldBe(["tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-eng tesseract-ocr-script-hans imagemagick"]);
    }

    private static async Task<string> ReadWith(string tesseract, TimeSpan? timeout = null, string? workFolder = null)
    {
        var folder = TestFolders.New();
        var magick = CardReading.ImageMagick($"cat >/dev/null; cat '{Bars()}'");
        using var reader = CardReading.Reader(new OcrOptions { Tesseract = tesseract, ImageMagick = magick, WorkFolder = workFolder ?? folder, Timeout = timeout ?? TimeSpan.FromMinutes(2) });
        var read = await reader.ReadAsync(MalformedPictures.Of(1, 12).Last().File, CancellationToken.None);
        Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty();
        return read.Errors.ShouldHaveSingleItem().Code;
    }

    /// <summary>What ImageMagick would make of a card: something like letters in the middle of white.</summary>
    private static string Bars()
    {
        var data = new byte[600 * 400 * 3];
        for (var i = 0; i < data.Length; i++)
        {
            var (x, y) = (i / 3 % 600, i / 1800);
            data[i] = (byte)(x is > 200 and < 400 && y is > 180 and < 210 && x % 18 < 9 ? 10 : 245);
        }
        var file = Path.Combine(TestFolders.New(), "bars.ppm");
        File.WriteAllBytes(file, [.. "P6\n600 400\n255\n"u8, .. data]);
        return file;
    }
}
