using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Imports;

/// <summary>What rows become, by what is there already and by what one may see.</summary>
public sealed class ContactImportTests : IAsyncLifetime
{
    private ImportStage stage = null!;

    public async Task InitializeAsync() => stage = await ImportStage.CreateAsync();

    public Task DisposeAsync() => stage.DisposeAsync().AsTask();

    [Fact]
    public async Task Rows_BecomeContacts_FoundLikeThoseEnteredByHand()
    {
        var done = await stage.ImportedAsync("姓名,手机,邮箱,微信,公司,职位,标签\n张三丰,+86 138-0000 1111,San.Feng@Wudang.example,sanfeng_1,武当精工,总监,重点客户\n李四,13900002222,,,武当 精工,采购,\n");
        done.Summary.ShouldSatisfyAllConditions(s => s.State.ShouldBe(ImportState.Done), s => s.Run.ShouldBe(new(2, 2, 0, 0, 0, 0)), s => s.MayUndo.ShouldBeTrue());
        done.Companies.ShouldBe(1);
        var my = stage.Db.As(stage.Rep).Contacts;
        foreach (var search in (string[])["zsf", "zhangsanfeng", "三丰", "1111", "武当", "重点客户"])
            (await my.ListAsync(new(ContactScope.Mine, search), 0, 10, default)).Items.Select(c => c.Name).ShouldContain("张三丰", search);
        var contact = await my.GetAsync((await my.ListAsync(new(ContactScope.Mine, "zsf"), 0, 1, default)).Items.Single().Id, default);
        contact!.ShouldSatisfyAllConditions(c => c.Fields.Email.ShouldBe("San.Feng@Wudang.example"), c => c.Company.ShouldBe("武当精工"), c => c.Fields.Source.ShouldBe(ContactSource.Import), c => c.Tags.Single().Name.ShouldBe("重点客户"));
        // nothing of it starts work of its own
        (await stage.Db.JobsAsync()).Select(j => j.Kind).Distinct().ShouldBe(["import.check", "import.run"], ignoreOrder: true);
        (await stage.Db.As(stage.Rep).History.OfAsync(nameof(Contact), contact!.Id, default)).Single().ShouldSatisfyAllConditions(h => h.Command.ShouldBe("import.contacts"), h => h.Undoable.ShouldBeFalse());
    }

    [Fact]
    public async Task SameFile_Again_MakesNobodyTwice()
    {
        var file = ImportStage.People(300);
        (await stage.ImportedAsync(file)).Summary.Run!.Created.ShouldBe(300);
        var again = await stage.ImportedAsync(file);
        again.Check.ShouldBe(new(300, 0, 0, 300, 0, 0));
        again.Summary.Run.ShouldBe(new(300, 0, 0, 300, 0, 0));
        (await stage.Db.ReadAsync(db => db.Contacts.CountAsync())).ShouldBe(300);
        (await stage.Db.ReadAsync(db => db.Accounts.CountAsync())).ShouldBe(38);
    }

    [Theory]
    [InlineData(DuplicatePolicy.Skip, "王五", null, "采购", 1)]
    [InlineData(DuplicatePolicy.FillEmpty, "王五", "wang@c.example", "采购", 1)]
    [InlineData(DuplicatePolicy.Overwrite, "王小五", "wang@c.example", "总监", 1)]
    [InlineData(DuplicatePolicy.Create, "王五", null, "采购", 2)]
    public async Task SomebodyThere_IsLeftFilledWrittenOrMadeAgain(DuplicatePolicy policy, string name, string? email, string title, int contacts)
    {
        var id = (await stage.Db.As(stage.Rep).Contacts.AddAsync(new() { Name = "王五", Mobile = "138 0000 3333", Title = "采购" }, default)).Value.Id;
        await stage.ImportedAsync("姓名,手机,邮箱,职位\n王小五,+8613800003333,wang@c.example,总监\n", policy);
        (await stage.Db.As(stage.Rep).Contacts.GetAsync(id, default))!.Fields.ShouldSatisfyAllConditions(f => f.Name.ShouldBe(name), f => f.Email.ShouldBe(email), f => f.Title.ShouldBe(title), f => f.Mobile.ShouldBe("138 0000 3333".Replace(policy == DuplicatePolicy.Overwrite ? "138 0000 3333" : "-", policy == DuplicatePolicy.Overwrite ? "+8613800003333" : "-", StringComparison.Ordinal)));
        (await stage.Db.ReadAsync(db => db.Contacts.CountAsync())).ShouldBe(contacts);
    }

