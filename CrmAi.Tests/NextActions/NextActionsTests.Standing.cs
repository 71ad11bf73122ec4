using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.NextActions;

public sealed partial class NextActionsTests
{
    [Fact]
    public async Task RequestThatStillStands_KeepsItsSuggestion_WhenTheyAskAgain_AndOnceDecidedBringsNoOther()
    {
        var first = (await OpenAsync()).ShouldHaveSingleItem();
        db.Clock.Advance(TimeSpan.FromHours(1));
        await SayAsync(contact, "客户: 周四之前把方案B的正式报价给我。");
        db.Clock.Advance(TimeSpan.FromHours(1));
        await SayAsync(contact, "他催了，要我们把方案B的报价发过去。", InteractionDirection.Outbound);
        var still = (await OpenAsync()).Where(s => s.Kind == NextActionKind.SendQuote).ShouldHaveSingleItem();
        (still.Id, still.Quote!.Quote).ShouldBe((first.Id, first.Quote!.Quote));
        (await db.ReadAsync(d => d.SuggestedActions.CountAsync(s => s.Kind == NextActionKind.SendQuote))).ShouldBe(1);
        (await my.NextActions.RejectAsync(first.Id, RejectReason.AlreadyDone, null, default)).Succeeded.ShouldBeTrue();
        await TouchAsync();
        (await OpenAsync()).ShouldNotContain(s => s.Kind == NextActionKind.SendQuote);
        db.Clock.Advance(TimeSpan.FromHours(1));
        await SayAsync(contact, "客户: 再发一份新的报价给我。");
        (await OpenAsync()).ShouldContain(s => s.Kind == NextActionKind.SendQuote, "asked for after that was decided");
    }

    [Fact]
    public async Task Brief_CountsWhatThePersonDecided_NotWhatLostItsReason()
    {
        (await my.Briefs.TodayAsync(null, default))!.Decided.ShouldBe(0);
        await SayAsync(contact, "报价单已经发给您了，请查收。", InteractionDirection.Outbound);
        var brief = (await my.Briefs.TodayAsync(null, default))!;
        brief.Cards.ShouldHaveSingleItem().Suggestion.State.ShouldBe(SuggestionState.Expired);
        brief.Decided.ShouldBe(0);
    }

    [Theory]
    [InlineData(AcceptAs.Appointment)]
    [InlineData(AcceptAs.Task)]
    public async Task Accepted_ByAProcessThatWasKilledBeforeItNotedWhatItMade_MakesNoSecond(AcceptAs kind)
    {
        var id = (await OpenAsync()).Single().Id;
        var acceptance = new Acceptance(kind, "电话沟通报价", db.Clock.Now.AddDays(1));
        var made = await my.NextActions.AcceptAsync(id, acceptance, default);
        await using (var d = db.Open()) await d.SuggestedActions.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.TaskId, (Guid?)null).SetProperty(s => s.AppointmentId, (Guid?)null));
        (await my.NextActions.AcceptAsync(id, acceptance, default)).Value.ShouldBe(made.Value);
        (await db.ReadAsync(async d => await d.Tasks.CountAsync(t => t.Origin == TaskOrigin.NextAction) + await d.Interactions.CountAsync(i => i.IsScheduled))).ShouldBe(1);
    }

    [Fact]
    public async Task Accepted_TwiceAtOnce_MakesOneAppointment()
    {
        var id = (await OpenAsync()).Single().Id;
        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => db.As(rep).NextActions.AcceptAsync(id, new(AcceptAs.Appointment, "电话沟通报价", db.Clock.Now.AddDays(1)), default))));
        var made = (await my.Interactions.AppointmentsAsync(contact, default)).ShouldHaveSingleItem().Id;
        both.Where(b => b.Succeeded).ShouldAllBe(b => b.Value == made);
        both.ShouldContain(b => b.Succeeded);
        (await OneAsync(id)).AppointmentId.ShouldBe(made);
    }
}
