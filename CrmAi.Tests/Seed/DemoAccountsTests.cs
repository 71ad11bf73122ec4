using CrmAi.Domain.Accounts;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data.Seed;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Seed;

public sealed class DemoAccountsTests
{
    [Fact]
    public async Task HeroCompany_OfTheStory_IsAlive()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.Get<IDemoSeed>().SeedDemoAsync(new Progress<SeedProgress>(), default);
        var rep = await database.ReadAsync(db => db.Users.SingleAsync(u => u.Name == "周岚"));
        var accounts = database.As(rep).Accounts;
        var found = (await accounts.PageAsync(new(Search: "恒川精密"), null, 10, default)).Value.Items.ShouldHaveSingleItem();
        found.Fields.ShouldSatisfyAllConditions(f => f.Class.ShouldBe(AccountClass.A), f => f.Employees.ShouldBe(420), f => f.RevenueMinor!.Value.ShouldBeGreaterThan(0), f => f.Phone.ShouldNotBeNull(), f => f.Addresses.ShouldNotBeEmpty());
        AccountRules.Check(found.Fields).ShouldBeEmpty();
        var overview = (await accounts.OverviewAsync(found.Id, default))!;
        overview.Contacts[0].ShouldSatisfyAllConditions(c => c.Id.ShouldBe(found.Fields.PrimaryContactId!.Value), c => c.Name.ShouldBe("林若溪"));
        overview.Contacts.ShouldContain(c => c.DecisionMaker == true);
        overview.Open.ShouldHaveSingleItem().ShouldBe(new AccountDeals(Domain.Contacts.DealStage.Negotiation, "CNY", 1, 87_60_00_00), "one deal, counted once");
        (overview.Moods.Count > 10, overview.InteractionCount > 20, overview.NextFollowUpAt is not null).ShouldBe((true, true, true));
        (await database.ReadAsync(db => db.Accounts.CountAsync(a => a.PrimaryContactId == null && a.DeletedAt == null && db.Contacts.Any(c => c.AccountId == a.Id && c.DeletedAt == null)))).ShouldBe(0);
        rep.Role.ShouldBe(Role.SalesRep);
    }
}
