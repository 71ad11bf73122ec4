using CrmAi.Domain.Briefs;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.NextActions;

/// <summary>Suggestions from the conversation that calls for them to the task that comes of them; and the brief of the day.</summary>
public sealed partial class NextActionsTests : IAsyncLifetime
{
    private const string Asks = "客户: 麻烦把报价发给我，谢谢。";

    private TestDatabase db = null!;
    private Team team = null!;
    private User rep = null!;
    private Acting my = null!;
    private Guid contact;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("一队");
        rep = await db.AddUserAsync(Role.SalesRep, team, u => u.ProfileUpdates = true);
        my = db.As(rep);
        contact = await AddAsync("张三", 100_000_00);
        await SayAsync(contact, Asks);
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task ConversationThatAsks_BringsASuggestion_Once_WithItsSentence()
    {
        var suggestion = (await OpenAsync()).ShouldHaveSingleItem();
        (suggestion.Kind, suggestion.Reason, suggestion.MayDecide).ShouldBe((NextActionKind.SendQuote, ActionReason.QuoteAsked, true));
        suggestion.Quote!.Quote.ShouldContain("报价");
        suggestion.ExpectedMinor.ShouldNotBeNull().ShouldBeGreaterThan(0);
        await TouchAsync();
        (await OpenAsync()).ShouldHaveSingleItem().Id.ShouldBe(suggestion.Id);
        (await db.ReadAsync(d => d.SuggestedActions.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task QuoteSent_EndsTheSuggestion()
    {
        await SayAsync(contact, "报价单已经发给您了，请查收。", InteractionDirection.Outbound);
        (await OpenAsync()).ShouldBeEmpty();
        (await db.ReadAsync(d => d.SuggestedActions.SingleAsync(s => s.Reason == ActionReason.QuoteAsked))).State.ShouldBe(SuggestionState.Expired);
    }

    [Fact]
    public async Task Accepted_MakesOneTask_AndTakenBack_NoneAndIsOpenAgain()
    {
        var id = (await OpenAsync()).Single().Id;
        var at = db.Clock.Now.AddHours(3);
        var made = await my.NextActions.AcceptAsync(id, new(AcceptAs.Task, "给张三发报价", at), default);
        (await my.NextActions.AcceptAsync(id, new(AcceptAs.Task, "给张三发报价", at), default)).Value.ShouldBe(made.Value);
        var task = (await my.Get<ITasks>().GetAsync(made.Value, default))!;
        (task.Fields.Title, task.Fields.ContactId, task.Origin).ShouldBe(("给张三发报价", contact, TaskOrigin.NextAction));
        (await OneAsync(id)).ShouldSatisfyAllConditions(s => s.State.ShouldBe(SuggestionState.Accepted), s => s.TaskId.ShouldBe(made.Value));
        await TouchAsync();
        (await OpenAsync()).ShouldNotContain(s => s.Reason == ActionReason.QuoteAsked, "what is accepted is not suggested again");
        (await my.NextActions.UndoAsync(id, default)).Succeeded.ShouldBeTrue();
        (await my.Get<ITasks>().GetAsync(made.Value, default)).ShouldBeNull();
        (await my.NextActions.UndoAsync(id, default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("suggestion.open");
        // once more makes another
        var again = await my.NextActions.AcceptAsync(id, new(AcceptAs.Task, "再来", at), default);
        again.Value.ShouldNotBe(made.Value);
        (await my.Get<ITasks>().GetAsync(again.Value, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Accepted_AsAppointment_StandsInTheTimeline_AndGoesWhenTakenBack()
    {
        var id = (await OpenAsync()).Single().Id;
        var made = await my.NextActions.AcceptAsync(id, new(AcceptAs.Appointment, "电话沟通报价", db.Clock.Now.AddDays(1)), default);
        (await my.Interactions.AppointmentsAsync(contact, default)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(a => a.Id.ShouldBe(made.Value), a => a.Fields.Subject.ShouldBe("电话沟通报价"));
        (await my.NextActions.UndoAsync(id, default)).Succeeded.ShouldBeTrue();
        (await my.Interactions.AppointmentsAsync(contact, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task RefusedTask_LeavesTheSuggestionOpen()
    {
        var id = (await OpenAsync()).Single().Id;
        (await my.NextActions.AcceptAsync(id, new(AcceptAs.Task, "", db.Clock.Now), default)).Succeeded.ShouldBeFalse();
        (await OneAsync(id)).State.ShouldBe(SuggestionState.Open);
    }

    [Fact]
    public async Task TaskThatIsDone_IsNotTakenBack()
    {
        var id = (await OpenAsync()).Single().Id;
        var task = (await my.NextActions.AcceptAsync(id, new(AcceptAs.Task, "发报价", db.Clock.Now.AddHours(1)), default)).Value;
        (await my.Get<ITasks>().CompleteAsync(task, 1, default)).Succeeded.ShouldBeTrue();
        (await my.NextActions.UndoAsync(id, default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("suggestion.done");
    }

    [Fact]
    public async Task Snoozed_ComesBackWhenItsTimeIsUp()
    {
        var id = (await OpenAsync()).Single().Id;
        (await my.NextActions.SnoozeAsync(id, db.Clock.Now.AddDays(-1), default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("suggestion.snooze");
        (await my.NextActions.SnoozeAsync(id, db.Clock.Now.AddDays(3), default)).Succeeded.ShouldBeTrue();
        (await OpenAsync()).ShouldBeEmpty();
        (await my.NextActions.SnoozeAsync(id, db.Clock.Now.AddDays(3), default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("suggestion.decided");
        db.Clock.Advance(TimeSpan.FromDays(3.1));
        (await OpenAsync()).ShouldHaveSingleItem().Id.ShouldBe(id);
    }

    [Fact]
    public async Task Rejected_StaysAway_UntilTakenBack()
    {
        var id = (await OpenAsync()).Single().Id;
        (await my.NextActions.RejectAsync(id, RejectReason.Other, new('x', 301), default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("suggestion.note.long");
        (await my.NextActions.RejectAsync(id, RejectReason.Other, "同事已经跟了", default)).Succeeded.ShouldBeTrue();
        await TouchAsync();
        (await OpenAsync()).ShouldNotContain(s => s.Id == id);
        (await OneAsync(id)).RejectNote.ShouldBe("同事已经跟了");
        (await my.NextActions.UndoAsync(id, default)).Succeeded.ShouldBeTrue();
        (await OpenAsync()).ShouldContain(s => s.Id == id);
    }

    [Fact]
    public async Task Others_SeeWhatTheyMay_AndDecideNothing()
    {
        var id = (await OpenAsync()).Single().Id;
        var stranger = db.As(await db.AddUserAsync(Role.SalesRep));
        (await stranger.NextActions.OfAsync(contact, default)).ShouldBeNull();
        var mate = db.As(await db.AddUserAsync(Role.SalesRep, team));
        (await mate.NextActions.OfAsync(contact, default))!.Single().ShouldSatisfyAllConditions(s => s.MayDecide.ShouldBeFalse(), s => s.Quote.ShouldNotBeNull());
        foreach (var (who, code) in new[] { (stranger, "not_found"), (mate, "forbidden") })
        {
            (await who.NextActions.RejectAsync(id, RejectReason.NotRelevant, null, default)).Errors.ShouldHaveSingleItem().Code.ShouldBe(code);
            (await who.NextActions.SnoozeAsync(id, db.Clock.Now.AddDays(1), default)).Errors.ShouldHaveSingleItem().Code.ShouldBe(code);
            (await who.NextActions.AcceptAsync(id, new(AcceptAs.Task, "x", db.Clock.Now), default)).Errors.ShouldHaveSingleItem().Code.ShouldBe(code);
            (await who.NextActions.UndoAsync(id, default)).Errors.ShouldHaveSingleItem().Code.ShouldBe(code);
        }
        (await mate.Briefs.TodayAsync(rep.Id, default)).ShouldBeNull("a colleague's day is not one's own");
    }

    [Fact]
    public async Task Brief_HasAtMostFive_OneForEachContact_AndIsTheSameAllDay()
    {
        for (var i = 0; i < 6; i++) await SayAsync(await AddAsync($"客户{i}", (i + 2) * 100_000_00), Asks);
        var brief = (await my.Briefs.TodayAsync(null, default))!;
        brief.Cards.Count.ShouldBe(MorningBrief.MaxItems);
        brief.Cards.Select(c => c.Suggestion.ContactId).ShouldBeUnique();
        brief.Cards.Select(c => c.Suggestion.ExpectedMinor!.Value).ShouldBeInOrder(SortDirection.Descending);
        await SayAsync(await AddAsync("更大的客户", 900_000_00), Asks);
        (await my.NextActions.RejectAsync(brief.Cards[1].Suggestion.Id, RejectReason.NotRelevant, null, default)).Succeeded.ShouldBeTrue();
        var later = (await my.Briefs.TodayAsync(null, default))!;
        later.Cards.Select(c => c.Suggestion.Id).ShouldBe(brief.Cards.Select(c => c.Suggestion.Id));
        later.Cards[1].Suggestion.State.ShouldBe(SuggestionState.Rejected);
        later.Learnt.ShouldHaveSingleItem().ShouldBe(new(NextActionKind.SendQuote, 0, 1));
        db.Clock.Advance(TimeSpan.FromDays(1));
        var next = (await my.Briefs.TodayAsync(null, default))!;
        next.Yesterday.ShouldBe(new(brief.Day, 5, 0, 0, 1));
        next.Cards[0].Suggestion.Contact.ShouldBe("更大的客户");
        next.Cards.ShouldNotContain(c => c.Suggestion.Id == brief.Cards[1].Suggestion.Id);
        next.Cards.ShouldAllBe(c => c.Weight < 1);
        (await db.ReadAsync(d => d.MorningBriefs.CountAsync())).ShouldBe(2);
    }

    [Fact]
    public async Task TwoFirstLooksAtOnce_MakeOneBrief()
    {
        var views = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => db.As(rep).Briefs.TodayAsync(null, default))));
        views.Select(v => string.Join(',', v!.Cards.Select(c => c.Suggestion.Id))).Distinct().ShouldHaveSingleItem();
        (await db.ReadAsync(d => d.MorningBriefs.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Manager_ReadsTheTeamsBriefs_WithoutPrivateContacts_AndDecidesNothingThere()
    {
        var hidden = await AddAsync("私密客户", 500_000_00, Visibility.Private);
        await SayAsync(hidden, Asks);
        (await my.Briefs.TodayAsync(null, default))!.Cards.Count.ShouldBe(2);
        var manager = db.As(await db.AddUserAsync(Role.Manager, team));
        (await manager.Briefs.PeopleAsync(default)).ShouldHaveSingleItem().Id.ShouldBe(rep.Id);
        var seen = (await manager.Briefs.TodayAsync(rep.Id, default))!;
        (seen.IsOwn, seen.Hidden).ShouldBe((false, 1));
        seen.Cards.ShouldHaveSingleItem().Suggestion.ShouldSatisfyAllConditions(s => s.ContactId.ShouldBe(contact), s => s.MayDecide.ShouldBeFalse());
        (await my.Briefs.PeopleAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Learning_CountsDecisions_IsForgottenAndBroughtBack()
    {
        await my.NextActions.AcceptAsync((await OpenAsync()).Single().Id, new(AcceptAs.Task, "发", db.Clock.Now.AddHours(1)), default);
        (await my.Briefs.TodayAsync(null, default))!.Learnt.ShouldHaveSingleItem().Weight.ShouldBe(2 / 3.0 / 0.5, 1e-9);
        db.Clock.Advance(TimeSpan.FromMinutes(1));
        var before = await my.Briefs.ForgetAsync(default);
        (await my.Briefs.TodayAsync(null, default))!.Learnt.ShouldBeEmpty();
        await my.Briefs.RememberAsync(before, default);
        (await my.Briefs.TodayAsync(null, default))!.Learnt.ShouldHaveSingleItem();
    }

    [Theory, InlineData(0, 0, 1), InlineData(6, 2, 1.4), InlineData(1, 0, 4 / 3.0), InlineData(0, 1, 2 / 3.0), InlineData(0, 50, 0.5), InlineData(500, 0, 2)]
    public void Weight_IsThePosteriorMeanOverThePriors_WithinBounds(int accepted, int rejected, double weight) => ActionLearning.Weight(accepted, rejected).ShouldBe(weight, 0.005);

    [Fact]
    public void SnoozingAndDoneAlready_TeachNothing()
    {
        ActionLearning.Says(SuggestionState.Snoozed, null).ShouldBe(0);
        ActionLearning.Says(SuggestionState.Rejected, RejectReason.AlreadyDone).ShouldBe(0);
        ActionLearning.Says(SuggestionState.Rejected, RejectReason.WrongTiming).ShouldBe(-1);
    }

    private async Task<Guid> AddAsync(string name, long deal, Visibility visibility = Visibility.Team) =>
        (await my.Contacts.AddAsync(Samples.Contact(name, visibility) with { Mobile = null, Stage = DealStage.Proposal, DealValueMinor = deal }, default)).Value.Id;

    private async Task SayAsync(Guid to, string text, InteractionDirection direction = InteractionDirection.Inbound)
    {
        (await my.Interactions.AddAsync(to, Samples.Interaction(text) with { At = db.Clock.Now.AddMinutes(-5), Direction = direction }, default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
    }

    // Anything that has the contact gone over again.
    private async Task TouchAsync()
    {
        var read = (await my.Contacts.GetAsync(contact, default))!;
        (await my.Contacts.UpdateAsync(contact, read.Version, read.Fields with { DealValueMinor = read.Fields.DealValueMinor + 100 }, default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
    }

    private async Task<List<SuggestionView>> OpenAsync() => [.. (await my.NextActions.OfAsync(contact, default))!.Where(s => s.IsOpen)];

    private Task<SuggestedAction> OneAsync(Guid id) => db.ReadAsync(d => d.SuggestedActions.AsNoTracking().SingleAsync(s => s.Id == id));
}
