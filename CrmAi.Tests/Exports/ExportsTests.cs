using System.Text;
using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Exports;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Notifications;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Microsoft.EntityFrameworkCore;
using static CrmAi.Tests.Exports.ExportSamples;

namespace CrmAi.Tests.Exports;

public sealed class ExportsTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Team team = null!;
    private User rep = null!;
    private Acting my = null!;
    private IExports exports = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("华东");
        rep = await db.AddUserAsync(Role.SalesRep, team);
        my = db.As(rep);
        exports = my.Get<IExports>();
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Xlsx)]
    public async Task Contact_ExportedAndReadAgain_IsTheSame(ExportFormat format)
    {
        var admin = db.As(await db.AddUserAsync(Role.Admin));
        var field = (await admin.Get<ICustomFields>().AddAsync(new() { Target = CustomFieldTarget.Contact, Type = CustomFieldType.Choices, Name = "感兴趣的产品", Choices = ["标准版", "企业版, 含服务"] }, default)).Value.Id;
        var tag = (await my.Get<ITags>().AddAsync(new() { Name = "老朋友" }, default)).Value.Id;
        var edit = Full() with { TagIds = [tag], Custom = new Dictionary<Guid, string> { [field] = "[\"标准版\",\"企业版, 含服务\"]" } };
        var added = await my.Contacts.AddAsync(edit, default);
        added.Errors.ShouldBeEmpty();
        var contact = (await my.Contacts.GetAsync(added.Value.Id, default))!;
        var columns = Columns(ExportKind.Contacts, Chinese).Append(new(new(ImportTarget.Custom, field), "感兴趣的产品")).ToList();
        var (_, bytes) = await TakeAsync(new(ExportKind.Contacts, format) { Columns = columns, Ids = [contact.Id] });

        using var file = new MemoryStream(bytes);
        var shape = await ContactFiles.Files.ShapeAsync(file);
        var custom = await my.Get<ICustomFields>().ListAsync(CustomFieldTarget.Contact, false, default);
        var mapping = ImportMapping.Guess(ImportKind.Contacts, shape.Columns, shape.Sample, custom);
        mapping.Columns.Select(c => c.Field).ShouldBe(columns.Select(c => c.Field));
        var row = ImportedRow.Read(mapping, (await ContactFiles.Files.RowsAsync(file)).Single(), new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), new(2026, 5, 1), custom));
        row.Problems.ShouldBeEmpty();
        var c = contact.Fields;
        (row.Get<string>(ImportTarget.Name), row.Get<string>(ImportTarget.Mobile), row.Get<string>(ImportTarget.Phone), row.Get<string>(ImportTarget.Email), row.Get<string>(ImportTarget.WeChat), row.Get<string>(ImportTarget.Company), row.Get<string>(ImportTarget.Title))
            .ShouldBe((c.Name, c.Mobile, c.Phone, c.Email, c.WeChat, contact.Company, c.Title));
        (row.Get<Seniority>(ImportTarget.Seniority), row.Get<Priority>(ImportTarget.Priority), row.Get<Lifecycle>(ImportTarget.Lifecycle), row.Get<ContactSource>(ImportTarget.Source), row.Get<DealStage>(ImportTarget.Stage), row.Get<BudgetAuthority>(ImportTarget.BudgetAuthority), row.Get<Visibility>(ImportTarget.Visibility))
            .ShouldBe((c.Seniority!.Value, c.Priority, c.Lifecycle, c.Source!.Value, c.Stage, c.BudgetAuthority!.Value, c.Visibility));
        (row.Get<long>(ImportTarget.DealValue), row.Get<long>(ImportTarget.Budget), row.Get<string>(ImportTarget.Currency), row.Get<bool>(ImportTarget.DecisionMaker), row.Get<DateTime>(ImportTarget.NextFollowUp))
            .ShouldBe((c.DealValueMinor!.Value, c.BudgetMinor!.Value, c.Currency, c.DecisionMaker!.Value, c.NextFollowUpAt!.Value));
        (row.Get<Gender>(ImportTarget.Gender), row.Get<int>(ImportTarget.BirthYear), row.Get<string>(ImportTarget.City), row.Get<string>(ImportTarget.Notes), row.Get<string>(ImportTarget.DecisionProcess), row.Get<string>(ImportTarget.PersonalNotes))
            .ShouldBe((c.Personal.Gender!.Value, c.Personal.BirthYear!.Value, c.Personal.City, c.Notes, c.DecisionProcess, c.Personal.Notes));
        row.Get<IReadOnlyList<string>>(ImportTarget.Competitors).ShouldBe(c.Competitors);
        row.Get<IReadOnlyList<string>>(ImportTarget.CurrentSolutions).ShouldBe(c.CurrentSolutions);
        row.Get<IReadOnlyList<string>>(ImportTarget.Tags).ShouldBe(["老朋友"]);
        row.Values.Where(v => v.Field.Target == ImportTarget.Social).Select(v => v.Value).ShouldBe(c.SocialProfiles.Select(p => p with { Handle = p.Url ?? p.Handle }));
        row.Of(ImportTarget.Custom)!.Value.ShouldBe(c.Custom[field]);
    }

    [Theory]
    [InlineData(ExportKind.Contacts, ImportKind.Contacts)]
    [InlineData(ExportKind.Accounts, ImportKind.Accounts)]
    [InlineData(ExportKind.Interactions, ImportKind.Interactions)]
    public void Titles_InEitherLanguage_AreKnownAgain(ExportKind kind, ImportKind import)
    {
        foreach (var words in new[] { Chinese, English })
        {
            var columns = Columns(kind, words);
            columns.Select(c => c.Title).ShouldBeUnique();
            ImportMapping.Guess(import, [.. columns.Select((c, i) => new FileColumn(i, c.Title, 0))], [], []).Columns.Select(c => c.Field).ShouldBe(columns.Select(c => c.Field));
        }
    }

    [Fact]
    public async Task Csv_HasItsMark_AndNothingThatIsCalculated()
    {
        var id = (await my.Contacts.AddAsync(Full() with { Name = "=HYPERLINK(\"http://x\")", Title = "＠SUM(A1)", Notes = "\t=1" }, default)).Value.Id;
        var (_, bytes) = await TakeAsync(new(ExportKind.Contacts, ExportFormat.Csv) { Columns = Columns(ExportKind.Contacts, Chinese), Ids = [id] });
        bytes.Take(3).ShouldBe([0xEF, 0xBB, 0xBF]);
        using var file = new MemoryStream(bytes);
        var cells = (await ContactFiles.Files.RowsAsync(file)).Single().Cells;
        cells.ShouldContain("'=HYPERLINK(\"http://x\")");
        cells.ShouldContain("'+86 138 0000 6620");
        cells.Where(CellText.IsDangerous).ShouldBeEmpty();
    }

    [Fact]
    public async Task Xlsx_IsSound_AndItsFormulasAreText()
    {
        var id = (await my.Contacts.AddAsync(Full() with { Name = "=1+1", Notes = "_x000D_ \u0001 & <b>" }, default)).Value.Id;
        var (_, bytes) = await TakeAsync(new(ExportKind.Contacts, ExportFormat.Xlsx) { Columns = Columns(ExportKind.Contacts, English), Ids = [id] });
        using var file = new MemoryStream(bytes);
        using (var document = SpreadsheetDocument.Open(file, false)) new OpenXmlValidator().Validate(document).Select(e => $"{e.Path?.XPath}: {e.Description}").ShouldBeEmpty();
        var row = (await ContactFiles.Files.RowsAsync(file)).Single();
        row.Cells[0].ShouldBe("=1+1");
        row.Cells.ShouldContain("_x000D_  & <b>");
    }

    [Fact]
    public async Task Others_SeeMaskedNumbers_AndNothingHidden()
    {
        var colleague = db.As(await db.AddUserAsync(Role.SalesRep, team));
        await my.Contacts.AddAsync(Full(), default);
        await my.Contacts.AddAsync(Full() with { Name = "不给看", Visibility = Visibility.Private }, default);
        var start = await colleague.Get<IExports>().StartAsync(new(ExportKind.Contacts, ExportFormat.Csv) { Columns = Columns(ExportKind.Contacts, Chinese), Contacts = new(ContactScope.All) }, default);
        var text = Encoding.UTF8.GetString(await BytesAsync(colleague.Get<IExports>(), start.Value.Id));
        text.ShouldContain("****");
        text.ShouldNotContain("13800006620");
        text.ShouldNotContain("138 0000 6620");
        text.ShouldNotContain("不给看");
    }

    [Fact]
    public async Task Roles_ThatMayNotTakeRecordsAway_AreRefused()
    {
        await my.Contacts.AddAsync(Full(), default);
        foreach (var role in new[] { Role.Viewer, Role.SupportAgent, Role.Trainer })
            (await db.As(await db.AddUserAsync(role, team)).Get<IExports>().StartAsync(new(ExportKind.Contacts, ExportFormat.Csv) { Columns = Columns(ExportKind.Contacts, Chinese), Contacts = new(ContactScope.All) }, default)).Errors.ShouldBe([Error.Forbidden]);
    }

    [Fact]
    public async Task Requests_ThatCannotBeMet_AreRefusedByName()
    {
        var columns = Columns(ExportKind.Contacts, Chinese);
        async Task ShouldBeAsync(string code, ExportRequest request) => (await exports.StartAsync(request, default)).Errors.Select(e => e.Code).ShouldBe([code]);
        await ShouldBeAsync("export.empty", new(ExportKind.Contacts, ExportFormat.Csv) { Columns = columns, Contacts = new() });
        await ShouldBeAsync("export.columns", new(ExportKind.Contacts, ExportFormat.Csv) { Contacts = new() });
        await ShouldBeAsync("export.columns", new(ExportKind.Contacts, ExportFormat.Csv) { Columns = [new(new(ImportTarget.Custom, Guid.NewGuid()), "x")], Contacts = new() });
        await ShouldBeAsync("export.format", new(ExportKind.Accounts, ExportFormat.VCard));
        await ShouldBeAsync("not_found", new(ExportKind.Interactions, ExportFormat.Csv) { Columns = Columns(ExportKind.Interactions, Chinese), ContactId = Guid.NewGuid() });
        (await exports.OpenAsync(Guid.NewGuid(), default)).Errors.ShouldBe([Error.NotFound]);
    }

    [Fact]
    public async Task Large_IsWrittenByAJob_KeptForItsMaker_AndRecorded()
    {
        await FillAsync(1_200);
        var started = (await exports.StartAsync(new(ExportKind.Contacts, ExportFormat.Csv) { Columns = Columns(ExportKind.Contacts, Chinese), Contacts = new(ContactScope.All) }, default)).Value;
        (started.State, started.Total).ShouldBe((ExportState.Waiting, 1_200));
        (await db.JobsAsync()).Single().Lane.ShouldBe(JobLane.Bulk);
        (await exports.OpenAsync(started.Id, default)).Errors.Single().Code.ShouldBe("export.running");
        await db.DrainAsync();
        var done = (await exports.ListAsync(default)).Single();
        (done.State, done.Done, done.Size > 0).ShouldBe((ExportState.Ready, 1_200, true));
        using var file = new MemoryStream(await BytesAsync(exports, started.Id));
        (await ContactFiles.Files.RowsAsync(file)).Select(r => r.Cells[0]).Distinct().Count().ShouldBe(1_200);
        (await my.Get<INotifications>().ListAsync(true, null, 10, default)).Value.Items.Single().ShouldSatisfyAllConditions(n => n.Kind.ShouldBe(NotificationKind.ExportReady), n => n.SubjectId.ShouldBe(started.Id));
        var colleague = db.As(await db.AddUserAsync(Role.SalesRep, team)).Get<IExports>();
        (await colleague.OpenAsync(started.Id, default)).Errors.ShouldBe([Error.NotFound]);
        (await colleague.GetAsync(started.Id, default)).ShouldBeNull();
        (await db.As(await db.AddUserAsync(Role.Admin)).Get<IExports>().OpenAsync(started.Id, default)).Succeeded.ShouldBeTrue();
        (await db.ReadAsync(d => d.ChangeSets.Where(s => s.Command.StartsWith("export.")).OrderBy(s => s.Id).Select(s => s.Command).ToListAsync())).ShouldBe(["export.start", "export.finish", "export.download", "export.download"]);

        db.Clock.Advance(TimeSpan.FromDays(Export.KeptDays + 1));
        await db.Get<CrmAi.Infrastructure.Exports.OldExports>().RemoveAsync(default);
        (await exports.ListAsync(default)).Single().State.ShouldBe(ExportState.Expired);
        (await exports.OpenAsync(started.Id, default)).Errors.Single().Code.ShouldBe("export.gone");
        Directory.GetFiles(Path.Combine(db.Folder, "files"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelled_HasNoFile()
    {
        await FillAsync(1_100);
        var id = (await exports.StartAsync(new(ExportKind.Contacts, ExportFormat.Csv) { Columns = Columns(ExportKind.Contacts, Chinese), Contacts = new(ContactScope.All) }, default)).Value.Id;
        (await db.As(await db.AddUserAsync(Role.SalesRep, team)).Get<IExports>().CancelAsync(id, default)).Errors.ShouldBe([Error.NotFound]);
        (await exports.CancelAsync(id, default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        (await exports.GetAsync(id, default))!.State.ShouldBe(ExportState.Cancelled);
        (await exports.OpenAsync(id, default)).Errors.Single().Code.ShouldBe("export.gone");
    }

    [Fact]
    public async Task Interactions_AndCompanies_AreExported()
    {
        var id = (await my.Contacts.AddAsync(Full(), default)).Value.Id;
        await my.Interactions.AddAsync(id, Samples.Interaction("谈了价格,\n约下周"), default);
        var (_, talks) = await TakeAsync(new(ExportKind.Interactions, ExportFormat.Csv) { Columns = Columns(ExportKind.Interactions, Chinese), ContactId = id });
        Encoding.UTF8.GetString(talks).ShouldContain("谈了价格,\n约下周");
        var (_, companies) = await TakeAsync(new(ExportKind.Accounts, ExportFormat.Csv) { Columns = Columns(ExportKind.Accounts, English) });
        Encoding.UTF8.GetString(companies).ShouldContain("星辰科技");
    }

    private async Task<(ExportFile File, byte[] Bytes)> TakeAsync(ExportRequest request)
    {
        var started = await exports.StartAsync(request, default);
        started.Errors.ShouldBeEmpty();
        started.Value.State.ShouldBe(ExportState.Ready);
        return ((await exports.OpenAsync(started.Value.Id, default)).Value, await BytesAsync(exports, started.Value.Id));
    }

    private static async Task<byte[]> BytesAsync(IExports exports, Guid id)
    {
        await using var target = new ResponseLike();
        await (await exports.OpenAsync(id, default)).Value.WriteAsync(target, default);
        return target.Bytes;
    }

    private Task FillAsync(int count) => db.WriteAsync(d => d.Contacts.AddRange(Enumerable.Range(0, count).Select(i => new Contact { Name = $"人{i}", OwnerId = rep.Id, TeamId = rep.TeamId, CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now })));
}
