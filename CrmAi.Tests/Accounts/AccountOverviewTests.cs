using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Accounts;

public sealed class AccountOverviewTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private Acting mine = null!, colleague = null!;
    private Guid account;
    private DateTime now;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        now = database.Clock.Now;
        var team = await database.AddTeamAsync("华东");
        mine = database.As(await database.AddUserAsync(Role.SalesRep, team));
        colleague = database.As(await database.AddUserAsync(Role.SalesRep, team));
        account = (await mine.Accounts.AddAsync(new() { Name = "恒川" }, default)).Value.Id;
    }

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    private async Task<Guid> PersonAsync(ContactEdit edit, Acting? by = null) => (await (by ?? mine).Contacts.AddAsync(edit with { AccountId = account }, default)).Value.Id;

    private async Task SayAsync(Guid contact, int daysAgo, string text = Samples.Talk, bool isPrivate = false, Acting? by = null, string? subject = null) =>
        (await (by ?? mine).Interactions.AddAsync(contact, Samples.Interaction(text, isPrivate) with { At = Day(-daysAgo), IsScheduled = daysAgo < 0, Subject = subject }, default)).Succeeded.ShouldBeTrue();

    private DateTime Day(int days) => now.AddDays(days);

    [Fact]
    public async Task Overview_SumsUpWhatThisViewerMaySee()
    {
        var followUp = Day(5);
        var first = await PersonAsync(new() { Name = "甲", Stage = DealStage.Proposal, DealValueMinor = 100, DecisionMaker = true, Title = "总监", NextFollowUpAt = followUp });
        var second = await PersonAsync(new() { Name = "乙", Stage = DealStage.Proposal, DealValueMinor = 30 });
        await PersonAsync(new() { Name = "丙", Stage = DealStage.Proposal, DealValueMinor = 7, Currency = "USD" });
        await PersonAsync(new() { Name = "丁", Stage = DealStage.ClosedWon, DealValueMinor = 9_000 });
        var hidden = await PersonAsync(new() { Name = "同事的", Visibility = Visibility.Private, DealValueMinor = 5_000, NextFollowUpAt = Day(1) }, colleague);
        await SayAsync(first, 9);
        await SayAsync(second, 3, "客户: 太好了，非常满意，谢谢！\n我: 应该的");
        await SayAsync(first, 1, isPrivate: true);
        await SayAsync(second, 2, isPrivate: true, by: colleague);
        await SayAsync(hidden, 0, by: colleague);
        await database.DrainAsync();
        var version = (await mine.Accounts.GetAsync(account, default))!;
        (await mine.Accounts.UpdateAsync(account, version.Version, version.Fields with { PrimaryContactId = first }, default)).Succeeded.ShouldBeTrue();

        var seen = (await mine.Accounts.OverviewAsync(account, default))!;

        seen.Contacts.Select(c => c.Name).ShouldBe(["甲", "乙", "丁", "丙"], "the primary one first, then by last contact");
        (seen.Contacts[0].DecisionMaker, seen.Contacts[0].Title).ShouldBe((true, "总监"));
        (seen.ContactCount, seen.InteractionCount).ShouldBe((4, 2));
        (seen.FirstContactAt, seen.LastContactAt, seen.NextFollowUpAt).ShouldBe((Day(-9), Day(-3), followUp));
        seen.Open.ShouldBe([new AccountDeals(DealStage.Proposal, "CNY", 2, 130), new AccountDeals(DealStage.Proposal, "USD", 1, 7)]);
        seen.Moods.Count.ShouldBe(2);
        (seen.Moods[^1].Sentiment, seen.Moods[^1].ContactId).ShouldBe((Sentiment.Positive, second));
        (await colleague.Accounts.OverviewAsync(account, default))!.ContactCount.ShouldBe(5);
    }

    [Fact]
    public async Task Overview_OfNothing_IsEmptyNotMissing()
    {
        var seen = (await mine.Accounts.OverviewAsync(account, default))!;
        (seen.ContactCount, seen.InteractionCount, seen.LastContactAt, seen.NextFollowUpAt).ShouldBe((0, 0, null, null));
        (seen.Open.Count, seen.Moods.Count).ShouldBe((0, 0));
        (await database.As(await database.AddUserAsync(Role.SalesRep)).Accounts.OverviewAsync(account, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Appointment_BeforeTheFollowUp_IsTheNextContact()
    {
        var person = await PersonAsync(new() { Name = "甲", NextFollowUpAt = Day(5) });
        await SayAsync(person, -2, "拜访");
        (await mine.Accounts.OverviewAsync(account, default))!.NextFollowUpAt.ShouldBe(Day(2));
    }

    [Fact]
    public async Task Interactions_OfEverybodyThere_AreReadOnceNewestFirst()
    {
        var (first, second) = (await PersonAsync(new() { Name = "甲" }), await PersonAsync(new() { Name = "乙" }));
        var hidden = await PersonAsync(new() { Name = "同事的", Visibility = Visibility.Private }, colleague);
        for (var day = 1; day <= 5; day++) await SayAsync(day % 2 == 0 ? second : first, day, subject: $"第{day}天");
        await SayAsync(hidden, 1, by: colleague);
        await SayAsync(first, 1, isPrivate: true, by: colleague);
        await SayAsync(first, 6, "很长的话。" + new string('长', 4000));
        var read = new List<AccountInteraction>();
        string? after = null;
        do
        {
            var page = (await mine.Accounts.InteractionsAsync(account, after, 2, default)).Value;
            read.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        read.Select(i => i.Subject).ShouldBe(["第1天", "第2天", "第3天", "第4天", "第5天", null]);
        read.Select(i => i.ContactName).ShouldBe(["甲", "乙", "甲", "乙", "甲", "甲"]);
        (read[0].ContactId, read[1].ContactId).ShouldBe((first, second));
        read[^1].Excerpt.Length.ShouldBeInRange(100, 200);
        read[0].Excerpt.ShouldNotContain("\n");
        (await mine.Accounts.InteractionsAsync(account, "x", 2, default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("cursor.unknown");
        (await database.As(await database.AddUserAsync(Role.SalesRep)).Accounts.InteractionsAsync(account, null, 2, default)).Errors.ShouldBe([Error.NotFound]);
    }
}
