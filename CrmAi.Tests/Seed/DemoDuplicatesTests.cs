using CrmAi.Domain.Duplicates;
using CrmAi.Domain.History;
using CrmAi.Infrastructure.Data.Seed;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Seed;

public sealed class DemoDuplicatesTests
{
    [Fact]
    public async Task Rep_OfTheDemoTeam_FindsPairsOfSeveralKinds_OneGroupOfThree_AndAMergeToTakeBack()
    {
        await using var db = await TestDatabase.CreateAsync();
        await db.Get<IDemoSeed>().SeedDemoAsync(new Progress<SeedProgress>(), default);
        var rep = db.As(await db.ReadAsync(d => d.Users.SingleAsync(u => u.Name == "周岚")));
        var groups = await rep.Get<IDuplicates>().GroupsAsync(DuplicateScope.Mine, default);
        groups.Count.ShouldBeInRange(5, 8);
        groups.Count(g => g.Contacts.Count > 2).ShouldBe(1);
        groups.SelectMany(g => g.Pairs).SelectMany(p => p.Reasons).Distinct().ShouldBeSubsetOf(Enum.GetValues<DuplicateReason>());
        foreach (var kind in new[] { DuplicateReason.NameLatin, DuplicateReason.MobileClose, DuplicateReason.NameSwapped, DuplicateReason.WeChat, DuplicateReason.OtherCompany })
            groups.SelectMany(g => g.Pairs).ShouldContain(p => p.Reasons.Contains(kind), kind.ToString());
        var companies = await rep.Get<IDuplicates>().CompanyGroupsAsync(DuplicateScope.Mine, default);
        companies.Count.ShouldBe(2);
        companies.ShouldAllBe(g => g.Companies.Count == 2 && g.Companies[0].Contacts > 0 && g.Companies[1].Contacts == 0);
        companies.SelectMany(g => g.Pairs).SelectMany(p => p.Reasons).ShouldContain(DuplicateReason.CompanyShortName);
        (await db.ReadAsync(d => d.DuplicateDismissals.CountAsync())).ShouldBe(1);
        var merge = await db.ReadAsync(d => d.ChangeSets.SingleAsync(s => s.Command == "contact.merge"));
        merge.At.ShouldBeGreaterThan(db.Clock.Now.AddDays(-IHistory.UndoDays));
        (await rep.Get<IMerges>().UndoAsync(merge.Id, default)).Value.Kept.ShouldBeEmpty();
    }
}