    [Fact]
    public async Task RowsOfOnePersonInTheFile_AreOneContact_WhateverTheBatch()
    {
        var people = ImportStage.People(500);
        var repeated = people + "周重复,13900000003,,,,,,\n另一人,13700000000,,,,,,\n周又来,,P499@C62.example,,,,,\n另一人,13700000000,,,,,,\n";
        var done = await stage.ImportedAsync(repeated);
        done.Check.ShouldBe(new(504, 501, 0, 0, 3, 0));
        done.Summary.Run.ShouldBe(new(504, 501, 0, 0, 3, 0));
        (await stage.RowsAsync(done.Summary.Id, ImportPhase.Run)).Select(r => (r.Number, r.Outcome, r.Problems.Single().Code, r.Problems.Single().Args.Single()))
            .ShouldBe([(502, RowOutcome.Repeated, "row.repeated", "5"), (504, RowOutcome.Repeated, "row.repeated", "501"), (505, RowOutcome.Repeated, "row.repeated", "503")]);
        (await stage.Db.ReadAsync(db => db.Contacts.CountAsync())).ShouldBe(501);
    }

    [Fact]
    public async Task ColleaguesAtOneDesk_AreNotOnePerson_ButOneOfTheirNameIs()
    {
        await stage.ImportedAsync("姓名,电话,公司\n甲,0512-66668888,同创\n乙,0512-66668888,同创\n");
        (await stage.Db.ReadAsync(db => db.Contacts.CountAsync())).ShouldBe(2);
        (await stage.ImportedAsync("姓名,电话\n乙,051266668888\n")).Summary.Run!.Skipped.ShouldBe(1);
    }

