using System.Text;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Data.Seed;
using CrmAi.Infrastructure.Platform.Files;
using CrmAi.Infrastructure.Platform.Ocr;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmAi.Tests.BusinessCards;

public sealed class CardUploadsTests : IAsyncLifetime
{
    private const string Place = "31.2304N 121.4737E";

    private CardsStage stage = null!;

    public async Task InitializeAsync() => stage = await CardsStage.SetAsync(new ScriptedCardReader(ScriptedCardReader.Card(ScriptedCardReader.Text())));

    public Task DisposeAsync() => stage.DisposeAsync().AsTask();

    public static TheoryData<string, byte[], string> Files => new()
    {
        { "jpeg", CardPhotos.Card("c01.jpg"), "image/jpeg" },
        { "png", DemoFiles.Portrait("a"), "image/png" },
        { "webp", CardPhotos.WebP(800, 600), "image/webp" },
        { "nothing", [], "card.picture.empty" },
        { "text", "手机：13800004127"u8.ToArray(), "card.picture.kind" },
        { "pdf named as a photo", "%PDF-1.7\n1 0 obj"u8.ToArray(), "card.picture.kind" },
        { "svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray(), "card.picture.kind" },
        { "film", [0, 0, 0, 24, .. "ftypmp42"u8, 0, 0, 0, 0], "card.picture.kind" },
        { "heic", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0], "card.picture.heic" },
        { "heif", [0, 0, 0, 24, .. "ftypmif1"u8, 0, 0, 0, 0], "card.picture.heic" },
        { "gif", "GIF89a"u8.ToArray(), "card.picture.gif" },
        { "animated webp", CardPhotos.Animated(), "card.picture.animated" },
        { "animated png", CardPhotos.Png(8, 8, animated: true), "card.picture.animated" },
        { "half a jpeg", CardPhotos.Card("c01.jpg")[..9000], "card.picture.damaged" },
        { "20,000 wide", CardPhotos.Png(20_000, 10), "card.picture.pixels" },
        { "a bomb", CardPhotos.Png(11_000, 11_000), "card.picture.pixels" },
        { "a swollen jpeg", CardPhotos.Sized(CardPhotos.Card("c01.jpg"), 20_000, 600), "card.picture.pixels" },
        { "too many bytes", [.. CardPhotos.Card("c01.jpg"), .. new byte[BusinessCard.MaxSize]], "card.picture.large" },
    };

    [Theory, MemberData(nameof(Files), DisableDiscoveryEnumeration = true)]
    public async Task Photo_OfAFile_IsToldFromItsBytes(string name, byte[] file, string expected)
    {
        var sent = await stage.SendAsync(file);
        (sent.Succeeded ? (await ContentAsync(sent.Value.Id)).Type : sent.Errors.Single().Code).ShouldBe(expected, name);
        stage.FilesStored().ShouldBe(sent.Succeeded ? 1 : 0, name);
        (await stage.Db.ReadAsync(db => db.BusinessCards.CountAsync())).ShouldBe(sent.Succeeded ? 1 : 0, name);
        (await stage.Db.JobsAsync()).Count.ShouldBe(sent.Succeeded ? 1 : 0, name);
    }

    [Fact]
    public async Task TwoHundredMalformedFiles_AreEachAnsweredInACode_AndLeaveNothingHalfWritten()
    {
        var kept = 0;
        foreach (var (name, file) in MalformedPictures.Of(seed: 7, count: 200, ofPhotos: true))
        {
            var sent = await stage.SendAsync(file);
            if (sent.Succeeded) { if (!sent.Value.Again) kept++; }
            else sent.Errors.Single().Code.ShouldStartWith("card.picture.", Case.Sensitive, name);
        }
        // A photo with a few wrong bytes in it is a photo still; most are none.
        kept.ShouldBeLessThan(80);
        stage.FilesStored().ShouldBe(kept);
        (await stage.Db.ReadAsync(db => db.BusinessCards.CountAsync())).ShouldBe(kept);
        await stage.Db.DrainAsync();
        (await stage.Cards.OpenAsync(false, default)).Count(c => c.State == CardState.ToReview).ShouldBe(kept);
    }

