using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Data.Seed;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Data;

public sealed class LostFilesTests : IAsyncLifetime
{
    // Text columns whose names end alike and that name no file.
    private static readonly string[] Others = ["SuggestedAction.Key", "Notification.Key", "SimilarTerm.Key", "IdentityUserLogin.ProviderKey"];

    private TestDatabase db = null!;

    public async Task InitializeAsync() => db = await TestDatabase.CreateAsync();

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public void EachColumnThatNamesAFile_IsKnown()
    {
        using var model = db.Open();
        var named = model.Model.GetEntityTypes().SelectMany(t => t.GetProperties().Where(p => p.ClrType == typeof(string) && (p.Name.EndsWith("Key", StringComparison.Ordinal) || p.Name.Contains("Storage", StringComparison.Ordinal))).Select(p => $"{t.ShortName()}.{p.Name}"));
        named.Except(Others).ShouldBe(LostFiles.Columns.Keys, ignoreOrder: true);
    }

    [Fact]
    public async Task File_OfNobody_Goes_AndAllOthersStay()
    {
        var store = db.Get<IFileStore>();
        var my = db.As(await db.AddUserAsync(Role.SalesRep));
        var contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
        var photos = my.Get<IContactPhotos>();
        var (kept, gone) = (await PhotoAsync("a"), await PhotoAsync("b"));
        var removed = (await photos.RemoveAsync(contact, gone, default)).Value.ChangeSetId;
        (await my.Attachments.UploadAsync("a.txt", new MemoryStream("合同"u8.ToArray()), default)).Errors.ShouldBeEmpty();
        (await my.Get<IImports>().UploadAsync("a.csv", new MemoryStream("姓名\n甲\n"u8.ToArray()), null, default)).Errors.ShouldBeEmpty();
        var (lost, busy) = ((await store.SaveAsync(new MemoryStream([1]), 10, default)).Key, (await store.SaveAsync(new MemoryStream([2]), 10, default)).Key);
        var all = Stored();
        (await SweepAsync()).ShouldBe(0, "each may still be on its way into a row");
        db.Clock.Advance(TimeSpan.FromDays(2));
        // begun two days ago, and still being written
        File.SetLastWriteTimeUtc(Directory.GetFiles(Path.Combine(db.Folder, "files"), busy, SearchOption.AllDirectories).Single(), db.Clock.Now);
        (await SweepAsync()).ShouldBe(1);
        Stored().ShouldBe(all.Except([lost]), ignoreOrder: true);

        (await my.History.UndoAsync(removed, default)).Errors.ShouldBeEmpty();
        foreach (var photo in (Guid[])[kept, gone])
            await using (var content = (await photos.OpenAsync(contact, photo, default))!.Content) content.Length.ShouldBeGreaterThan(0);
        db.Clock.Advance(TimeSpan.FromDays(IHistory.UndoDays + 60));
        (await SweepAsync()).ShouldBe(1, "the one that was being written has come to nothing");

        async Task<Guid> PhotoAsync(string seed) => (await photos.AddAsync(contact, PhotoKind.Profile, new MemoryStream(DemoFiles.Portrait(seed)), default)).Value.Id;
    }

    private Task<int> SweepAsync() => db.Get<LostFiles>().RemoveAsync(default);

    private List<string> Stored() => [.. Directory.GetFiles(Path.Combine(db.Folder, "files"), "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f))];
}