    [Fact]
    public async Task SomebodyOneMayNotSee_IsNotTold_NorChanged()
    {
        var other = await stage.Db.AddUserAsync(Role.SalesRep, await stage.Db.AddTeamAsync("华南"));
        var id = (await stage.Db.As(other).Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
        var done = await stage.ImportedAsync("姓名,手机,邮箱\n张三,+86 138-0000-6620,zhang.san@maker.example\n", DuplicatePolicy.Overwrite);
        done.Summary.Run!.Created.ShouldBe(1);
        (await stage.RowsAsync(done.Summary.Id, ImportPhase.Check)).ShouldBeEmpty();
        (await stage.Db.As(other).Contacts.GetAsync(id, default))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task ColleaguesContact_IsFoundByNameAndCompanyAlone_AndStaysAsItIs()
    {
        var colleague = await stage.Db.AddUserAsync(Role.SalesRep, stage.Team);
        var id = (await stage.Db.As(colleague).Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
        // masked numbers find nobody: a file is no way to guess them
        (await stage.CheckedAsync("姓名,手机\n某人,+86 138-0000-6620\n")).Check!.Created.ShouldBe(1);
        var done = await stage.ImportedAsync("姓名,公司,职位\n张三,沪上精工,董事长\n", DuplicatePolicy.Overwrite);
        done.Summary.Run!.Skipped.ShouldBe(1);
        (await stage.RowsAsync(done.Summary.Id, ImportPhase.Run)).Single().Problems.Single().Code.ShouldBe("contact.theirs");
        (await stage.Db.As(colleague).Contacts.GetAsync(id, default))!.Fields.Title.ShouldBe("采购总监");
    }

    [Fact]
    public async Task Owner_IsAColleagueToWhomOneMayGive_AndNobodyElse()
    {
        var colleague = await stage.Db.AddUserAsync(Role.SalesRep, stage.Team);
        var stranger = await stage.Db.AddUserAsync(Role.SalesRep, await stage.Db.AddTeamAsync("华南"));
        var done = await stage.ImportedAsync($"姓名,手机,负责人\n甲,13700000001,{colleague.Email.ToUpperInvariant()}\n乙,13700000002,{stranger.Email}\n丙,13700000003,\n");
        done.Summary.Run.ShouldBe(new(3, 2, 0, 0, 0, 1));
        (await stage.RowsAsync(done.Summary.Id, ImportPhase.Run)).Single().Problems.Single().Code.ShouldBe("owner.unknown");
        (await stage.Db.ReadAsync(db => db.Contacts.OrderBy(c => c.Id).Select(c => c.OwnerId).ToListAsync())).ShouldBe([colleague.Id, stage.Rep.Id]);
    }

    [Fact]
    public async Task CustomField_PutAwayWhileItRuns_LeavesItsValuesOutAndSaysSo()
    {
        var admin = await stage.Db.AddUserAsync(Role.Admin);
        var fields = stage.Db.As(admin).Get<ICustomFields>();
        var field = (await fields.AddAsync(new() { Target = CustomFieldTarget.Contact, Type = CustomFieldType.Text, Name = "展位号" }, default)).Value.Id;
        var gone = await stage.CheckedAsync("姓名,手机,展位号\n甲,13700000001,A12\n");
        gone.Mapping.Columns[2].Field.CustomFieldId.ShouldBe(field);
        await fields.ArchiveAsync(field, true, default);
        (await stage.Imports.RunAsync(gone.Summary.Id, default)).Succeeded.ShouldBeTrue();
        await stage.Db.DrainAsync();
        (await stage.Imports.GetAsync(gone.Summary.Id, default))!.Summary.Run!.Created.ShouldBe(1);
        (await stage.RowsAsync(gone.Summary.Id, ImportPhase.Run)).Single().Problems.Single().Code.ShouldBe("custom.gone");
        (await stage.Db.ReadAsync(db => db.Contacts.SingleAsync())).Custom.ShouldBeEmpty();
    }

    [Fact]
    public async Task Companies_AreToldByTheirFoldedName()
    {
        await stage.Db.As(stage.Rep).Accounts.AddAsync(new() { Name = "沪上 精工", City = "上海" }, default);
        var done = await stage.ImportedAsync("公司名称,城市,行业\n沪上精工,北京,机械\n新公司,苏州,食品\n新 公司,,\n", DuplicatePolicy.FillEmpty, kind: ImportKind.Accounts);
        done.Summary.Run.ShouldBe(new(3, 1, 2, 0, 0, 0), $"{string.Join("; ", (await stage.RowsAsync(done.Summary.Id, ImportPhase.Run)).Select(r => $"{r.Number} {r.Outcome} {string.Join(",", r.Problems)}"))}");
        (await stage.Db.ReadAsync(db => db.Set<Account>().SingleAsync(a => a.City == "上海"))).Industry.ShouldBe("机械");
    }

    [Fact]
    public async Task Conversations_GoToTheirContacts_OnceAndUnanalysed()
    {
        await stage.ImportedAsync("姓名,手机\n甲,13700000001\n乙,13700000002\n");
        const string file = "手机,时间,类型,内容\n13700000001,2026-03-04 10:00,电话,聊了报价\n13700000001,2026-03-04 10:00,电话,聊了报价\n13799999999,2026-03-04 11:00,电话,打错了\n13700000002,2026-03-05 09:30,微信,约了周三\n";
        var done = await stage.ImportedAsync(file, kind: ImportKind.Interactions);
        done.Summary.Run.ShouldBe(new(4, 2, 0, 0, 1, 1), $"{string.Join("; ", (await stage.RowsAsync(done.Summary.Id, ImportPhase.Run)).Select(r => $"{r.Number} {r.Outcome} {string.Join(",", r.Problems)}"))}");
        (await stage.ImportedAsync(file, kind: ImportKind.Interactions)).Summary.Run!.Created.ShouldBe(0);
        (await stage.Db.ReadAsync(db => db.Contacts.OrderBy(c => c.Id).Select(c => c.InteractionCount).ToListAsync())).ShouldBe([1, 1]);
        (await stage.Db.JobsAsync()).ShouldNotContain(j => j.Kind == "conversation");
    }
}
