using System.Text;
using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Imports;

/// <summary>How much of a file is taken, by whom, and what is given back of it.</summary>
public sealed class ImportLimitsTests : IAsyncLifetime
{
    private static readonly ReportWords Words = new("行号", "结果", "原因", o => o.ToString(), p => p.Code);

    private ImportStage stage = null!;

    public async Task InitializeAsync() => stage = await ImportStage.CreateAsync();

    public Task DisposeAsync() => stage.DisposeAsync().AsTask();

    [Fact]
    public async Task Labels_BeyondWhatAContactHas_AreLeftOut_AndSaidSo()
    {
        var done = await stage.ImportedAsync($"姓名,手机,标签\n甲,13700000001,{Labels(0, 51)}\n");
        (await stage.RowsAsync(done.Summary.Id, ImportPhase.Check)).Single().ShouldSatisfyAllConditions(r => r.Outcome.ShouldBe(RowOutcome.Created), r => r.Problems.Single().Code.ShouldBe("tag.many"));
        (await stage.RowsAsync(done.Summary.Id, ImportPhase.Run)).Single().Problems.Single().Args.ShouldBe(["50"]);
        await ShouldBeEditableAsync();
        var more = await stage.ImportedAsync($"姓名,手机,标签\n甲,13700000001,{Labels(60, 3)}\n", DuplicatePolicy.FillEmpty);
        (await stage.RowsAsync(more.Summary.Id, ImportPhase.Run)).Single().Problems.Select(p => p.Code).ShouldBe(["tag.many", "contact.same"]);
        await ShouldBeEditableAsync();
        // two rows of one person have more together
        var two = await stage.ImportedAsync($"姓名,手机,标签\n乙,13700000002,{Labels(0, 30)}\n乙,13700000002,{Labels(30, 30)}\n", DuplicatePolicy.FillEmpty);
        (await stage.RowsAsync(two.Summary.Id, ImportPhase.Run)).Single().ShouldSatisfyAllConditions(r => r.Number.ShouldBe(3), r => r.Problems.Single().Code.ShouldBe("tag.many"));

        static string Labels(int from, int count) => string.Join('、', Enumerable.Range(from, count).Select(i => $"标{i}"));

        async Task ShouldBeEditableAsync()
        {
            var my = stage.Db.As(stage.Rep).Contacts;
            var contact = (await my.GetAsync((await my.ListAsync(new(), 0, 1, default)).Items.Single().Id, default))!;
            contact.Fields.TagIds.Count.ShouldBe(ContactRules.MaxTags);
            (await my.UpdateAsync(contact.Id, contact.Version, contact.Fields with { Title = contact.Fields.Title + "新" }, default)).Errors.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task SupportAgents_OwnConversations_AreTheirs()
    {
        await stage.Db.As(stage.Rep).Contacts.AddAsync(Samples.Contact(), default);
        var agent = await stage.Db.AddUserAsync(Role.SupportAgent, stage.Team);
        var done = await stage.ImportedAsync($"姓名,公司,时间,类型,内容,记录人\n张三,沪上精工,2026-03-04 10:00,电话,聊了报价,{agent.Email}\n", kind: ImportKind.Interactions, by: agent);
        done.Summary.Run.ShouldBe(new(1, 1, 0, 0, 0, 0));
        (await stage.Db.ReadAsync(db => db.Interactions.SingleAsync())).AuthorId.ShouldBe(agent.Id);
    }

    [Fact]
    public async Task Administrators_EndOthersImports_ButBeginNoneInTheirName()
    {
        var gone = await stage.CheckedAsync("姓名\n甲\n");
        var (id, admin) = (gone.Summary.Id, stage.Db.As(await stage.Db.AddUserAsync(Role.Admin)).Get<IImports>());
        (await admin.MapAsync(id, gone.Version, ImportStage.Plan(gone), default)).Errors.ShouldBe([Error.Forbidden]);
        (await admin.ReadAsAsync(id, gone.Version, gone.Shape.Reading, ImportKind.Contacts, default)).Errors.ShouldBe([Error.Forbidden]);
        (await admin.CheckAsync(id, default)).Errors.ShouldBe([Error.Forbidden]);
        (await admin.RunAsync(id, default)).Errors.ShouldBe([Error.Forbidden]);
        (await stage.Imports.RunAsync(id, default)).Errors.ShouldBeEmpty();
        (await admin.PauseAsync(id, default)).Errors.ShouldBeEmpty();
        (await admin.ResumeAsync(id, default)).Errors.ShouldBe([Error.Forbidden]);
        (await stage.Imports.ResumeAsync(id, default)).Errors.ShouldBeEmpty();
        await stage.Db.DrainAsync();
        (await admin.UndoAsync(id, default)).Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Report_HasNothingThatIsCalculated_AndEachMarkOnce()
    {
        var gone = await stage.CheckedAsync("姓名,邮箱\n＝1+1,不是\n'=cmd,不是\n");
        using var to = new MemoryStream();
        await (await stage.Imports.ReportAsync(gone.Summary.Id, ImportPhase.Check, Words, default)).Value.WriteAsync(to, default);
        Encoding.UTF8.GetString(to.ToArray()).Split("\r\n").Skip(1).Take(2).Select(l => l.Split(',')[0]).ShouldBe(["'＝1+1", "'=cmd"]);
    }

    [Fact]
    public async Task List_ReadsNeitherShapeNorMapping()
    {
        var id = (await stage.SendAsync("姓名,手机\n甲,13700000001\n")).Value.Summary.Id;
        await stage.Db.SqlAsync("UPDATE Imports SET Shape = 'nobody can decrypt this', Mapping = ''");
        (await stage.Imports.PageAsync(false, null, 10, default)).Value.Items.Single().ShouldSatisfyAllConditions(i => i.Id.ShouldBe(id), i => i.FileName.ShouldBe("people.csv"), i => i.State.ShouldBe(ImportState.Uploaded), i => i.Owner.ShouldBe(stage.Rep.Name));
    }

    [Fact]
    public async Task Sample_IsCut_HoweverMuchTheRowsHold()
    {
        using var wide = ContactFiles.Files.Of($"姓名,备注\n甲,{new string('长', 100_000)}\n");
        (await ContactFiles.Files.ShapeAsync(wide)).Sample.Single().Cells[1].Length.ShouldBe(FileLimits.MaxSampled);
        (await ContactFiles.Files.RowsAsync(wide)).Single().Cells[1].Length.ShouldBe(100_000);
        using var many = ContactFiles.Files.Of(string.Join(',', Enumerable.Range(0, 1_000).Select(i => $"列{i}")) + "\n" + string.Join(',', Enumerable.Repeat(new string('长', 400), 1_000)) + "\n");
        (await ContactFiles.Files.ShapeAsync(many, new(HeaderRow: 1))).Sample.Single().Cells.Sum(c => c.Length).ShouldBeLessThanOrEqualTo(FileLimits.MaxSampledRow);
        using var card = ContactFiles.Files.Of(ContactFiles.Files.Card($"FN:张三\nPHOTO;ENCODING=b;TYPE=JPEG:{Convert.ToBase64String(new byte[3_000])}"));
        (await ContactFiles.Files.ShapeAsync(card)).Sample.Single().Photo.ShouldBeNull();
        (await ContactFiles.Files.RowsAsync(card)).Single().Photo.ShouldNotBeNull();
    }
}
