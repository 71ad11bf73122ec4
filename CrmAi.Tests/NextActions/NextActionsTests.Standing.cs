using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.NextActions;
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
}
