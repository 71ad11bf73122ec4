using System.Text.Json;
using CrmAi.Domain.BusinessCards;
using CrmAi.Infrastructure.BusinessCards;
using CrmAi.Infrastructure.Platform.Files;
using CrmAi.Infrastructure.Platform.Ocr;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.BusinessCards;

public sealed class CardReaderTests
{
    [EngineFact]
    public async Task OwnCards_CleanAndPhotographed_AreReadAboveTheirFloors()
    {
        var folder = await OwnCards.DrawAsync(TestFolders.New(), seed: 5, count: 12);
        var predictions = Path.Combine(folder, "predictions.json");
        using var reader = CardReading.Reader(new OcrOptions());
        var (measures, _, refused, version) = await CardEvaluation.MeasureAsync(folder, await CardCases.ReadAsync(folder, CancellationToken.None), predictions, reader, TextWriter.Null, CancellationToken.None);

        refused.ShouldBe(0);
        version.ShouldNotBeEmpty();
        measures.MacroF1().ShouldBeGreaterThanOrEqualTo(0.9);
        measures["name", null].F1!.Value.ShouldBeGreaterThanOrEqualTo(0.85);
        measures["email", null].F1!.Value.ShouldBeGreaterThanOrEqualTo(0.8);
        measures["mobile", null].F1!.Value.ShouldBeGreaterThanOrEqualTo(0.95);
        measures["name_en", null].F1!.Value.ShouldBeGreaterThanOrEqualTo(0.8);
        measures.InventedShare.ShouldBeLessThan(0.02);
        using var said = JsonDocument.Parse(await File.ReadAllTextAsync(predictions));
        said.RootElement.EnumerateArray().Select(c => c.GetProperty("file").GetString()).ShouldBe(Enumerable.Range(0, 12).Select(i => $"{i:00}.jpg"));
    }

    /// <summary>The same card on its head and on its side: it is read, its turn told, and places lie on the picture as it was given.</summary>
    [EngineFact]
    public async Task Card_Turned_IsReadWithItsTurnAndItsPlaces()
    {
        var folder = await OwnCards.DrawAsync(TestFolders.New(), seed: 5, count: 1);
        var card = (await CardCases.ReadAsync(folder, CancellationToken.None))[0];
        using var reader = CardReading.Reader(new OcrOptions());
        var magick = (await new OcrPrograms(Microsoft.Extensions.Options.Options.Create(new OcrOptions())).FindAsync(CancellationToken.None)).Value.ImageMagick;
        var upright = (await reader.ReadAsync(await File.ReadAllBytesAsync(Path.Combine(folder, card.File)), CancellationToken.None)).Value;
        foreach (var (degrees, turns) in ((string, int)[])[("180", 2), ("90", 3), ("270", 1)])
        {
            var file = Path.Combine(folder, $"turned-{degrees}.png");
            (await BoundedProcess.RunAsync(magick, [Path.Combine(folder, card.File), "-rotate", degrees, file], default, folder, new ProcessBounds(TimeSpan.FromMinutes(2), 4096, 1), CancellationToken.None)).Value.ExitCode.ShouldBe(0);
            var read = (await reader.ReadAsync(await File.ReadAllBytesAsync(file), CancellationToken.None)).Value;
            read.QuarterTurns.ShouldBe(turns, degrees);
            read[CardFieldKind.Mobile].ShouldNotBeNull().Value.ShouldBe(upright[CardFieldKind.Mobile]!.Value);
            var (place, before) = (read[CardFieldKind.Mobile]!.Place!.Value, upright[CardFieldKind.Mobile]!.Place!.Value);
            var middle = (X: place.X + (place.Width / 2), Y: place.Y + (place.Height / 2));
            var (x, y) = (before.X + (before.Width / 2), before.Y + (before.Height / 2));
            var there = degrees switch { "180" => (upright.Width - x, upright.Height - y), "90" => (upright.Height - y, x), _ => (y, upright.Width - x) };
            Math.Abs(middle.X - there.Item1).ShouldBeLessThan(30, degrees);
            Math.Abs(middle.Y - there.Item2).ShouldBeLessThan(30, degrees);
        }
    }

