using System.Text;
using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmAi.Tests.Imports;

/// <summary>From the file to its report, with what goes wrong on the way.</summary>
public sealed class ImportFlowTests : IAsyncLifetime
{
    private static readonly ReportWords Words = new("行号", "结果", "原因", o => o.ToString(), p => p.Code);

    private ImportStage stage = null!;

    public async Task InitializeAsync() => stage = await ImportStage.CreateAsync();

    public Task DisposeAsync() => stage.DisposeAsync().AsTask();

    [Fact]
    public async Task FourInTenBadRows_AreToldInTheTrial_AndTheOthersComeIn()
    {
        var file = new StringBuilder("姓名,手机,邮箱\n");
        for (var i = 0; i < 100; i++) file.Append(System.Globalization.CultureInfo.InvariantCulture, $"人{i},{(i % 5 == 0 ? "=cmd|' /C calc'!A0" : $"137{i:D8}")},{(i % 5 == 1 ? "不是邮箱" : $"a{i}@b.example")}\n");
        var gone = await stage.CheckedAsync(file.ToString());
        gone.Check.ShouldBe(new(100, 60, 0, 0, 0, 40));
        (await stage.Db.ReadAsync(db => db.Contacts.CountAsync())).ShouldBe(0, "a trial writes nothing");
        (await stage.RowsAsync(gone.Summary.Id, ImportPhase.Check))[1].ShouldSatisfyAllConditions(r => r.Number.ShouldBe(3), r => r.Outcome.ShouldBe(RowOutcome.Refused), r => r.Problems.Single().Column.ShouldBe(2), r => r.Problems.Single().Value.ShouldBe("不是邮箱"));

        (await stage.Imports.RunAsync(gone.Summary.Id, default)).Errors.ShouldBeEmpty();
        await stage.Db.DrainAsync();
        (await stage.Imports.GetAsync(gone.Summary.Id, default))!.Summary.Run.ShouldBe(new(100, 60, 0, 0, 0, 40));
        var report = await ReportAsync(gone.Summary.Id, ImportPhase.Run);
        report.Length.ShouldBe(41);
        report[0].ShouldBe("姓名,手机,邮箱,行号,结果,原因");
        report[1].ShouldStartWith("人0,'=cmd|' /C calc'!A0,a0@b.example,2,Refused,");
        // put right and sent again, they come in too, and nobody else
        (await stage.Db.ReadAsync(db => db.Notifications.CountAsync(n => n.UserId == stage.Rep.Id))).ShouldBe(1);
        var right = string.Join("\r\n", report.Select((line, i) => line.Replace("'=cmd|' /C calc'!A0", $"138{i:D8}", StringComparison.Ordinal).Replace("不是邮箱", $"c{i}@d.example", StringComparison.Ordinal)));
        (await stage.ImportedAsync(right)).Summary.Run.ShouldBe(new(40, 40, 0, 0, 0, 0));
        (await stage.Db.ReadAsync(db => db.Contacts.Select(c => c.Name).Distinct().CountAsync())).ShouldBe(100);
    }

    [Fact]
    public async Task BadValues_LeftOutAsTheyWish_CostNoRow()
    {
        var done = await stage.ImportedAsync("姓名,手机,邮箱\n甲,13700000001,不是邮箱\n,13700000002,b@c.example\n", drops: true);
        done.Summary.Run.ShouldBe(new(2, 1, 0, 0, 0, 1));
        (await stage.Db.ReadAsync(db => db.Contacts.SingleAsync())).ShouldSatisfyAllConditions(c => c.Email.ShouldBeNull(), c => c.Mobile.ShouldBe("13700000001"));
    }

