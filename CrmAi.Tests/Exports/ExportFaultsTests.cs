using CrmAi.Domain.Contacts;
using CrmAi.Domain.Exports;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static CrmAi.Tests.Exports.ExportSamples;

namespace CrmAi.Tests.Exports;

/// <summary>Large exports whose file cannot be kept.</summary>
public sealed class ExportFaultsTests
{
    [Theory]
    [InlineData(false, "export.store")]
    [InlineData(true, "export.large")]
    public async Task Store_ThatTakesNoMore_EndsTheExportInWords(bool isLarge, string code)
    {
        await using var db = await TestDatabase.CreateAsync(services => services.Replace(ServiceDescriptor.Singleton<IFileStore>(new FullStore(isLarge))));
        var rep = await db.AddUserAsync(Role.SalesRep);
        await db.WriteAsync(d => d.Contacts.AddRange(Enumerable.Range(0, 1_200).Select(i => new Contact { Name = $"人{i}", OwnerId = rep.Id, TeamId = rep.TeamId, Notes = new string('长', 100), CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now })));
        var exports = db.As(rep).Get<IExports>();
        var id = (await exports.StartAsync(new(ExportKind.Contacts, ExportFormat.Csv) { Columns = Columns(ExportKind.Contacts, Chinese), Contacts = new(ContactScope.All) }, default)).Value.Id;
        (await db.DrainAsync()).ShouldBe(1);
        (await exports.GetAsync(id, default))!.ShouldSatisfyAllConditions(e => e.State.ShouldBe(ExportState.Failed), e => e.ErrorCode.ShouldBe(code));
    }

    [Fact]
    public async Task Worker_StoppedInTheMiddle_LeavesNoHalfFile_AndTheNextWritesAll()
    {
        using var stop = new CancellationTokenSource();
        var halves = 0;
        TestDatabase? stage = null;
        string[] Stored() => Directory.GetFiles(Path.Combine(stage!.Folder, "files"), "*", SearchOption.AllDirectories);
        await using var db = stage = await TestDatabase.CreateAsync(services =>
        {
            var disk = (IFileStore)services.Last(s => s.ServiceType == typeof(IFileStore)).ImplementationInstance!;
            services.Replace(ServiceDescriptor.Singleton<IFileStore>(new WatchedStore(disk, async () =>
            {
                if (stop.IsCancellationRequested) return;
                halves = Stored().Length;
                await stop.CancelAsync();
            })));
        });
        var rep = await db.AddUserAsync(Role.SalesRep);
        await db.WriteAsync(d => d.Contacts.AddRange(Enumerable.Range(0, 1_500).Select(i => new Contact { Name = $"人{i}", OwnerId = rep.Id, TeamId = rep.TeamId, CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now })));
        var exports = db.As(rep).Get<IExports>();
        var id = (await exports.StartAsync(new(ExportKind.Contacts, ExportFormat.Xlsx) { Columns = Columns(ExportKind.Contacts, Chinese), Contacts = new(ContactScope.All) }, default)).Value.Id;
        await db.Workers.DrainAsync(Domain.Jobs.JobLane.Bulk, stop.Token);
        halves.ShouldBe(1, "it was stopped while a file was written");
        (await exports.GetAsync(id, default))!.State.ShouldBe(ExportState.Waiting);
        Stored().ShouldBeEmpty();
        await db.DrainAsync();
        await using var target = new ResponseLike();
        await (await exports.OpenAsync(id, default)).Value.WriteAsync(target, default);
        using var file = new MemoryStream(target.Bytes);
        (await ContactFiles.Files.RowsAsync(file)).Count.ShouldBe(1_500);
    }

    [Fact]
    public async Task Download_BrokenOffAtItsEnd_IsWrittenDownAllTheSame()
    {
        await using var db = await TestDatabase.CreateAsync();
        var my = db.As(await db.AddUserAsync(Role.SalesRep));
        await my.Contacts.AddAsync(Samples.Contact(), default);
        var exports = my.Get<IExports>();
        var id = (await exports.StartAsync(new(ExportKind.Contacts, ExportFormat.Csv) { Columns = Columns(ExportKind.Contacts, Chinese), Contacts = new() }, default)).Value.Id;
        await Should.ThrowAsync<OperationCanceledException>((await exports.OpenAsync(id, default)).Value.WriteAsync(new Broken(), default));
        (await db.ReadAsync(d => d.ChangeSets.Where(s => s.Command.StartsWith("export.")).OrderBy(s => s.Id).Select(s => s.Command).ToListAsync())).ShouldBe(["export.start", "export.download"]);
    }

