using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Infrastructure.Duplicates;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Duplicates;

/// <summary>No table points to a contact or a company that a merge does not know of.</summary>
public sealed class MergePlanTests
{
    [Fact]
    public async Task Tables_ThatPointToContactsAndCompanies_HaveAPlace()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var found = new HashSet<string>();
        foreach (var type in db.Model.GetEntityTypes().Where(t => !t.IsOwned()))
        {
            foreach (var key in type.GetForeignKeys().Where(k => k.PrincipalEntityType.ClrType == typeof(Contact) || k.PrincipalEntityType.ClrType == typeof(Account)))
                found.Add($"{type.ShortName()}.{key.Properties.Single().Name}");
            // An id without a key in the database points there too.
            foreach (var property in type.GetProperties().Where(p => p.Name.EndsWith("ContactId", StringComparison.Ordinal) || p.Name.EndsWith("AccountId", StringComparison.Ordinal)))
                found.Add($"{type.ShortName()}.{property.Name}");
        }
        var planned = MergePlan.Moved.Keys.Concat(MergePlan.Copied.Keys).Concat(MergePlan.Left.Keys).Concat(MergePlan.Derived.Keys).ToList();
        planned.ShouldBeUnique();
        found.Except(planned).ShouldBeEmpty("say in MergePlan what a merge does with it, and do it");
        planned.Except(found).ShouldBeEmpty("nothing like that is left in the model");
    }
}