    /// <summary>As a print shop sends it, in four colours, and as a phone held on its side writes it: kept as any other photo, and read as the upright one is.</summary>
    [EngineFact]
    public async Task Card_InFourColours_OrTurnedByTheCamera_IsReadLikeAnyOther()
    {
        var folder = await OwnCards.DrawAsync(TestFolders.New(), seed: 5, count: 1);
        using var reader = CardReading.Reader(new OcrOptions());
        var magick = (await new OcrPrograms(Microsoft.Extensions.Options.Options.Create(new OcrOptions())).FindAsync(CancellationToken.None)).Value.ImageMagick;
        var (whole, colours, side) = (Path.Combine(folder, "00.jpg"), Path.Combine(folder, "cmyk.jpg"), Path.Combine(folder, "side.jpg"));
        foreach (var arguments in (string[][])[[whole, "-colorspace", "CMYK", "-quality", "92", colours], [whole, "-rotate", "270", "-quality", "92", side]])
            (await BoundedProcess.RunAsync(magick, arguments, default, folder, new ProcessBounds(TimeSpan.FromMinutes(2), 4096, 1), CancellationToken.None)).Value.ExitCode.ShouldBe(0);
        var upright = (await reader.ReadAsync(await File.ReadAllBytesAsync(whole), CancellationToken.None)).Value;
        var cmyk = await File.ReadAllBytesAsync(colours);
        Components(cmyk).ShouldBe(4, "it is no picture in four colours");
        foreach (var (kind, file) in ((string, byte[])[])[("four colours", cmyk), ("turned by the camera", CardPhotos.Tagged(await File.ReadAllBytesAsync(side), orientation: 6, "31.2304N"))])
        {
            // as uploads keep it
            var read = (await reader.ReadAsync(Pictures.Read(file).ShouldNotBeNull(kind).Bytes, CancellationToken.None)).Value;
            read.QuarterTurns.ShouldBe(0, kind);
            foreach (var field in (CardFieldKind[])[CardFieldKind.Name, CardFieldKind.Mobile, CardFieldKind.Email]) read[field].ShouldNotBeNull(kind).Value.ShouldBe(upright[field]!.Value, kind);
            read.Width.ShouldBeGreaterThan(read.Height, "places lie on the picture as it is shown");
        }

        static int Components(byte[] jpeg) => jpeg[jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 9];
    }

    [Fact]
    public async Task Evaluation_OfAReader_CountsAsItShould()
    {
        var folder = TestFolders.New();
        await File.WriteAllTextAsync(Path.Combine(folder, "truth.json"), """
            [{"file":"1.jpg","kind":"zh","capture":"clean","name":"梁若溪","mobile":"13812345678","address":"南京市鼓楼区中山北路26号"},
             {"file":"2.jpg","kind":"zh","capture":"photo","name":"方琳","tel":"025-22223333 转 802"}]
            """);
        await File.WriteAllBytesAsync(Path.Combine(folder, "1.jpg"), [1]);
        await File.WriteAllBytesAsync(Path.Combine(folder, "2.jpg"), [2]);
        var output = new StringWriter();
        (await CardEvaluation.RunAsync(folder, Path.Combine(folder, "said.json"), new Told(), output, CancellationToken.None)).ShouldBe(0);

        var text = output.ToString();
        text.ShouldContain("reader told 1");
        text.ShouldContain("invented             0.2000"); // the e-mail, of five values
        text.ShouldMatch(@"name\s+0\.5000\s+1\.0000\s+0\.0000");
        text.ShouldMatch(@"mobile\s+1\.0000");
        text.ShouldMatch(@"tel\s+1\.0000");
        text.ShouldMatch("marked doubtful      1 of 5");
        using var said = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "said.json")));
        said.RootElement[0].GetProperty("email").GetString().ShouldBe("a@example.com");
    }

    [Fact]
    public async Task Evaluation_WithoutCards_SaysSo()
    {
        var output = new StringWriter();
        (await CardEvaluation.RunAsync(TestFolders.New(), null, new Told(), output, CancellationToken.None)).ShouldBe(2);
        output.ToString().ShouldContain("truth.json");
    }

    private sealed class Told : ICardReader
    {
        public string Name => "told";

        public Task<CrmAi.Domain.Shared.Result> CheckAsync(CancellationToken ct) => Task.FromResult(CrmAi.Domain.Shared.Result.Ok);

        public Task<CrmAi.Domain.Shared.Result<ReadCard>> ReadAsync(ReadOnlyMemory<byte> picture, CancellationToken ct)
        {
            CardField Field(CardFieldKind kind, string value, double sure) => new(kind, value, sure, CardFieldOrigin.Grammar, null, value, []);
            List<CardField> fields = picture.Span[0] == 1
                ? [Field(CardFieldKind.Name, "梁若溪", 0.9), Field(CardFieldKind.Mobile, "+86 138-1234-5678", 0.9), Field(CardFieldKind.Email, "a@example.com", 0.9)]
                : [Field(CardFieldKind.Name, "方淋", 0.4), Field(CardFieldKind.Tel, "(025) 2222 3333 ext. 802", 0.9)];
            return Task.FromResult<CrmAi.Domain.Shared.Result<ReadCard>>(new ReadCard(Name, "1", 10, 10, 0, fields, []));
        }
    }
}
