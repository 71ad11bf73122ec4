using System.Buffers.Binary;
using System.Text;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Platform.Files;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Contacts;

public sealed class PhotosTests : IAsyncLifetime
{
    private const string Place = "31.2304N 121.4737E";

    private TestDatabase db = null!;
    private Team team = null!;
    private Acting my = null!;
    private Guid contact;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("华东");
        my = db.As(await db.AddUserAsync(Role.SalesRep, team));
        contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    public static TheoryData<string, byte[], string> Files => new()
    {
        { "png", Png(), "image/png" },
        { "jpeg", Jpeg(), "image/jpeg" },
        { "progressive jpeg", Jpeg(scans: 3), "image/jpeg" },
        { "webp", WebP(), "image/webp" },
        { "png, something behind", [.. Png(), .. "PK\x03\x04<script>"u8], "image/png" },
        { "nothing", [], "photo.kind" },
        { "svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray(), "photo.kind" },
        { "gif", "GIF89a"u8.ToArray(), "photo.kind" },
        { "html", "<html></html>"u8.ToArray(), "photo.kind" },
        { "half a png", Png()[..^20], "photo.kind" },
        { "half a jpeg", Jpeg()[..^(Place.Length + 1)], "photo.kind" },
        { "half a webp", WebP()[..^8], "photo.kind" },
        { "png without a picture", Png(data: false), "photo.kind" },
        { "head of a jpeg", [0xFF, 0xD8, 0xFF, 0xE0], "photo.kind" },
        { "no side", Png(width: 0), "photo.kind" },
        { "wide", Png(width: 4097), "photo.side" },
        { "high", Jpeg(height: 5000), "photo.side" },
        { "large", [.. Png(), .. new byte[IContactPhotos.MaxSize]], "photo.large" },
    };

    [Theory, MemberData(nameof(Files), DisableDiscoveryEnumeration = true)]
    public async Task Photo_OfAFile_IsToldFromItsBytes(string name, byte[] file, string expected)
    {
        var added = await AddAsync(file);
        (added.Succeeded ? (await ContentAsync(added.Value.Id)).Type : added.Errors.Single().Code).ShouldBe(expected, name);
        FilesStored().ShouldBe(added.Succeeded ? 1 : 0, name);
    }

    [Fact]
    public async Task Photo_Stored_KeepsThePictureAndNothingThatTellsOfItsMaker()
    {
        foreach (var file in (byte[][])[Jpeg(), Png(), WebP(), [.. Png(), .. Encoding.ASCII.GetBytes(Place)]])
        {
            Encoding.Latin1.GetString(file).ShouldContain(Place);
            var kept = (await ContentAsync((await AddAsync(file)).Value.Id)).Bytes;
            Encoding.Latin1.GetString(kept).ShouldNotContain(Place);
            Encoding.Latin1.GetString(kept).ShouldContain("PIXELS");
            var (again, before) = (Pictures.Read(kept)!, Pictures.Read(file)!);
            (again.Width, again.Height, again.ContentType).ShouldBe((before.Width, before.Height, before.ContentType));
            again.Bytes.ShouldBe(kept);
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(6, true)]
    [InlineData(77, false)]
    public void Jpeg_TurnedByItsCamera_StaysTurned(int orientation, bool kept)
    {
        var bytes = Pictures.Read(Jpeg(orientation: orientation))!.Bytes;
        var exif = Encoding.Latin1.GetString(bytes).IndexOf("Exif\0\0MM", StringComparison.Ordinal);
        (exif > 0).ShouldBe(kept);
        if (kept) bytes[exif + 25].ShouldBe((byte)orientation);
    }

    [Fact]
    public void Picture_OfAnyBytes_IsReadOrRefusedWithoutAFault()
    {
        var random = new Random(5);
        foreach (var file in (byte[][])[Jpeg(), Png(), WebP()])
        {
            for (var i = 0; i < 3000; i++)
            {
                var broken = file.ToArray()[..random.Next(1, file.Length + 1)];
                for (var hit = random.Next(4); hit > 0; hit--) broken[random.Next(broken.Length)] = (byte)random.Next(256);
                if (Pictures.Read(broken) is { } read) (read.Width * read.Height).ShouldNotBe(0);
            }
        }
    }

    [Fact]
    public async Task Photo_RemovedAndUndone_IsThereAgainUntilItsFileGoes()
    {
        var added = (await AddAsync(Png())).Value;
        (await my.Contacts.GetAsync(contact, default))!.Photos.Single().ShouldSatisfyAllConditions(p => p.Id.ShouldBe(added.Id), p => p.Kind.ShouldBe(PhotoKind.Profile));
        var photos = my.Get<IContactPhotos>();
        (await photos.RemoveAsync(contact, added.Id, default, 99)).Errors.ShouldBe([Error.Conflict]);
        var removed = (await photos.RemoveAsync(contact, added.Id, default)).Value;
        (await photos.OpenAsync(contact, added.Id, default)).ShouldBeNull();
        (await photos.RemoveAsync(contact, added.Id, default)).Errors.ShouldBe([Error.NotFound]);
        (await my.History.OfAsync(nameof(Contact), contact, default)).Take(2).SelectMany(h => h.Fields).ShouldBe([new("Photos", "Profile", null), new("Photos", null, "Profile")]);
        (await my.History.UndoAsync(removed.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await ContentAsync(added.Id)).Type.ShouldBe("image/png");
        (await photos.RemoveAsync(contact, added.Id, default)).Succeeded.ShouldBeTrue();
        db.Clock.Advance(TimeSpan.FromDays(IHistory.UndoDays) - TimeSpan.FromHours(1));
        (await db.Get<RemovedPhotos>().DeleteAsync(default)).ShouldBe(0);
        FilesStored().ShouldBe(1);
        db.Clock.Advance(TimeSpan.FromHours(2));
        (await db.Get<RemovedPhotos>().DeleteAsync(default)).ShouldBeGreaterThan(0);
        FilesStored().ShouldBe(0);
    }

    [Fact]
    public async Task Photo_ForOthers_IsWhatTheContactIs()
    {
        var added = (await AddAsync(Png())).Value;
        var (mate, stranger) = (db.As(await db.AddUserAsync(Role.SalesRep, team)).Get<IContactPhotos>(), db.As(await db.AddUserAsync(Role.SalesRep)).Get<IContactPhotos>());
        await using (var seen = (await mate.OpenAsync(contact, added.Id, default))!.Content) seen.Length.ShouldBeGreaterThan(0);
        (await mate.AddAsync(contact, PhotoKind.Event, new MemoryStream(Png()), default)).Errors.ShouldBe([Error.Forbidden]);
        (await mate.RemoveAsync(contact, added.Id, default)).Errors.ShouldBe([Error.Forbidden]);
        (await stranger.OpenAsync(contact, added.Id, default)).ShouldBeNull();
        (await stranger.AddAsync(contact, PhotoKind.Event, new MemoryStream(Png()), default)).Errors.ShouldBe([Error.NotFound]);
        (await stranger.RemoveAsync(contact, added.Id, default)).Errors.ShouldBe([Error.NotFound]);
        for (var i = 1; i < IContactPhotos.MaxPerContact; i++) (await AddAsync(Png())).Succeeded.ShouldBeTrue();
        (await AddAsync(Png())).Errors.Single().Code.ShouldBe("photo.limit");
    }

    private Task<Result<Saved>> AddAsync(byte[] file) => my.Get<IContactPhotos>().AddAsync(contact, PhotoKind.Profile, new MemoryStream(file), default);

    private async Task<(string Type, byte[] Bytes)> ContentAsync(Guid photo)
    {
        var opened = (await my.Get<IContactPhotos>().OpenAsync(contact, photo, default))!;
        await using var content = opened.Content;
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        return (opened.ContentType, bytes.ToArray());
    }

    private int FilesStored() => Directory.Exists(Path.Combine(db.Folder, "files")) ? Directory.GetFiles(Path.Combine(db.Folder, "files"), "*", SearchOption.AllDirectories).Length : 0;

    private static byte[] Png(int width = 8, bool data = true)
    {
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), 8);
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Part("IHDR", head), .. Part("tEXt", Encoding.ASCII.GetBytes(Place)), .. data ? Part("IDAT", "PIXELS"u8.ToArray()) : [], .. Part("IEND", [])];

        static byte[] Part(string kind, byte[] content)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
            return [.. length, .. Encoding.ASCII.GetBytes(kind), .. content, 0, 0, 0, 0];
        }
    }

    private static byte[] Jpeg(int height = 8, int scans = 1, int orientation = 1)
    {
        byte[] exif = [.. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(Place)];
        return [0xFF, 0xD8, .. Part(0xE0, "JFIF\0"u8.ToArray()), .. Part(0xE1, exif), .. Part(0xFE, Encoding.ASCII.GetBytes(Place)), .. Part(0xC0, [8, (byte)(height >> 8), (byte)height, 0, 8, 1]),
            .. Enumerable.Range(0, scans).SelectMany(_ => (byte[])[.. Part(0xDA, [1, 1, 0, 0, 63, 0]), .. "PIXELS"u8, 0xFF, 0x00, 0xFF, 0xD3, 7]), 0xFF, 0xD9, .. Encoding.ASCII.GetBytes(Place)];

        static byte[] Part(byte marker, byte[] content) => [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];
    }

    private static byte[] WebP()
    {
        byte[] parts = [.. "WEBP"u8, .. Part("VP8X", [0b1100, 0, 0, 0, 7, 0, 0, 7, 0, 0]), .. Part("VP8L", [0x2F, 7, 0xC0, 1, 0, .. "PIXELS"u8]), .. Part("EXIF", Encoding.ASCII.GetBytes(Place))];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, parts.Length);
        return [.. "RIFF"u8, .. length, .. parts];

        static byte[] Part(string kind, byte[] content)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
            return [.. Encoding.ASCII.GetBytes(kind), .. length, .. content, .. content.Length % 2 == 1 ? new byte[1] : []];
        }
    }
}
