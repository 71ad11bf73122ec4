using System.Text;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Exports;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.BusinessCards;
using CrmAi.Tests.Support;
using static CrmAi.Tests.Exports.ExportSamples;

namespace CrmAi.Tests.Exports;

/// <summary>Contacts as cards for a telephone's address book.</summary>
public sealed class VCardExportTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Acting my = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        my = db.As(await db.AddUserAsync(Role.SalesRep, await db.AddTeamAsync("华东")));
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task VCard_IsReadAgain()
    {
        var id = (await my.Contacts.AddAsync(Full(), default)).Value.Id;
        var (file, bytes) = await TakeAsync(new(ExportKind.Contacts, ExportFormat.VCard) { Ids = [id] });
        file.FileName.ShouldEndWith(".vcf");
        Encoding.UTF8.GetString(bytes).Split("\r\n").ShouldAllBe(l => Encoding.UTF8.GetByteCount(l) <= 75);
        using var stream = new MemoryStream(bytes);
        var shape = await ContactFiles.Files.ShapeAsync(stream);
        var row = ImportedRow.Read(ImportMapping.Guess(ImportKind.Contacts, shape.Columns, shape.Sample, []), shape.Sample.Single(), new(TimeZoneInfo.Utc, new(2026, 5, 1), []));
        (row.Get<string>(ImportTarget.Name), row.Get<string>(ImportTarget.Mobile), row.Get<string>(ImportTarget.Email), row.Get<string>(ImportTarget.WeChat), row.Get<string>(ImportTarget.Company)).ShouldBe(("张三", "+86 138 0000 6620", "zhang@xingchen.example", "zhangsan_88", "星辰科技"));
        row.Get<string>(ImportTarget.Notes)!.ShouldContain("第一行；要点, 和\n第二行");
        row.Get<string>(ImportTarget.City).ShouldBe("上海");
        row.Photo.ShouldBeNull();
    }

    [Fact]
    public async Task VCard_HasTheProfilePhotoThatItsReaderSees()
    {
        var id = (await my.Contacts.AddAsync(Full(), default)).Value.Id;
        foreach (var kind in new[] { PhotoKind.Profile, PhotoKind.Profile, PhotoKind.Event })
            (await my.Get<IContactPhotos>().AddAsync(id, kind, new MemoryStream(MalformedPictures.Jpeg), default)).Errors.ShouldBeEmpty();
        var (_, bytes) = await TakeAsync(new(ExportKind.Contacts, ExportFormat.VCard) { Ids = [id] });
        Encoding.UTF8.GetString(bytes).Split("PHOTO;ENCODING=b;TYPE=JPEG:").Length.ShouldBe(2);
        using var stream = new MemoryStream(bytes);
        var photo = (await ContactFiles.Files.RowsAsync(stream)).Single().Photo!;
        var shown = (await my.Get<IContactPhotos>().OpenAsync(id, (await my.Contacts.GetAsync(id, default))!.Photos.First(p => p.Kind == PhotoKind.Profile).Id, default))!;
        await using var content = shown.Content;
        using var whole = new MemoryStream();
        await content.CopyToAsync(whole);
        photo.Bytes.ToArray().ShouldBe(whole.ToArray());
    }

    private async Task<(ExportFile File, byte[] Bytes)> TakeAsync(ExportRequest request)
    {
        var exports = my.Get<IExports>();
        var file = (await exports.OpenAsync((await exports.StartAsync(request, default)).Value.Id, default)).Value;
        await using var target = new ResponseLike();
        await file.WriteAsync(target, default);
        return (file, target.Bytes);
    }
}