    [Fact]
    public async Task AllButSome_AreCountedToTheEnd()
    {
        await using var db = await TestDatabase.CreateAsync();
        var rep = await db.AddUserAsync(Role.SalesRep);
        var people = Enumerable.Range(0, Export.Direct + 2).Select(i => new Contact { Name = $"人{i}", OwnerId = rep.Id, TeamId = rep.TeamId, CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now }).ToList();
        await db.WriteAsync(d => d.Contacts.AddRange(people));
        await db.WriteAsync(d => d.ContactTerms.AddRange(people.Select(p => new ContactSearchTerm { Term = "人", ContactId = p.Id })));
        var exports = db.As(rep).Get<IExports>();
        Task<Result<ExportRow>> StartAsync(params Guid[] except) => exports.StartAsync(new(ExportKind.Contacts, ExportFormat.Csv) { Columns = Columns(ExportKind.Contacts, Chinese), Contacts = new(ContactScope.Mine, "人"), Except = except }, default);
        (await StartAsync(people[7].Id)).Value.ShouldSatisfyAllConditions(e => e.Total.ShouldBe(Export.Direct + 1), e => e.State.ShouldBe(ExportState.Waiting));
        (await StartAsync(people[7].Id, people[8].Id)).Value.ShouldSatisfyAllConditions(e => e.Total.ShouldBe(Export.Direct), e => e.State.ShouldBe(ExportState.Ready));
        // who is not of the list takes nothing off it
        (await StartAsync([.. Enumerable.Range(0, 5).Select(_ => Guid.NewGuid())])).Value.Total.ShouldBe(Export.Direct + 2);
    }

    [Fact]
    public async Task Somebody_SpokenToWhileTheFileIsWritten_IsInItOnce()
    {
        await using var db = await TestDatabase.CreateAsync();
        var rep = await db.AddUserAsync(Role.SalesRep);
        var people = Enumerable.Range(0, 250).Select(i => new Contact { Name = $"人{i}", OwnerId = rep.Id, TeamId = rep.TeamId, LastContactAt = db.Clock.Now.AddDays(-1 - i), CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now }).ToList();
        await db.WriteAsync(d => d.Contacts.AddRange(people));
        var my = db.As(rep);
        using var target = new MemoryStream();
        var rows = await ((Infrastructure.Exports.Exports)my.Get<IExports>()).WriteAsync(new(ExportKind.Contacts, ExportFormat.Csv) { Columns = Columns(ExportKind.Contacts, Chinese), Contacts = new() }, await my.Get<ICurrentUser>().GetAsync(default), target, async row =>
        {
            if (row != 1) return;
            foreach (var (id, at) in ((Guid, DateTime)[])[(people[^1].Id, db.Clock.Now), (people[0].Id, db.Clock.Now.AddDays(-900))])
                await db.ReadAsync(d => d.Contacts.Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.LastContactAt, at)));
        }, default);
        target.Position = 0;
        (rows, (await ContactFiles.Files.RowsAsync(target)).Select(r => r.Cells[0]).Distinct().Count()).ShouldBe((250, 250));
    }

    [Fact]
    public async Task Workbook_SaysWhereItCutAText_AndItsDangerousHeadersAreText()
    {
        using var target = new MemoryStream();
        ExportRequest request = new(ExportKind.Contacts, ExportFormat.Xlsx);
        var writer = await Infrastructure.Exports.XlsxWriter.BeginAsync(target, ["=标题", new('长', 40_000)], new(request, new Dictionary<Guid, Domain.CustomFields.CustomFieldType>(), new(Guid.NewGuid(), "", Role.Admin, null, [], "zh-CN", "UTC", ChangeOrigin.Page)), default);
        await writer.EndAsync(default);
        using var zip = new System.IO.Compression.ZipArchive(target);
        using var reader = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var sheet = await reader.ReadToEndAsync();
        sheet.ShouldContain("长…[+7249]<");
        sheet.ShouldContain("r=\"A1\" t=\"inlineStr\" s=\"3\"");
    }

    // Tells of the first bytes that come, with their file open.
    private sealed class WatchedStore(IFileStore disk, Func<Task> come) : IFileStore
    {
        public Task<StoredFile> SaveAsync(Stream content, long limit, CancellationToken ct) => disk.SaveAsync(new Told(content, come), limit, ct);

        public Stream Open(string key) => disk.Open(key);

        public void Delete(string key) => disk.Delete(key);

        public IEnumerable<string> Before(DateTime at) => disk.Before(at);
    }

    private sealed class Told(Stream rows, Func<Task> come) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await rows.ReadAsync(buffer, cancellationToken);
            await come();
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private sealed class Broken : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new OperationCanceledException();

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => throw new OperationCanceledException();
    }

    // Full after the first piece, while much is still to come.
    private sealed class FullStore(bool isLarge) : IFileStore
    {
        public async Task<StoredFile> SaveAsync(Stream content, long limit, CancellationToken ct)
        {
            await content.ReadExactlyAsync(new byte[1_000], ct);
            throw isLarge ? new FileTooLargeException(limit) : new IOException("No space left on device", 28);
        }

        public Stream Open(string key) => throw new FileNotFoundException();

        public void Delete(string key) => throw new FileNotFoundException();

        public IEnumerable<string> Before(DateTime at) => [];
    }
}