    [Fact]
    public async Task Mapping_IsRememberedForItsHeaders_OfOnePersonAlone()
    {
        var first = (await stage.SendAsync("甲列,乙列\n张三,13700000001\n")).Value;
        var plan = new ImportPlan([new(0, ImportTarget.Name), new(1, ImportTarget.WeChat)], DuplicatePolicy.FillEmpty);
        (await stage.Imports.MapAsync(first.Summary.Id, first.Version, plan, default)).Errors.ShouldBeEmpty();
        var again = (await stage.SendAsync("甲列,乙列\n李四,abcdef\n")).Value;
        again.ShouldSatisfyAllConditions(d => d.Remembered.ShouldBeTrue(), d => d.Policy.ShouldBe(DuplicatePolicy.FillEmpty), d => d.Mapping.Columns.Select(c => c.Field.Target).ShouldBe([ImportTarget.Name, ImportTarget.WeChat]));
        var other = await stage.Db.AddUserAsync(Role.SalesRep);
        (await stage.SendAsync("甲列,乙列\n李四,abcdef\n", by: other)).Value.Remembered.ShouldBeFalse();
        (await stage.Imports.MapAsync(again.Summary.Id, again.Version, plan with { ForEverybody = true }, default)).Errors.ShouldBe([Error.Forbidden]);
        var admin = await stage.Db.AddUserAsync(Role.Admin);
        var theirs = (await stage.SendAsync("甲列,乙列\n李四,abcdef\n", by: admin)).Value;
        (await stage.Db.As(admin).Get<IImports>().MapAsync(theirs.Summary.Id, theirs.Version, plan with { ForEverybody = true }, default)).Errors.ShouldBeEmpty();
        (await stage.SendAsync("甲列,乙列\n李四,abcdef\n", by: other)).Value.Remembered.ShouldBeTrue();
    }

    [Fact]
    public async Task Days_ThatMayBeTwo_AreAskedOnce()
    {
        const string file = "姓名,手机,下次跟进\n甲,13700000001,03/04/2027\n乙,13700000002,05/06/2027\n";
        var asked = await stage.CheckedAsync(file);
        asked.Summary.State.ShouldBe(ImportState.Mapped);
        var question = asked.Questions.ShouldHaveSingleItem();
        question.Column.ShouldBe(2);
        question.Possible.ShouldBe([DateOrder.DayMonthYear, DateOrder.MonthDayYear], ignoreOrder: true);
        var plan = ImportStage.Plan(asked);
        (await stage.Imports.MapAsync(asked.Summary.Id, asked.Version, plan with { Columns = [.. plan.Columns.Select(c => c.Index == 2 ? c with { Dates = DateOrder.DayMonthYear } : c)] }, default)).Errors.ShouldBeEmpty();
        (await stage.Imports.CheckAsync(asked.Summary.Id, default)).Errors.ShouldBeEmpty();
        await stage.Db.DrainAsync();
        (await stage.Imports.RunAsync(asked.Summary.Id, default)).Errors.ShouldBeEmpty();
        await stage.Db.DrainAsync();
        (await stage.Db.ReadAsync(db => db.Contacts.OrderBy(c => c.Id).Select(c => c.NextFollowUpAt).ToListAsync())).Select(d => TimeZoneInfo.ConvertTimeFromUtc(d!.Value, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).Date).ShouldBe([new(2027, 4, 3), new(2027, 6, 5)]);
    }

    [Fact]
    public async Task Files_ThatAreNone_AreRefusedAndNotKept()
    {
        (await stage.SendAsync("")).Errors.Single().Code.ShouldBe("file.empty");
        (await stage.SendAsync([0x7F, (byte)'E', (byte)'L', (byte)'F', 0, 1, 2, 3, 0, 0])).Errors.Single().Code.ShouldBe("file.kind");
        StoredFiles().ShouldBe(0);
        var twice = (await stage.SendAsync("姓名,电话,电话\n甲,13700000001,0512-66668888\n")).Value;
        twice.Shape.Notes.Select(n => n.Code).ShouldContain("header.double");
        var named = ImportStage.Plan(twice) with { Columns = [new(0, ImportTarget.Name), new(1, ImportTarget.Name)] };
        (await stage.Imports.MapAsync(twice.Summary.Id, twice.Version, named, default)).Succeeded.ShouldBeTrue();
        (await stage.Imports.CheckAsync(twice.Summary.Id, default)).Errors.Single().Code.ShouldBe("import.twice");
        (await stage.Imports.RunAsync(twice.Summary.Id, default)).Errors.Single().Code.ShouldBe("import.state");
    }

