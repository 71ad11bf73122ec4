using CrmAi.Domain.Deletions;
using CrmAi.Infrastructure.Data.Seed;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Seed;

public sealed class DemoDeletionsTests
{
    [Fact]
    public async Task Newcomer_OfTheDemoTeam_FindsSomethingToRestore()
    {
        await using var db = await TestDatabase.CreateAsync();
        await db.Get<IDemoSeed>().SeedDemoAsync(new Progress<SeedProgress>(), default);
        foreach (var person in await db.ReadAsync(d => d.Users.AsNoTracking().ToListAsync()))
        {
            var rows = (await db.As(person).Get<IDeletions>().ListAsync(null, null, 50, default)).Value.Items;
            rows.ShouldNotBeEmpty(person.Name);
            rows.ShouldAllBe(r => r.DeletedBy != null);
            if (person.Name != "周岚") continue;
            rows.Select(r => r.Kind).Distinct().ShouldBe(Enum.GetValues<DeletedKind>(), ignoreOrder: true);
            rows.Select(r => r.DeletedBy).ShouldContain("顾南舟", "her manager deleted one of hers");
            foreach (var row in rows.Where(r => r.Kind == DeletedKind.Contact)) (await db.As(person).Contacts.RestoreAsync(row.Id, default)).Succeeded.ShouldBeTrue();
        }
    }
}
