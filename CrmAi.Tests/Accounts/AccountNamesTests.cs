using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Accounts;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Accounts;

public sealed class AccountNamesTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private User rep = null!;
    private Acting mine = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        rep = await database.AddUserAsync(Role.SalesRep, await database.AddTeamAsync("华东"));
        mine = database.As(rep);
    }

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    [Theory]
    [InlineData("沪上精工", "沪上 精工", true)]
    [InlineData("沪上精工（中国）", " 沪上精工(中国) ", true)]
    [InlineData("ＡＢＣ Motion", "abc  motion", true)]
    [InlineData("ABC 精工", "abc精工", true)]
    [InlineData("Acme Corp", "AcmeCorp", false)]
    [InlineData("沪上精工", "沪上精工有限公司", false)]
    [InlineData("沪上精工有限公司", "沪上精工股份有限公司", false)]
    [InlineData("Acme", "Acme Ltd.", false)]
    public async Task Company_NamedAtAContact_IsFoundOrMade(string first, string second, bool same)
    {
        (await mine.Contacts.AddAsync(new() { Name = "甲", Company = first }, default)).Succeeded.ShouldBeTrue();
        (await mine.Contacts.AddAsync(new() { Name = "乙", Company = second }, default)).Succeeded.ShouldBeTrue();
        (await mine.Accounts.PageAsync(new(), null, 10, default)).Value.Items.Count.ShouldBe(same ? 1 : 2);
    }

    [Fact]
    public async Task Company_ThatOneMayNotSee_IsNotFoundByItsName()
    {
        var stranger = database.As(await database.AddUserAsync(Role.SalesRep));
        var theirs = (await stranger.Accounts.AddAsync(new() { Name = "沪上精工", Visibility = Visibility.Private }, default)).Value.Id;
        var contact = (await mine.Contacts.AddAsync(new() { Name = "甲", Company = "沪上精工" }, default)).Value.Id;
        var account = (await mine.Contacts.GetAsync(contact, default))!.Account!.Id;
        account.ShouldNotBe(theirs);
        (await stranger.Accounts.GetAsync(theirs, default))!.Contacts.ShouldBe(0);
    }

    [Fact]
    public async Task Company_MadeByAPrivateContact_IsAsPrivate()
    {
        var colleague = database.As(await database.AddUserAsync(Role.SalesRep, await database.ReadAsync(db => db.Teams.SingleAsync())));
        (await mine.Contacts.AddAsync(new() { Name = "甲", Company = "秘密公司", Visibility = Visibility.Private }, default)).Succeeded.ShouldBeTrue();
        (await colleague.Accounts.SuggestAsync("秘密", default)).ShouldBeEmpty();
        (await mine.Accounts.SuggestAsync("秘密", default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Rename_ReachesItsPeopleAtOnce_AndSoDoesItsUndo()
    {
        var account = (await mine.Accounts.AddAsync(new() { Name = "旧名字" }, default)).Value.Id;
        var person = (await mine.Contacts.AddAsync(new() { Name = "甲", AccountId = account }, default)).Value;
        var saved = (await mine.Accounts.UpdateAsync(account, 1, new() { Name = "新名字" }, default)).Value;
        (await CompaniesAsync(account)).ShouldBe(["新名字"]);
        (await mine.Contacts.ListAsync(new(Search: "xmz"), 0, 10, default)).Items.Count.ShouldBe(1);
        (await mine.Contacts.ListAsync(new(Search: "旧名"), 0, 10, default)).Items.ShouldBeEmpty();
        (await mine.Contacts.GetAsync(person.Id, default))!.Version.ShouldBe(1, "nobody's edit of the person is a lost race");

        (await mine.History.UndoAsync(saved.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await CompaniesAsync(account)).ShouldBe(["旧名字"]);
        (await mine.Contacts.ListAsync(new(Search: "旧名"), 0, 10, default)).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Rename_OfACompanyOfMany_ReachesAllOfThemByAJob()
    {
        var account = (await mine.Accounts.AddAsync(new() { Name = "旧名字" }, default)).Value.Id;
        var count = AccountNamesJob.Batch + 1;
        await database.WriteAsync(db => db.Contacts.AddRange(Enumerable.Range(0, count).Select(i => new Contact { Name = $"人{i}", OwnerId = rep.Id, TeamId = rep.TeamId, AccountId = account, CreatedAt = database.Clock.Now, UpdatedAt = database.Clock.Now })));
        (await mine.Accounts.UpdateAsync(account, 1, new() { Name = "新名字" }, default)).Succeeded.ShouldBeTrue();
        // found by the new name before the job has run: the company's own terms see to that
        (await mine.Contacts.ListAsync(new(Search: "新名"), 0, 10, default)).Total.ShouldBe(count);
        (await CompaniesAsync(account)).ShouldBe(["旧名字"]);
        (await database.DrainAsync()).ShouldBe(1);
        (await CompaniesAsync(account)).ShouldBe(["新名字"]);
    }

    private Task<List<string>> CompaniesAsync(Guid account) => database.ReadAsync(db => db.Contacts.Where(c => c.AccountId == account).Select(c => c.Index.Company).Distinct().ToListAsync());
}
