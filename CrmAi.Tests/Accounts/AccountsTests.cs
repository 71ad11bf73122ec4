using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Accounts;

public sealed class AccountsTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private Team team = null!;
    private User rep = null!, colleague = null!, manager = null!, stranger = null!;
    private Acting mine = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        team = await database.AddTeamAsync("华东");
        rep = await database.AddUserAsync(Role.SalesRep, team);
        colleague = await database.AddUserAsync(Role.SalesRep, team);
        manager = await database.AddUserAsync(Role.Manager, team);
        stranger = await database.AddUserAsync(Role.SalesRep, await database.AddTeamAsync("华南"));
        mine = database.As(rep);
    }

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    private async Task<Guid> AddAsync(AccountEdit edit, Acting? by = null) => (await (by ?? mine).Accounts.AddAsync(edit, default)).Value.Id;

    private async Task<Guid> PersonAsync(Guid account, string name = "张三", Visibility visibility = Visibility.Team, Acting? by = null) =>
        (await (by ?? mine).Contacts.AddAsync(new() { Name = name, AccountId = account, Visibility = visibility }, default)).Value.Id;

    [Theory]
    [InlineData(AccountOrder.Name, "安吉,宝来,长安")]
    [InlineData(AccountOrder.Created, "安吉,宝来,长安")]
    [InlineData(AccountOrder.Contacts, "宝来,安吉,长安")]
    [InlineData(AccountOrder.LastContact, "安吉,宝来,长安")]
    public async Task Pages_InEachOrder_HoldEachCompanyOnceInIt(AccountOrder order, string expected)
    {
        var (third, second, first) = (await AddAsync(new() { Name = "长安" }), await AddAsync(new() { Name = "宝来" }), await AddAsync(new() { Name = "安吉" }));
        await PersonAsync(second);
        var spoken = await PersonAsync(second);
        var latest = await PersonAsync(first);
        (await mine.Interactions.AddAsync(spoken, Samples.Interaction() with { At = database.Clock.Now.AddDays(-2) }, default)).Succeeded.ShouldBeTrue();
        (await mine.Interactions.AddAsync(latest, Samples.Interaction() with { At = database.Clock.Now.AddDays(-1) }, default)).Succeeded.ShouldBeTrue();
        var names = new List<string>();
        string? after = null;
        do
        {
            var page = (await mine.Accounts.PageAsync(new(Order: order), after, 1, default)).Value;
            names.AddRange(page.Items.Select(a => a.Fields.Name));
            after = page.Next;
        }
        while (after is not null);
        string.Join(',', names).ShouldBe(expected);
        third.ShouldNotBe(first);
    }

    [Fact]
    public async Task Cursor_OfAnotherOrderOrForged_IsRefused()
    {
        for (var i = 0; i < 3; i++) await AddAsync(new() { Name = $"公司{i}" });
        var next = (await mine.Accounts.PageAsync(new(Order: AccountOrder.Name), null, 1, default)).Value.Next!;
        foreach (var after in (string[])[next, "", "x", "nonsense nonsense", new string('A', 9000), next[..^3]])
        {
            var answer = await mine.Accounts.PageAsync(new(Order: AccountOrder.LastContact), after, 1, default);
            answer.Errors.ShouldHaveSingleItem().Code.ShouldBe("cursor.unknown", after.Length > 40 ? after[..40] : after);
        }
    }

    [Fact]
    public async Task List_Narrowed_HoldsOnlyWhatMeetsEveryCondition()
    {
        await AddAsync(new() { Name = "苏州恒川精密有限公司", ShortName = "恒川", Class = AccountClass.A, Industry = "制造", Lifecycle = Lifecycle.Customer });
        await AddAsync(new() { Name = "宁波港务", Class = AccountClass.A, Industry = "物流" });
        await AddAsync(new() { Name = "杭州恒川贸易", Class = AccountClass.C });
        var old = await AddAsync(new() { Name = "旧公司" });
        (await mine.Accounts.ArchiveAsync(old, true, default)).Succeeded.ShouldBeTrue();
        await AddAsync(new() { Name = "同事的恒川" }, database.As(colleague));

        (await NamesAsync(new(Search: "恒川"))).ShouldBe(["苏州恒川精密有限公司", "杭州恒川贸易", "同事的恒川"], ignoreOrder: true);
        (await NamesAsync(new(Search: "szhc gw"))).ShouldBeEmpty();
        (await NamesAsync(new(Search: "szhc"))).ShouldBe(["苏州恒川精密有限公司"]);
        (await NamesAsync(new(Search: "恒川", OwnerId: rep.Id, Class: AccountClass.A))).ShouldBe(["苏州恒川精密有限公司"]);
        (await NamesAsync(new(Industry: "物流"))).ShouldBe(["宁波港务"]);
        (await NamesAsync(new(Industry: ""))).ShouldBe(["杭州恒川贸易", "同事的恒川"], ignoreOrder: true);
        (await NamesAsync(new(Lifecycle: Lifecycle.Customer))).ShouldBe(["苏州恒川精密有限公司"]);
        (await NamesAsync(new(Archived: true))).ShouldBe(["旧公司"]);
        (await mine.Accounts.IndustriesAsync(default)).ShouldBe(["制造", "物流"], ignoreOrder: true);
        (await database.As(stranger).Accounts.PageAsync(new(), null, 50, default)).Value.Items.ShouldBeEmpty();
        (await database.As(stranger).Accounts.IndustriesAsync(default)).ShouldBeEmpty();

        async Task<List<string>> NamesAsync(AccountQuery query) => [.. (await mine.Accounts.PageAsync(query, null, 50, default)).Value.Items.Select(a => a.Fields.Name)];
    }

    [Fact]
    public async Task People_OfOthersOwn_AreNeitherCountedNorOrderedBy()
    {
        var account = await AddAsync(new() { Name = "恒川" });
        await PersonAsync(account);
        await PersonAsync(account, "私人", Visibility.Private, database.As(colleague));
        (await mine.Accounts.GetAsync(account, default))!.Contacts.ShouldBe(1);
        (await mine.Accounts.PageAsync(new(Order: AccountOrder.Contacts), null, 50, default)).Value.Items.Single().Contacts.ShouldBe(1);
        (await database.As(colleague).Accounts.GetAsync(account, default))!.Contacts.ShouldBe(2);
    }

    [Fact]
    public async Task Edit_ByItsOwner_IsKeptWithAllItsFields()
    {
        var account = await AddAsync(new() { Name = "恒川" });
        var edit = new AccountEdit
        {
            Name = " 恒川精密 ", ShortName = "恒川", Class = AccountClass.B, CreditRating = "AA", Size = CompanySize.Large, Industry = "制造", Lifecycle = Lifecycle.Partner, Website = "https://hc.example",
            Phone = "0512-66668888", City = "苏州", Addresses = [new("总部", " 星湖街 1 号 ", "苏州"), new("", " ", null)], Description = "老客户", RevenueMinor = 12_000_000_00, Currency = "USD", Employees = 320, Visibility = Visibility.Public,
        };
        var saved = (await mine.Accounts.UpdateAsync(account, 1, edit, default)).Value;
        saved.Version.ShouldBe(2);
        var read = (await mine.Accounts.GetAsync(account, default))!;
        (read.MayChange, read.IsArchived, read.Version).ShouldBe((true, false, 2));
        read.Fields.Addresses.ShouldBe([new PostalAddress("总部", "星湖街 1 号", "苏州")]);
        (read.Fields with { Addresses = [], Custom = edit.Custom }).ShouldBe(edit with { Name = "恒川精密", Addresses = [] });
    }

    [Fact]
    public async Task Edit_OfAnOlderReadOrByOthers_ChangesNothing()
    {
        var account = await AddAsync(new() { Name = "恒川" });
        var edit = new AccountEdit { Name = "恒川二" };
        (await mine.Accounts.UpdateAsync(account, 1, edit, default)).Succeeded.ShouldBeTrue();
        (await mine.Accounts.UpdateAsync(account, 1, edit with { Name = "恒川三" }, default)).Errors.ShouldBe([Error.Conflict]);
        (await database.As(colleague).Accounts.UpdateAsync(account, 2, edit, default)).Errors.ShouldBe([Error.Forbidden]);
        (await database.As(stranger).Accounts.UpdateAsync(account, 2, edit, default)).Errors.ShouldBe([Error.NotFound]);
        (await mine.Accounts.GetAsync(account, default))!.Fields.Name.ShouldBe("恒川二");
        (await database.As(colleague).Accounts.GetAsync(account, default))!.MayChange.ShouldBeFalse();
        (await database.As(manager).Accounts.UpdateAsync(account, 2, edit, default)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Owner_Assigned_IsSomebodyWhoMaySell()
    {
        var account = await AddAsync(new() { Name = "恒川" });
        var viewer = await database.AddUserAsync(Role.Viewer, team);
        foreach (var nobody in (Guid[])[stranger.Id, viewer.Id, Guid.CreateVersion7()])
            (await mine.Accounts.AssignAsync(account, nobody, default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("user.unknown");
        (await database.As(colleague).Accounts.AssignAsync(account, colleague.Id, default)).Errors.ShouldBe([Error.Forbidden]);
        var saved = (await mine.Accounts.AssignAsync(account, colleague.Id, default)).Value;
        (await mine.Accounts.GetAsync(account, default))!.ShouldSatisfyAllConditions(a => a.OwnerId.ShouldBe(colleague.Id), a => a.MayChange.ShouldBeFalse());
        (await database.As(colleague).History.UndoAsync(saved.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await mine.Accounts.GetAsync(account, default))!.OwnerId.ShouldBe(rep.Id);
    }

    [Fact]
    public async Task PrimaryContact_IsSomebodyOneSeesThere_AndHiddenFromWhoDoesNot()
    {
        var account = await AddAsync(new() { Name = "恒川" });
        var elsewhere = await PersonAsync(await AddAsync(new() { Name = "别家" }));
        var hidden = await PersonAsync(account, "私人", Visibility.Private);
        var foreign = await PersonAsync(account, "同事的", Visibility.Private, database.As(colleague));
        foreach (var nobody in (Guid[])[elsewhere, foreign, Guid.CreateVersion7()])
            (await mine.Accounts.UpdateAsync(account, 1, new() { Name = "恒川", PrimaryContactId = nobody }, default)).Errors.ShouldBe([new Error("contact.unknown", "PrimaryContactId")]);
        (await mine.Accounts.UpdateAsync(account, 1, new() { Name = "恒川", PrimaryContactId = hidden }, default)).Succeeded.ShouldBeTrue();

        // the manager sees the company, not the person, and takes nothing away by saving
        var seen = (await database.As(manager).Accounts.GetAsync(account, default))!;
        seen.Fields.PrimaryContactId.ShouldBeNull();
        (await database.As(manager).Accounts.UpdateAsync(account, seen.Version, seen.Fields with { City = "苏州" }, default)).Succeeded.ShouldBeTrue();
        var mineAgain = (await mine.Accounts.GetAsync(account, default))!;
        (mineAgain.Fields.PrimaryContactId, mineAgain.Fields.City).ShouldBe((hidden, "苏州"));
        (await mine.Accounts.UpdateAsync(account, mineAgain.Version, mineAgain.Fields with { PrimaryContactId = null }, default)).Succeeded.ShouldBeTrue();
        (await mine.Accounts.GetAsync(account, default))!.Fields.PrimaryContactId.ShouldBeNull();
    }

    [Fact]
    public async Task Company_Deleted_IsShownNowhereUntilRestored()
    {
        var account = await AddAsync(new() { Name = "恒川精密" });
        var person = await PersonAsync(account);
        (await database.As(colleague).Accounts.DeleteAsync(account, default)).Errors.ShouldBe([Error.Forbidden]);
        (await mine.Accounts.DeleteAsync(account, default)).Succeeded.ShouldBeTrue();

        (await mine.Accounts.GetAsync(account, default)).ShouldBeNull();
        (await mine.Accounts.OverviewAsync(account, default)).ShouldBeNull();
        (await mine.Accounts.SuggestAsync("恒川", default)).ShouldBeEmpty();
        var alone = (await mine.Contacts.GetAsync(person, default))!;
        (alone.Company, alone.Account, alone.Fields.AccountId, alone.Fields.Company).ShouldBe((null, null, null, null));
        (await mine.Contacts.ListAsync(new(), 0, 10, default)).Items.Single().Company.ShouldBeNull();
        (await mine.Contacts.ListAsync(new(Search: "恒川"), 0, 10, default)).Items.ShouldBeEmpty();
        // an edit meanwhile does not lose where the person works
        (await mine.Contacts.UpdateAsync(person, alone.Version, alone.Fields with { Title = "总监" }, default)).Succeeded.ShouldBeTrue();

        (await database.As(stranger).Accounts.RestoreAsync(account, default)).Errors.ShouldBe([Error.NotFound]);
        (await mine.Accounts.RestoreAsync(account, default)).Succeeded.ShouldBeTrue();
        (await mine.Contacts.GetAsync(person, default))!.Company.ShouldBe("恒川精密");
        (await mine.Contacts.ListAsync(new(Search: "恒川"), 0, 10, default)).Items.Count.ShouldBe(1);
        (await mine.Accounts.RestoreAsync(account, default)).Errors.ShouldBe([Error.NotFound]);
    }

    [Fact]
    public async Task Company_DeletedLongAgo_StaysDeleted()
    {
        var account = await AddAsync(new() { Name = "恒川" });
        (await mine.Accounts.DeleteAsync(account, default)).Succeeded.ShouldBeTrue();
        database.Clock.Advance(TimeSpan.FromDays(31));
        (await mine.Accounts.RestoreAsync(account, default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("undo.late");
    }
}
