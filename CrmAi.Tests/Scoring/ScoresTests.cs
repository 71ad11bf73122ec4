using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Scoring;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Scoring;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Scoring;

/// <summary>Scores from the first conversation on: made by themselves, with reasons, for whoever may see them.</summary>
public sealed class ScoresTests : IAsyncLifetime
{
    private const string Eager = "客户: 价格没问题，下周三把合同发给我吧，预算50万已经批了。";

    private TestDatabase db = null!;
    private User rep = null!;
    private Acting my = null!;
    private Guid contact;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        var team = await db.AddTeamAsync("一队");
        rep = await db.AddUserAsync(Role.SalesRep, team, u => u.ProfileUpdates = true);
        my = db.As(rep);
        contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Conversation_MovesTheScores_ByItself_WithQuotes()
    {
        (await ViewAsync()).Scores.ShouldAllBe(s => s.Value == null);
        await SayAsync(Eager);
        var view = await ViewAsync();
        view.IsPending.ShouldBeFalse();
        view.Conversations.ShouldBe(1);
        var intent = view.Of(ScoreKind.Intent)!;
        intent.Value.ShouldNotBeNull().ShouldBeGreaterThan(10);
        intent.Factors.Sum(f => f.Points).ShouldBe(intent.Value!.Value);
        intent.Factors.SelectMany(f => f.Quotes).ShouldNotBeEmpty();
        intent.Factors.SelectMany(f => f.Quotes).ShouldAllBe(q => Eager.Contains(q.Quote, StringComparison.Ordinal));
        view.Of(ScoreKind.LifetimeValue)!.Value.ShouldBeNull("the record names no deal");
    }

    [Fact]
    public async Task Days_KeepARowEach_AndSayWhyTheScoreMoved()
    {
        await SayAsync(Eager);
        var before = (await ViewAsync()).Of(ScoreKind.Intent)!.Value!.Value;
        db.Clock.Advance(TimeSpan.FromDays(10));
        await SayAsync("客户: 你们的价格太贵了，老板不同意，我担心风险。");
        var intent = (await ViewAsync()).Of(ScoreKind.Intent)!;
        intent.Trend.Count.ShouldBe(2);
        intent.Change.ShouldBe(intent.Value - before);
        intent.Moves.Sum(m => m.Points).ShouldBe(intent.Change!.Value);
        intent.Moves.ShouldContain(m => m.Code == "objection" && m.Points < 0);
        // Once more on the same day changes the day's row.
        await SayAsync("客户: 好的，收到。");
        (await db.ReadAsync(d => d.ContactScores.CountAsync())).ShouldBe(2);
    }

    [Fact]
    public async Task Deal_ChangedOnTheRecord_MovesThem()
    {
        await SayAsync(Eager);
        var before = await ViewAsync();
        var read = (await my.Contacts.GetAsync(contact, default))!;
        (await my.Contacts.UpdateAsync(contact, read.Version, read.Fields with { Stage = DealStage.Negotiation, DealValueMinor = 80_000_000 }, default)).Succeeded.ShouldBeTrue();
        (await db.JobsAsync()).Where(j => j is { Kind: "score", State: JobState.Waiting }).ShouldHaveSingleItem().Lane.ShouldBe(JobLane.Person);
        await db.DrainAsync();
        var after = await ViewAsync();
        after.Of(ScoreKind.Intent)!.Value!.Value.ShouldBeGreaterThan(before.Of(ScoreKind.Intent)!.Value!.Value);
        after.Of(ScoreKind.LifetimeValue)!.Value!.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task PrivateTalk_CountsForNothing_AndLeavesWhenMadePrivate()
    {
        await SayAsync("客户: 好的，收到。");
        var before = (await ViewAsync()).Of(ScoreKind.Intent)!.Value;
        await SayAsync(Eager, isPrivate: true);
        (await ViewAsync()).ShouldSatisfyAllConditions(v => v.Conversations.ShouldBe(1), v => v.Of(ScoreKind.Intent)!.Value.ShouldBe(before));
        await SayAsync(Eager);
        var open = await ViewAsync();
        open.Of(ScoreKind.Intent)!.Value!.Value.ShouldBeGreaterThan(before!.Value);
        var id = await db.ReadAsync(d => d.Interactions.Where(i => i.Content == Eager && !i.IsPrivate).Select(i => i.Id).SingleAsync());
        (await my.Users.SaveAsync(await my.Users.MeAsync(default) with { ProfileUpdates = false }, default)).Succeeded.ShouldBeTrue();
        (await my.Interactions.UpdateAsync(id, 1, Talk(Eager, true) with { At = (await my.Interactions.GetAsync(id, default))!.Fields.At }, default)).Succeeded.ShouldBeTrue();
        // its sentences at once, its points as soon as the job is done
        (await ViewAsync()).Scores.SelectMany(s => s.Factors).SelectMany(f => f.Quotes).ShouldNotContain(q => q.Evidence.InteractionId == id);
        await db.DrainAsync();
        (await ViewAsync()).Of(ScoreKind.Intent)!.Value.ShouldBe(before);
    }

    [Fact]
    public async Task SwitchedOff_MeansOff()
    {
        (await my.Users.SaveAsync(await my.Users.MeAsync(default) with { ProfileUpdates = false }, default)).Succeeded.ShouldBeTrue();
        await SayAsync(Eager);
        (await ViewAsync()).At.ShouldBeNull();
        (await db.JobsAsync()).ShouldNotContain(j => j.Kind == ScoreJob.Kind);
    }

    [Fact]
    public async Task Strangers_LearnNothing()
    {
        await SayAsync(Eager);
        (await db.As(await db.AddUserAsync(Role.SalesRep)).Scores.GetAsync(contact, default)).ShouldBeNull();
        (await db.As(await db.AddUserAsync(Role.Viewer, await db.ReadAsync(d => d.Teams.SingleAsync()))).Scores.GetAsync(contact, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task ChangeToManyAtOnce_LetsPeoplesOwnGoFirst()
    {
        await SayAsync(Eager);
        await using var open = db.Open();
        var row = await open.Set<Contact>().SingleAsync(c => c.Id == contact);
        row.Stage = DealStage.Proposal;
        open.Begin("contact.bulk", new(rep.Id, rep.Name, rep.Role, null, [], "zh-CN", "UTC", Domain.Shared.ChangeOrigin.Job), db.Clock.Now);
        await open.SaveChangesAsync();
        (await db.JobsAsync()).Where(j => j is { Kind: "score", State: JobState.Waiting }).ShouldHaveSingleItem().Lane.ShouldBe(JobLane.Bulk);
    }

    [Fact]
    public async Task DeletedContact_AnswersLikeNone()
    {
        await SayAsync(Eager);
        (await my.Contacts.DeleteAsync(contact, default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        (await my.Scores.GetAsync(contact, default)).ShouldBeNull();
    }

    private InteractionEdit Talk(string text, bool isPrivate) => Samples.Interaction(text, isPrivate) with { At = db.Clock.Now.AddMinutes(-5), Direction = InteractionDirection.Inbound };

    private async Task SayAsync(string text, bool isPrivate = false)
    {
        (await my.Interactions.AddAsync(contact, Talk(text, isPrivate), default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
    }

    private async Task<ScoresView> ViewAsync() => (await my.Scores.GetAsync(contact, default))!;
}
