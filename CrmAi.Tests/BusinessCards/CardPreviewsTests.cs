using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.BusinessCards;
using CrmAi.Infrastructure.Platform.Files;
using CrmAi.Infrastructure.Platform.Ocr;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CrmAi.Tests.BusinessCards;

/// <summary>Small pictures for lists.</summary>
public sealed class CardPreviewsTests
{
    private static readonly byte[] Small = [0xFF, 0xD8, 0xFF, 1, 2, 3];

    private readonly ScriptedPreviews previews = new(Small);

    [Fact]
    public async Task Preview_IsMadeOnce_ServedSmall_AndGoesWithItsCard()
    {
        var falls = true;
        await using var stage = await SetAsync(new((_, _) => Task.FromResult<Result<ReadCard>>(falls ? new Error("card.reader.missing", null) : ScriptedCardReader.Card(ScriptedCardReader.Text()))));
        var id = (await stage.SendAsync(CardsStage.Photo())).Value.Id;
        (await stage.Cards.OpenAsync(false, default)).Single().HasPreview.ShouldBeFalse();
        (await BytesAsync(stage, id, isSmall: true)).ShouldBe(await BytesAsync(stage, id, isSmall: false), "there is none yet");
        await stage.Db.DrainAsync();
        // it could not be read, and is small in lists all the same
        (await stage.Cards.OpenAsync(false, default)).Single().ShouldSatisfyAllConditions(c => c.State.ShouldBe(CardState.Failed), c => c.HasPreview.ShouldBeTrue());
        (await BytesAsync(stage, id, isSmall: true)).ShouldBe(Small);
        (await BytesAsync(stage, id, isSmall: false)).Length.ShouldBeGreaterThan(Small.Length);
        falls = false;
        (await stage.Cards.RetryAsync(id, default)).Succeeded.ShouldBeTrue();
        await stage.Db.DrainAsync();
        (previews.Asked, stage.FilesStored()).ShouldBe((1, 2));
        foreach (var acting in (Acting[])[stage.Mate, stage.Stranger]) (await acting.Get<IBusinessCards>().PictureAsync(id, default, isSmall: true)).ShouldBeNull();
        (await stage.Cards.DiscardAsync(id, default)).Succeeded.ShouldBeTrue();
        stage.Db.Clock.Advance(TimeSpan.FromDays(IHistory.UndoDays + 2));
        (await stage.Db.Get<OldCards>().RemoveAsync(default)).ShouldBe(1);
        stage.FilesStored().ShouldBe(0);
    }

    [Fact]
    public async Task Preview_ThatIsLost_OrNotMade_LeavesThePictureInItsPlace()
    {
        await using var stage = await SetAsync(new(ScriptedCardReader.Card(ScriptedCardReader.Text())));
        var card = await stage.ReadyAsync();
        stage.Db.Get<IFileStore>().Delete((await stage.Db.ReadAsync(db => db.BusinessCards.Select(c => c.PreviewKey).SingleAsync()))!);
        (await BytesAsync(stage, card.Card.Id, isSmall: true)).ShouldBe(await BytesAsync(stage, card.Card.Id, isSmall: false));
        var saved = (await stage.SaveAsync(card)).Value;
        (await stage.My.History.UndoAsync(saved.ChangeSetId, default)).Succeeded.ShouldBeTrue();
    }

    [EngineFact]
    public async Task Preview_OfALargePhoto_IsSmall_AndUpright()
    {
        var options = Options.Create(new OcrOptions());
        var programs = new OcrPrograms(options);
        var folder = await OwnCards.DrawAsync(TestFolders.New(), seed: 5, count: 1);
        var large = Path.Combine(folder, "large.jpg");
        (await BoundedProcess.RunAsync((await programs.ImageMagickAsync(default))!, [Path.Combine(folder, "00.jpg"), "-resize", "4000x", "-rotate", "270", large], default, folder, new(TimeSpan.FromMinutes(2), 4096, 1), default)).Value.ExitCode.ShouldBe(0);
        var file = CardPhotos.Tagged(await File.ReadAllBytesAsync(large), orientation: 6, "x");
        var made = (await new CardPreviews(programs, options).MakeAsync(file, default)).ShouldNotBeNull();
        var picture = Pictures.Read(made).ShouldNotBeNull();
        (picture.ContentType, picture.Width).ShouldBe(("image/jpeg", ICardPreviews.Side));
        picture.Height.ShouldBeLessThan(picture.Width, "it stands upright");
        made.Length.ShouldBeLessThan(40_000);
        (await new CardPreviews(programs, options).MakeAsync("no picture"u8.ToArray(), default)).ShouldBeNull();
        (await new CardPreviews(new OcrPrograms(Options.Create(new OcrOptions { ImageMagick = "/nowhere/magick" })), options).MakeAsync(file, default)).ShouldBeNull();
    }

    private Task<CardsStage> SetAsync(ScriptedCardReader reader) => CardsStage.SetAsync(reader, services => services.Replace(ServiceDescriptor.Singleton<ICardPreviews>(previews)));

    private static async Task<byte[]> BytesAsync(CardsStage stage, Guid id, bool isSmall)
    {
        await using var content = (await stage.Cards.PictureAsync(id, default, isSmall))!.Content;
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
