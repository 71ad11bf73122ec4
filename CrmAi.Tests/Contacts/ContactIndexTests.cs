using CrmAi.Domain.Contacts;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Contacts;

public sealed class ContactIndexTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Acting my = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        my = db.As(await db.AddUserAsync(Role.SalesRep));
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Search_AfterARename_FollowsTheName()
    {
        var id = await AddAsync(new() { Name = "旧名" });
        (await my.Contacts.UpdateAsync(id, 1, new() { Name = "新名" }, default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.ListAsync(new(Search: "旧名"), 0, 5, default)).Total.ShouldBe(0);
        (await my.Contacts.ListAsync(new(Search: "xinming"), 0, 5, default)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Contact_OfNamesThatDifferWithinASurrogatePair_IsSaved()
    {
        // Sixteen characters on, both suffixes would end in the middle of a character.
        var name = new string('a', 15) + "𠀀" + new string('a', 15) + "𩸽";
        var id = await AddAsync(new() { Name = name });
        (await my.Contacts.ListAsync(new(Search: "aaaaaaaaaaaaaaa𩸽"), 0, 5, default)).Items.ShouldHaveSingleItem().Id.ShouldBe(id);
    }

    [Fact]
    public async Task SearchColumns_OfTheWorstNames_FitTheirColumns()
    {
        // Compatibility forms grow eighteenfold when folded, and 双 is read with six letters.
        foreach (var name in (string[])[new('双', 200), new('\uFDFA', 200), string.Concat(Enumerable.Repeat("\u0390", 200))])
        {
            (await my.Accounts.AddAsync(new() { Name = name, ShortName = name }, default)).Succeeded.ShouldBeTrue();
            await AddAsync(new() { Name = name[..100], Title = name, Company = name });
        }
        await using var read = db.Open();
        var rows = (await read.Accounts.ToListAsync()).Cast<object>().Concat(await read.Contacts.Select(c => c.Index).AsNoTracking().ToListAsync())
            .Concat(await read.ContactTerms.ToListAsync()).Concat(await read.AccountTerms.ToListAsync());
        foreach (var row in rows)
        {
            var type = read.Model.GetEntityTypes().Single(t => t.ClrType == row.GetType());
            foreach (var property in type.GetProperties().Where(p => p.ClrType == typeof(string) && !p.IsShadowProperty()))
                ((string?)property.GetGetter().GetClrValue(row) ?? "").Length.ShouldBeLessThanOrEqualTo(property.GetMaxLength() ?? int.MaxValue, $"{type.ShortName()}.{property.Name}");
        }
    }

    private async Task<Guid> AddAsync(ContactEdit edit) => (await my.Contacts.AddAsync(edit, default)).Value.Id;
}
