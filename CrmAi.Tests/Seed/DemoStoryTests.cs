using System.Globalization;
using System.Text.RegularExpressions;
using CrmAi.Domain.Interactions;
using CrmAi.Infrastructure.Data.Seed;

namespace CrmAi.Tests.Seed;

public sealed partial class DemoStoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 18, 3, 20, 0, TimeSpan.Zero);
    private static readonly DemoData Story = DemoStory.Create(Now);

    [Fact]
    public void Story_Created_HasTheWholeCast()
    {
        Story.Users.GroupBy(u => u.Role).ToDictionary(g => g.Key, g => g.Count())
            .ShouldBe(new Dictionary<string, int> { ["Admin"] = 1, ["Manager"] = 2, ["SalesRep"] = 3 }, ignoreOrder: true);
        Story.Teams.Select(t => t.Name).ShouldBe(["华东", "华南"]);
        Story.Users.ShouldAllBe(u => u.Email.EndsWith("@crmai.example"));
        (Story.Accounts.Count, Story.Contacts.Count, Story.Interactions.Count).ShouldBe((60, 400, 2500));
        Story.Accounts.Count(a => a.Language == "en").ShouldBe(12);
        Story.Contacts.Count(c => c.Language == "en").ShouldBe(60);
        Story.Accounts.Select(a => a.Industry).Distinct().Count().ShouldBeGreaterThan(10);
        Story.Accounts.Select(a => a.City).Distinct().Count().ShouldBeGreaterThan(25);
    }

    [Fact]
    public void Story_CreatedTwice_IsTheSame() => Told(DemoStory.Create(Now)).ShouldBe(Told(Story));

    [Fact]
    public void Story_OtherSeed_IsAnother() => Told(DemoStory.Create(Now, 8)).ShouldNotBe(Told(Story));

    [Fact]
    public void Keys_OfEveryKind_AreUnique()
    {
        IEnumerable<string>[] kinds = [Story.Users.Select(x => x.Key), Story.Accounts.Select(x => x.Key), Story.Contacts.Select(x => x.Key),
            Story.Folders.Select(x => x.Key), Story.Tags.Select(x => x.Key), Story.Interactions.Select(x => x.Key), Story.Accounts.Select(x => x.Name), Story.Contacts.Select(x => x.Name)];
        kinds.ShouldAllBe(keys => keys.Distinct().Count() == keys.Count());
    }

    [Fact]
    public void References_OfEveryRecord_Resolve()
    {
        var users = Story.Users.Select(u => u.Key).ToHashSet();
        var reps = Story.Users.Where(u => u.Role == "SalesRep").Select(u => u.Key).ToHashSet();
        var accounts = Story.Accounts.Select(a => a.Key).ToHashSet();
        var contacts = Story.Contacts.ToDictionary(c => c.Key);
        var folders = Story.Folders.ToDictionary(f => f.Key);
        var tags = Story.Tags.Select(t => t.Key).ToHashSet();
        var teams = Story.Teams.Select(t => t.Key).ToHashSet();

        Story.Users.ShouldAllBe(u => u.TeamKey == null ? u.Role == "Admin" : teams.Contains(u.TeamKey));
        Story.Folders.ShouldAllBe(f => users.Contains(f.OwnerKey));
        Story.Accounts.ShouldAllBe(a => reps.Contains(a.OwnerKey) && contacts[a.PrimaryContactKey!].AccountKey == a.Key);
        Story.Contacts.ShouldAllBe(c => accounts.Contains(c.AccountKey) && reps.Contains(c.OwnerKey) && c.TagKeys.All(tags.Contains));
        Story.Contacts.ShouldAllBe(c => c.FolderKey == null || folders[c.FolderKey].OwnerKey == c.OwnerKey);
        Story.Interactions.ShouldAllBe(i => contacts[i.ContactKey].AccountKey == i.AccountKey && reps.Contains(i.UserKey));
    }

    [Fact]
    public void Phrases_OfBothLanguages_AreMany()
    {
        PhraseBook.Chinese.Count.ShouldBeGreaterThan(350);
        PhraseBook.English.Count.ShouldBeGreaterThan(200);
    }

    [Theory]
    [InlineData("2026-11-18T03:20:00Z", 7)]
    [InlineData("2026-02-28T16:05:00Z", 7)]
    [InlineData("2027-05-02T23:40:00Z", 11)]
    [InlineData("2026-12-25T12:00:00Z", 12345)]
    public void Dates_OfEveryArc_AscendWithinTheirRange(string time, int seed)
    {
        var now = DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
        var story = DemoStory.Create(now, seed);
        story.Contacts.ShouldAllBe(c => c.CreatedAt > now.AddMonths(-20) && c.CreatedAt < now);
        story.Accounts.ShouldAllBe(a => a.CreatedAt > now.AddMonths(-20) && a.CreatedAt < now);
        story.Interactions.Where(i => !i.IsScheduled).ShouldAllBe(i => i.At > now.AddMonths(-18) && i.At <= now);
        story.Interactions.Where(i => i.IsScheduled).ShouldAllBe(i => i.At < now.AddDays(15) && i.Sentiment == null);
        story.Interactions.Where(i => i.IsScheduled && i.At <= now).ShouldHaveSingleItem().ContactKey.ShouldBe("lin-ruoxi"); // the one that is overdue
        story.Interactions.Count(i => i.IsScheduled).ShouldBeGreaterThan(10);

        string[] stages = ["Prospecting", "Qualification", "Proposal", "Negotiation", "ClosedWon", "ClosedLost"];
        foreach (var arc in story.Interactions.GroupBy(i => i.ContactKey))
        {
            var told = arc.OrderBy(i => i.At).ToArray();
            told.Select(i => i.Key).ShouldBe(told.Select(i => i.Key).Order(StringComparer.Ordinal), $"timeline of {arc.Key}");
            told.Zip(told.Skip(1)).ShouldAllBe(pair => pair.First.At < pair.Second.At && Array.IndexOf(stages, pair.First.Stage) <= Array.IndexOf(stages, pair.Second.Stage));
            story.Contacts.First(c => c.Key == arc.Key).CreatedAt.ShouldBeLessThanOrEqualTo(told[0].At);
        }
    }

    [Fact]
    public void Texts_OfAllInteractions_AreDistinctAndFilled()
    {
        Story.Interactions.ShouldAllBe(i => !string.IsNullOrWhiteSpace(i.Content) && i.Content.Length < 20_000 && !string.IsNullOrWhiteSpace(i.Subject));
        Story.Interactions.ShouldAllBe(i => !Slot().IsMatch(i.Content + i.Subject));
        Story.Interactions.Select(i => i.Content).Distinct().Count().ShouldBeGreaterThan(2500 * 95 / 100);
        Story.Interactions.Count(i => i.Content.Length > 250).ShouldBeGreaterThan(150);
        Story.Interactions.Count(i => i.Content.Length < 60).ShouldBeGreaterThan(150);
    }

    [Fact]
    public void Languages_OfInteractions_HoldTheirShares()
    {
        var english = Story.Interactions.Where(i => i.Language == "en").ToArray();
        english.Length.ShouldBeInRange(2500 * 12 / 100, 2500 * 28 / 100);
        english.ShouldAllBe(i => !Chinese().IsMatch(i.Content + i.Subject));
        Story.Interactions.Where(i => i.Language == "zh").ShouldAllBe(i => Chinese().IsMatch(i.Content));
    }

    [Fact]
    public void Deals_OfAllAccounts_EndAsInLife()
    {
        Story.Accounts.Count(a => a.Deal!.Stage == "ClosedWon").ShouldBeInRange(18, 23);
        Story.Accounts.Count(a => a.Deal!.Stage == "ClosedLost").ShouldBeInRange(13, 17);
        Story.Accounts.ShouldAllBe(a => a.Deal!.AmountMinor > 0 && (a.Deal.ClosedAt != null) == a.Deal.Stage.StartsWith("Closed"));
    }

    [Fact]
    public void Reach_OfContacts_IsWellFormedAndUnique()
    {
        Story.Contacts.ShouldAllBe(c => Email().IsMatch(c.Email) && Mobile().IsMatch(c.Mobile) && (c.Phone == null || Phone().IsMatch(c.Phone)));
        IEnumerable<string?>[] kinds = [Story.Contacts.Select(c => c.Email), Story.Contacts.Select(c => c.Mobile), Story.Contacts.Select(c => c.Phone).Where(p => p != null),
            Story.Contacts.Select(c => c.WeChat).Where(w => w != null)];
        kinds.ShouldAllBe(all => all.Distinct().Count() == all.Count());
    }

    [Fact]
    public void Terms_OfEveryEnum_AreAllUsed()
    {
        Story.Interactions.Select(i => i.Type).Distinct().ShouldBe(Enum.GetValues<InteractionType>(), ignoreOrder: true);
        Story.Interactions.Select(i => i.Direction).Distinct().ShouldBe(Enum.GetValues<InteractionDirection>(), ignoreOrder: true);
        Story.Interactions.Select(i => i.Outcome).Distinct().ShouldBe(Enum.GetValues<InteractionOutcome>(), ignoreOrder: true);
        Story.Interactions.Select(i => i.Sentiment).OfType<Sentiment>().Distinct().ShouldBe(Enum.GetValues<Sentiment>(), ignoreOrder: true);

        Uses(Story.Contacts.Select(c => c.Seniority), "CLevel VicePresident Director Manager Senior Staff");
        Uses(Story.Contacts.Select(c => c.Priority), "High Medium Low");
        Uses(Story.Contacts.Select(c => c.Rating), "Hot Warm Cold");
        Uses(Story.Contacts.Select(c => c.Lifecycle), "Lead Prospect Customer Partner");
        Uses(Story.Contacts.Select(c => c.Source), "Referral Cold Inbound Event CardScan Import WebForm Campaign");
        Uses(Story.Contacts.Select(c => c.Stage), "Prospecting Qualification Proposal Negotiation ClosedWon ClosedLost");
        Uses(Story.Contacts.Select(c => c.BudgetAuthority), "None Limited Significant Full");
        Uses(Story.Accounts.Select(a => a.Size), "Small Medium Large Enterprise");
        Uses(Story.Accounts.Select(a => a.Class), "A B C");
        Uses(Story.Tags.Select(t => t.Kind), "Priority Custom Industry Stage");
        Uses(Story.Contacts.SelectMany(c => c.TagKeys), string.Join(' ', Story.Tags.Select(t => t.Key)));
    }

    private static void Uses(IEnumerable<string> used, string all) => used.Distinct().ShouldBe(all.Split(' '), ignoreOrder: true);

    private static string Told(DemoData story) => string.Join('\n', story.Contacts.Select(c => $"{c.Key}{c.Name}{c.Mobile}{c.Email}{c.WeChat}{c.CreatedAt:O}{c.NextFollowUpAt:O}{c.Notes}")
        .Concat(story.Interactions.Select(i => $"{i.Key}{i.At:O}{i.Type}{i.Outcome}{i.Subject}{i.Content}{i.FollowUpAt:O}{i.Attachments.Count}")));

    [GeneratedRegex(@"[{}\[\]]")]
    private static partial Regex Slot();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"^[a-z0-9._]+@[a-z0-9]+\.example$")]
    private static partial Regex Email();

    [GeneratedRegex(@"^(1[3-9]\d 0000 \d{4}|\+1 202 555 01\d\d|\+44 7700 900\d{3})$")]
    private static partial Regex Mobile();

    [GeneratedRegex(@"^(0\d{2,3}-5550 \d{4}|\+44 20 7946 0\d{3})$")]
    private static partial Regex Phone();
}