    [Fact]
    public async Task FullDisk_IsSaidSo_AndLeavesNothing()
    {
        await using var full = await ImportStage.CreateAsync(services => services.Replace(ServiceDescriptor.Singleton<IFileStore>(new FullStore())));
        (await full.SendAsync("姓名\n甲\n")).Errors.Single().Code.ShouldBe("import.store");
        (await full.Db.ReadAsync(db => db.Imports.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Import_IsItsOwnersAndAdministrators_Alone()
    {
        var gone = await stage.CheckedAsync("姓名\n甲\n");
        var colleague = stage.Db.As(await stage.Db.AddUserAsync(Role.SalesRep, stage.Team)).Get<IImports>();
        (await colleague.GetAsync(gone.Summary.Id, default)).ShouldBeNull();
        (await colleague.RunAsync(gone.Summary.Id, default)).Errors.ShouldBe([Error.NotFound]);
        (await colleague.ReportAsync(gone.Summary.Id, ImportPhase.Check, Words, default)).Errors.ShouldBe([Error.NotFound]);
        (await colleague.RowsAsync(gone.Summary.Id, ImportPhase.Check, null, null, 10, default)).Errors.ShouldBe([Error.NotFound]);
        var admin = stage.Db.As(await stage.Db.AddUserAsync(Role.Admin)).Get<IImports>();
        (await admin.PageAsync(true, null, 10, default)).Value.Items.Single().Id.ShouldBe(gone.Summary.Id);
        (await admin.PageAsync(false, null, 10, default)).Value.Items.ShouldBeEmpty();
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("姓名\n甲\n"));
        (await stage.Db.As(await stage.Db.AddUserAsync(Role.Viewer)).Get<IImports>().UploadAsync("a.csv", content, null, default)).Errors.ShouldBe([Error.Forbidden]);
    }

    [Fact]
    public async Task Discarded_BeforeItBegan_LeavesNeitherRowNorFile()
    {
        var gone = await stage.CheckedAsync("姓名,邮箱\n甲,不是\n");
        StoredFiles().ShouldBe(1);
        (await stage.Imports.CancelAsync(gone.Summary.Id, default)).Succeeded.ShouldBeTrue();
        (await stage.Imports.GetAsync(gone.Summary.Id, default)).ShouldBeNull();
        StoredFiles().ShouldBe(0);
    }

    [Fact]
    public async Task File_GoesOnceTheImportCanNoLongerBeTakenBack()
    {
        var done = await stage.ImportedAsync("姓名,邮箱\n甲,不是\n乙,b@c.example\n");
        stage.Db.Clock.Advance(TimeSpan.FromDays(32));
        (await stage.Db.Get<Infrastructure.Imports.OldImports>().RemoveAsync(default)).ShouldBe(1);
        StoredFiles().ShouldBe(0);
        (await stage.Imports.ReportAsync(done.Summary.Id, ImportPhase.Run, Words, default)).Errors.Single().Code.ShouldBe("import.gone");
        (await stage.Imports.UndoAsync(done.Summary.Id, default)).Errors.Single().Code.ShouldBe("undo.late");
        var kept = (await stage.Imports.GetAsync(done.Summary.Id, default))!;
        kept.Shape.Sample.ShouldBeEmpty();
        kept.Summary.Run!.Created.ShouldBe(1);
    }

    private int StoredFiles() => Directory.Exists(Path.Combine(stage.Db.Folder, "files")) ? Directory.EnumerateFiles(Path.Combine(stage.Db.Folder, "files"), "*", SearchOption.AllDirectories).Count() : 0;

    private async Task<string[]> ReportAsync(Guid id, ImportPhase phase)
    {
        using var to = new MemoryStream();
        await (await stage.Imports.ReportAsync(id, phase, Words, default)).Value.WriteAsync(to, default);
        return Encoding.UTF8.GetString(to.ToArray()).TrimStart('\uFEFF').TrimEnd().Split("\r\n");
    }

    private sealed class FullStore : IFileStore
    {
        public Task<StoredFile> SaveAsync(Stream content, long limit, CancellationToken ct) => throw new IOException("No space left on device", 28);

        public Stream Open(string key) => throw new FileNotFoundException();

        public void Delete(string key) => throw new FileNotFoundException();

        public IEnumerable<string> Before(DateTime at) => [];
    }
}
