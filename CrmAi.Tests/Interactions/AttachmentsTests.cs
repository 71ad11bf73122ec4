using System.Text;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Interactions;
using CrmAi.Infrastructure.Platform.Files;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Interactions;

public sealed class AttachmentsTests : IAsyncLifetime
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
    private static readonly byte[] Exe = [(byte)'M', (byte)'Z', 0x90, 0, 3, 0, 0, 0];

    private TestDatabase db = null!;
    private Acting my = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        my = db.As(await db.AddUserAsync(Role.SalesRep));
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    public static TheoryData<string, byte[], string> Uploads => new()
    {
        { "a.png", Png, "image/png" },
        { "照片.PNG", Png, "image/png" },
        { "a.pdf", "%PDF-1.7"u8.ToArray(), "application/pdf" },
        { "a.txt", "你好, plain"u8.ToArray(), "text/plain; charset=utf-8" },
        { "a.docx", [(byte)'P', (byte)'K', 3, 4, 0, 0], "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
        { "a.pdf", Png, "attachment.mismatch" },
        { "a.png", "%PDF-1.7"u8.ToArray(), "attachment.mismatch" },
        { "a.txt", "<html><script>alert(1)</script>"u8.ToArray(), "attachment.kind" },
        { "a.txt", "\uFEFF  <!DOCTYPE html>"u8.ToArray(), "attachment.kind" },
        { "a.md", "<svg onload=alert(1)>"u8.ToArray(), "attachment.kind" },
        { "a.html", "hello"u8.ToArray(), "attachment.kind" },
        { "a.svg", "<svg/>"u8.ToArray(), "attachment.kind" },
        { "a.exe", Exe, "attachment.kind" },
        { "a.txt", Exe, "attachment.kind" },
        { "a.pdf", Exe, "attachment.kind" },
        { "a.sh", "#!/bin/sh"u8.ToArray(), "attachment.kind" },
        { "a.pdf", [], "attachment.empty" },
        { "", Png, "attachment.name" },
        { "/", Png, "attachment.name" },
        { "a\n.png", Png, "attachment.name" },
        { new string('a', 252) + ".png", Png, "attachment.name" },
    };

    [Theory, MemberData(nameof(Uploads), DisableDiscoveryEnumeration = true)]
    public async Task Upload_OfAFile_IsToldFromItsBytes(string name, byte[] content, string expected)
    {
        var uploaded = await my.Attachments.UploadAsync(name, new MemoryStream(content), default);
        (uploaded.Succeeded ? uploaded.Value.ContentType : uploaded.Errors.Single().Code).ShouldBe(expected);
        Files().Length.ShouldBe(uploaded.Succeeded ? 1 : 0);
    }

    [Theory]
    [InlineData("../../../etc/passwd.png", "passwd.png")]
    [InlineData("..\\..\\windows\\x.png", "x.png")]
    [InlineData("/abs/x.png", "x.png")]
    [InlineData("C:\\x.png", "x.png")]
    [InlineData("..png", "..png")]
    public async Task Upload_UnderATraversingName_StaysInItsFolder(string name, string kept)
    {
        (await my.Attachments.UploadAsync(name, new MemoryStream(Png), default)).Value.FileName.ShouldBe(kept);
        Files().ShouldHaveSingleItem();
        Directory.GetFiles(Path.GetDirectoryName(db.Folder)!, "*.png", SearchOption.AllDirectories).Where(f => f.EndsWith(kept, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("../keys.json")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData("00000000000000000000000000000000/..")]
    public void Store_AskedForAKeyThatIsNotItsOwn_RefusesIt(string key)
    {
        var store = new FolderFileStore(Path.Combine(db.Folder, "files"));
        Should.Throw<FileNotFoundException>(() => store.Open(key));
        Should.Throw<FileNotFoundException>(() => store.Delete(key));
    }

    [Fact]
    public async Task Upload_OverTwentyMegabytes_IsRefusedAndLeavesNothing()
    {
        (await my.Attachments.UploadAsync("a.pdf", new Endless(Attachment.MaxSize + 1), default)).Errors.Single().ShouldSatisfyAllConditions(e => e.Code.ShouldBe("attachment.large"), e => e.Args.ShouldBe([20L]));
        Files().ShouldBeEmpty();
        (await my.Attachments.UploadAsync("a.pdf", new Endless(Attachment.MaxSize), default)).Value.Size.ShouldBe(Attachment.MaxSize);
    }

    [Fact]
    public async Task Upload_BrokenOff_LeavesNothing()
    {
        await Should.ThrowAsync<IOException>(() => my.Attachments.UploadAsync("a.pdf", new Endless(1000) { BreaksAt = 500 }, default));
        Files().ShouldBeEmpty();
        (await db.ReadAsync(d => d.Attachments.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Upload_Opened_GivesItsBytesBack()
    {
        var file = (await my.Attachments.UploadAsync("a.txt", new MemoryStream("你好"u8.ToArray()), default)).Value;
        var opened = (await my.Attachments.OpenAsync(file.Id, default))!;
        using var reader = new StreamReader(opened.Content, Encoding.UTF8);
        (await reader.ReadToEndAsync()).ShouldBe("你好");
        (await my.Attachments.OpenAsync(Guid.NewGuid(), default)).ShouldBeNull();
    }

    [Theory]
    [InlineData(Role.Trainer)]
    [InlineData(Role.Analyst)]
    [InlineData(Role.Viewer)]
    public async Task Upload_ByWhoMayNotWrite_IsRefused(Role role) =>
        (await db.As(await db.AddUserAsync(role)).Attachments.UploadAsync("a.png", new MemoryStream(Png), default)).Errors.ShouldBe([Error.Forbidden]);

    [Fact]
    public async Task Uploads_NotClaimedWithinADay_AreRemoved()
    {
        var contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var (claimed, left) = ((await my.Attachments.UploadAsync("a.png", new MemoryStream(Png), default)).Value, (await my.Attachments.UploadAsync("b.png", new MemoryStream(Png), default)).Value);
        (await my.Interactions.AddAsync(contact.Id, Samples.Interaction() with { AttachmentIds = [claimed.Id] }, default)).Succeeded.ShouldBeTrue();
        db.Clock.Advance(TimeSpan.FromHours(23));
        await db.Get<UnclaimedUploads>().RemoveAsync(default);
        Files().Length.ShouldBe(2);
        db.Clock.Advance(TimeSpan.FromHours(2));
        await db.Get<UnclaimedUploads>().RemoveAsync(default);
        Files().ShouldHaveSingleItem();
        (await my.Attachments.OpenAsync(left.Id, default)).ShouldBeNull();
        await using var kept = (await my.Attachments.OpenAsync(claimed.Id, default))!.Content;
    }

    [Fact]
    public async Task File_TakenOffAnInteraction_ComesBackWithUndoWhileThatIsPossible()
    {
        var contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var file = (await my.Attachments.UploadAsync("a.png", new MemoryStream(Png), default)).Value;
        var talk = (await my.Interactions.AddAsync(contact.Id, Samples.Interaction() with { AttachmentIds = [file.Id] }, default)).Value;
        var off = (await my.Interactions.UpdateAsync(talk.Id, 1, Samples.Interaction(), default)).Value;
        db.Clock.Advance(TimeSpan.FromDays(2));
        await db.Get<UnclaimedUploads>().RemoveAsync(default);
        (await my.History.UndoAsync(off.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await my.Interactions.GetAsync(talk.Id, default))!.Attachments.ShouldHaveSingleItem().Id.ShouldBe(file.Id);
        await using var content = (await my.Attachments.OpenAsync(file.Id, default))!.Content;
    }

    private string[] Files() => Directory.Exists(Path.Combine(db.Folder, "files")) ? Directory.GetFiles(Path.Combine(db.Folder, "files"), "*", SearchOption.AllDirectories) : [];

    /// <summary>A PDF of so many bytes, none of them kept.</summary>
    private sealed class Endless(long length) : MemoryStream
    {
        private long at;

        public long BreaksAt { get; init; } = long.MaxValue;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (at >= BreaksAt) throw new IOException("The connection is gone.");
            var count = (int)Math.Min(buffer.Length, Math.Min(length, BreaksAt) - at);
            if (at == 0) "%PDF-1.7"u8.CopyTo(buffer.Span);
            at += count;
            return new(count);
        }
    }
}
