using CrmAi.Infrastructure.Data.Seed;

namespace CrmAi.Tests.Seed;

public sealed class BulkStoryTests
{
    private const int People = 20_000;

    private static readonly DateTimeOffset Now = new(2026, 11, 18, 3, 20, 0, TimeSpan.Zero);

    [Fact]
    public void Contacts_OfABulk_AreUniqueAndOfItsAccounts()
    {
        var accounts = BulkStory.Accounts(BulkStory.AccountsFor(People), Now).Select(a => a.Key).ToHashSet();
        var contacts = BulkStory.Contacts(People, Now).ToArray();
        contacts.Length.ShouldBe(People);
        contacts.ShouldAllBe(c => accounts.Contains(c.AccountKey));
        contacts.Select(c => c.Mobile).Distinct().Count().ShouldBe(People);
        contacts.Select(c => c.Email).Distinct().Count().ShouldBe(People);
    }

    [Fact]
    public void Interactions_OfABulk_AscendPerContactUpToNow()
    {
        var contacts = BulkStory.Contacts(People, Now).ToDictionary(c => c.Key);
        var last = new Dictionary<string, DateTimeOffset>();
        foreach (var interaction in BulkStory.Interactions(3 * People, People, Now))
        {
            contacts[interaction.ContactKey].AccountKey.ShouldBe(interaction.AccountKey);
            interaction.At.ShouldBeInRange(last.GetValueOrDefault(interaction.ContactKey, contacts[interaction.ContactKey].CreatedAt), Now);
            interaction.Content.ShouldNotContain("{");
            last[interaction.ContactKey] = interaction.At;
        }

        last.Count.ShouldBe(People);
    }

    [Fact]
    public void Bulk_ReadTwice_IsTheSameAndLazy()
    {
        BulkStory.Contacts(int.MaxValue, Now).Take(50).Select(c => c.Name + c.Mobile).ShouldBe(BulkStory.Contacts(50, Now).Select(c => c.Name + c.Mobile));
        BulkStory.Interactions(900, 300, Now).Select(i => i.Content).ShouldBe(BulkStory.Interactions(900, 300, Now).Select(i => i.Content));
    }
}