    [Fact]
    public async Task Photo_Kept_TellsNothingOfWhereItWasTaken_AndStaysUpright()
    {
        var sent = (await stage.SendAsync(CardPhotos.Tagged(CardPhotos.Card("c01.jpg"), 6, Place))).Value;
        var (_, bytes) = await ContentAsync(sent.Id);
        Encoding.Latin1.GetString(bytes).ShouldNotContain(Place);
        bytes[Encoding.Latin1.GetString(bytes).IndexOf("Exif\0\0MM", StringComparison.Ordinal) + 25].ShouldBe((byte)6);
        Pictures.Read(bytes)!.Bytes.ShouldBe(bytes);
    }

    [Fact]
    public async Task SamePhoto_SentAgain_IsTheCardThatIsThere_UnlessItWasDiscarded()
    {
        var first = (await stage.SendAsync(CardsStage.Photo())).Value;
        var again = (await stage.SendAsync([.. CardsStage.Photo(), .. "behind its end"u8])).Value;
        (again.Id, again.Again, first.Again).ShouldBe((first.Id, true, false));
        stage.FilesStored().ShouldBe(1);
        // at once, from two sides
        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => stage.SendAsync(CardsStage.Photo("other"))));
        both.Select(b => b.Value.Id).Distinct().Count().ShouldBe(1);
        both.Count(b => !b.Value.Again).ShouldBe(1);
        stage.FilesStored().ShouldBe(2);
        // somebody else's is none of one's own
        (await stage.SendAsync(CardsStage.Photo(), by: stage.Mate)).Value.Again.ShouldBeFalse();
        var discarded = (await stage.Cards.DiscardAsync(first.Id, default)).Value;
        var anew = (await stage.SendAsync(CardsStage.Photo())).Value;
        (anew.Again, anew.Id == first.Id).ShouldBe((false, false));
        // taken back it would be there twice: told in words, and both stay as they are
        (await stage.My.History.UndoAsync(discarded.ChangeSetId, default)).Errors.Single().Code.ShouldBe("undo.card");
        (await stage.Cards.GetAsync(first.Id, default))!.Card.State.ShouldBe(CardState.Discarded);
        (await stage.Cards.GetAsync(anew.Id, default))!.Card.IsOpen.ShouldBeTrue();
        (await stage.Cards.DiscardAsync(anew.Id, default)).Succeeded.ShouldBeTrue();
        (await stage.My.History.UndoAsync(discarded.ChangeSetId, default)).Succeeded.ShouldBeTrue("nothing stands against it any more");
    }

    [Fact]
    public async Task Photo_BeyondWhatTheSettingsAllow_IsRefusedAsItIsSent()
    {
        await using var strict = await CardsStage.SetAsync(new ScriptedCardReader(ScriptedCardReader.Card(ScriptedCardReader.Text())), services => services.Configure<OcrOptions>(o => (o.MaxSide, o.MaxMegapixels) = (4000, 9)));
        foreach (var (width, height) in ((int, int)[])[(4001, 200), (3500, 3500)])
        {
            var refused = (await strict.SendAsync(CardPhotos.Png(width, height))).Errors.ShouldHaveSingleItem();
            (refused.Code, string.Join(' ', refused.Args)).ShouldBe(("card.picture.pixels", "4000 9"));
        }
        var usual = new OcrOptions();
        (usual.MaxFile, usual.MaxSide, usual.MaxMegapixels).ShouldBe((BusinessCard.MaxSize / 1024 / 1024, BusinessCard.MaxSide, BusinessCard.MaxPixels / 1_000_000));
    }

    [Fact]
    public async Task Batch_HoldsFifty_AndTheNextIsToldSo()
    {
        var batch = Ids.Next();
        for (var i = 0; i < BusinessCard.MaxPerBatch; i += 5)
        {
            var sent = await Task.WhenAll(Enumerable.Range(i, 5).Select(n => stage.SendAsync(CardPhotos.Png(100 + n, 60), batch)));
            sent.ShouldAllBe(s => s.Succeeded);
        }
        var over = (await stage.SendAsync(CardPhotos.Png(999, 60), batch)).Errors.Single();
        (over.Code, over.Args.Single()).ShouldBe(("card.batch", BusinessCard.MaxPerBatch));
        (await stage.Db.ReadAsync(db => db.BusinessCards.Select(c => c.Number).ToListAsync())).Order().ShouldBe(Enumerable.Range(1, BusinessCard.MaxPerBatch));
        (await stage.SendAsync(CardPhotos.Png(999, 60), batch, stage.Mate)).Succeeded.ShouldBeTrue("another's batch of the same id is theirs");
        (await stage.Cards.PageAsync(new(BatchId: batch), null, 200, default)).Value.Items.Count.ShouldBe(BusinessCard.MaxPerBatch);
    }

    [Fact]
    public async Task Disk_ThatIsFull_IsToldInWords_AndWhatWasKeptIsUnharmed()
    {
        await using var full = await CardsStage.SetAsync(new ScriptedCardReader(ScriptedCardReader.Card(ScriptedCardReader.Text())), services =>
        {
            var files = services.Single(s => s.ServiceType == typeof(IFileStore)).ImplementationInstance as IFileStore;
            services.Replace(ServiceDescriptor.Singleton<IFileStore>(new SmallDisk(files!)));
        });
        var disk = (SmallDisk)full.Db.Get<IFileStore>();
        (await full.SendAsync(CardsStage.Photo("a"))).Succeeded.ShouldBeTrue();
        foreach (var room in (int[])[0, 1])
        {
            disk.Room = room; // full at once, and full when the cleaned picture is written
            (await full.SendAsync(CardsStage.Photo("b"))).Errors.Single().Code.ShouldBe("card.store");
            full.FilesStored().ShouldBe(1);
        }
        disk.Room = int.MaxValue;
        (await full.SendAsync(CardsStage.Photo("b"))).Succeeded.ShouldBeTrue();
        (await full.Db.ReadAsync(db => db.BusinessCards.CountAsync())).ShouldBe(2);
    }

    [Fact]
    public async Task Upload_ByWhoMayNotWriteContacts_IsForbidden()
    {
        foreach (var role in (Role[])[Role.SupportAgent, Role.Trainer, Role.Analyst, Role.Viewer])
            (await stage.SendAsync(CardsStage.Photo(), by: stage.Db.As(await stage.Db.AddUserAsync(role)))).Errors.ShouldBe([Error.Forbidden]);
        stage.FilesStored().ShouldBe(0);
    }

    private async Task<(string Type, byte[] Bytes)> ContentAsync(Guid card)
    {
        var opened = (await stage.Cards.PictureAsync(card, default))!;
        await using var content = opened.Content;
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        return (opened.ContentType, bytes.ToArray());
    }

    /// <summary>Holds so many files more, and then says what a full disk says.</summary>
    private sealed class SmallDisk(IFileStore disk) : IFileStore
    {
        private const int NoSpace = 28;

        public int Room { get; set; } = int.MaxValue;

        public Task<StoredFile> SaveAsync(Stream content, long limit, CancellationToken ct)
        {
            if (Room == 0) throw new IOException("No space left on device", NoSpace);
            if (Room != int.MaxValue) Room--;
            return disk.SaveAsync(content, limit, ct);
        }

        public Stream Open(string key) => disk.Open(key);

        public void Delete(string key) => disk.Delete(key);

        public IEnumerable<string> Before(DateTime at) => disk.Before(at);
    }
}
