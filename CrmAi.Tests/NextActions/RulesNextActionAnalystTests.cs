using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Scoring;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.NextActions;

namespace CrmAi.Tests.NextActions;

public sealed class RulesNextActionAnalystTests
{
    // A Monday, 10:00 in Shanghai.
    private static readonly DateTime Now = new(2026, 3, 2, 2, 0, 0, DateTimeKind.Utc);
    private static readonly Workdays Work = new("Asia/Shanghai", new(9, 0), new(18, 0), [1, 2, 3, 4, 5]);
    private static readonly ScoringFacts Plain = new(DealStage.Qualification, Lifecycle.Prospect, null, null, null, 100_000_00, "CNY");

    [Fact]
    public async Task QuoteAskedFor_IsSuggested_UntilItIsSent()
    {
        var asked = Talk(3, InteractionDirection.Inbound, NextActionKind.SendQuote);
        var candidate = (await SuggestAsync(Input(asked))).ShouldHaveSingleItem();
        (candidate.Reason, candidate.Kind).ShouldBe((ActionReason.QuoteAsked, NextActionKind.SendQuote));
        candidate.Evidence!.Value.InteractionId.ShouldBe(asked.Talk.InteractionId);
        candidate.Key.Length.ShouldBeLessThanOrEqualTo(SuggestedAction.MaxKey);
        (await SuggestAsync(Input(asked, Talk(1, InteractionDirection.Outbound) with { Text = "随便聊了两句" }))).ShouldContain(c => c.Reason == ActionReason.QuoteAsked, "a chat is no quote");
        (await SuggestAsync(Input(asked, Talk(1, InteractionDirection.Outbound) with { Text = "报价单已发，请查收" }))).ShouldBeEmpty();
        (await SuggestAsync(Input(asked, Talk(1, InteractionDirection.Outbound, type: InteractionType.Proposal)))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Promise_OnceItsDayIsReached_AndNotBefore()
    {
        Finding Due(int days) => new(FindingKind.FollowUp, new(Guid.CreateVersion7(), 1, 4), 0.9) { Date = new DateOnly(2026, 3, 2).AddDays(days) };
        (await SuggestAsync(Input(Talk(5, findings: Due(5))))).ShouldBeEmpty();
        foreach (var days in (int[])[1, 0, -3])
            (await SuggestAsync(Input(Talk(8, findings: Due(days))))).ShouldHaveSingleItem().Reason.ShouldBe(ActionReason.PromiseDue);
        (await SuggestAsync(Input(Talk(8, findings: Due(-2)), Talk(1)))).ShouldBeEmpty("one spoke since");
    }

    [Theory]
    [InlineData(FindingKind.Objection, null, ActionReason.ObjectionOpen)]
    [InlineData(FindingKind.Pain, "complaint", ActionReason.ComplaintOpen)]
    [InlineData(FindingKind.BuyingSignal, null, ActionReason.SignalUnanswered)]
    public async Task WhatTheyRaised_IsOpen_UntilWeGetBackToThem(FindingKind kind, string? value, ActionReason reason)
    {
        var raised = Talk(2, InteractionDirection.Inbound, findings: new Finding(kind, new(Guid.CreateVersion7(), 1, 4), 0.9) { Value = value, Objection = kind == FindingKind.Objection ? ObjectionKind.Price : null });
        (await SuggestAsync(Input(raised))).ShouldHaveSingleItem().Reason.ShouldBe(reason);
        (await SuggestAsync(Input(raised, Talk(1, InteractionDirection.Outbound, outcome: InteractionOutcome.NoAnswer)))).ShouldHaveSingleItem("nobody was reached").Reason.ShouldBe(reason);
        (await SuggestAsync(Input(raised, Talk(1, InteractionDirection.Outbound)))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Silence_IsMeasuredAgainstTheirOwnRhythm()
    {
        ActionTalk[] weekly = [Talk(44), Talk(37), Talk(30), Talk(23), Talk(16)];
        (await SuggestAsync(Input(weekly))).ShouldHaveSingleItem().ShouldSatisfyAllConditions(c => c.Reason.ShouldBe(ActionReason.GoneQuiet), c => c.Value.ShouldBe("16"));
        (await SuggestAsync(Input(Talk(96), Talk(76), Talk(56), Talk(36), Talk(16)))).ShouldBeEmpty("every three weeks is their way");
        (await SuggestAsync(Input(weekly) with { Appointments = [new(Guid.CreateVersion7(), InteractionType.Meeting, Now.AddDays(5), true)] })).ShouldBeEmpty();
    }

    [Fact]
    public async Task NothingForClosedOnes_NorForThoseWhoAskedToBeLeftAlone()
    {
        var asked = Talk(3, InteractionDirection.Inbound, NextActionKind.SendQuote);
        (await SuggestAsync(Input(asked) with { IsClosed = true })).ShouldBeEmpty();
        var refusal = Talk(2, InteractionDirection.Inbound, NextActionKind.StopContact);
        (await SuggestAsync(Input(asked, refusal))).ShouldBeEmpty();
        (await SuggestAsync(Input(asked, refusal, Talk(1, InteractionDirection.Inbound)))).ShouldNotBeEmpty("they came back of themselves");
    }

    [Fact]
    public async Task BestTimeAndChannel_AreThoseAtWhichTheyAnswered()
    {
        // Inbound e-mails at about 14:00 in Shanghai.
        var mails = Enumerable.Range(4, 3).Select(d => Talk(d, InteractionDirection.Inbound, at: Now.Date.AddDays(-d).AddHours(6), type: InteractionType.Email)).ToArray();
        var candidate = (await SuggestAsync(Input([.. mails, Talk(3, InteractionDirection.Inbound, NextActionKind.SendQuote, type: InteractionType.WeChat)]))).Single(c => c.Reason == ActionReason.QuoteAsked);
        (candidate.Channel, candidate.TimeIsLearnt).ShouldBe((InteractionType.Email, true));
        Work.Local(candidate.BestAt).ShouldBe(new DateTime(2026, 3, 2, 14, 0, 0));
        (await SuggestAsync(Input(Talk(3, InteractionDirection.Inbound, NextActionKind.SendQuote)))).Single().TimeIsLearnt.ShouldBeFalse();
    }

    [Fact]
    public void WorkingSlots_KeepToHoursAndDays()
    {
        Work.Local(Work.Slot(Now.AddMinutes(5), null)).ShouldBe(new DateTime(2026, 3, 2, 10, 30, 0));
        Work.Local(Work.Slot(new(2026, 3, 6, 12, 0, 0, DateTimeKind.Utc), null)).ShouldBe(new DateTime(2026, 3, 9, 9, 0, 0), "Friday evening: Monday morning");
        Work.Local(Work.Slot(Now, 8)).ShouldBe(new DateTime(2026, 3, 3, 9, 0, 0), "that hour is past, and before work");
        var odd = new Workdays("Nowhere/Nothing", new(22, 0), new(6, 0), []);
        odd.Slot(Now, null).ShouldBeGreaterThanOrEqualTo(Now);
    }

    [Fact]
    public async Task Suggestions_HaveOneOfAKind_AndOneForAConversation()
    {
        var talk = Talk(2, InteractionDirection.Inbound, NextActionKind.SendQuote, findings: [new(FindingKind.Objection, default, 0.9), new(FindingKind.BuyingSignal, default, 0.9)]);
        talk = talk with { Talk = talk.Talk with { Findings = [.. talk.Talk.Findings.Select(f => f with { Evidence = new(talk.Talk.InteractionId, 1, 3) })] } };
        (await SuggestAsync(Input(talk))).ShouldHaveSingleItem().Kind.ShouldBe(NextActionKind.SendQuote);
    }

    [Fact]
    public void Worth_FollowsItsFormula()
    {
        ActionWorth.Expected(Plain, 0.2, 1).ShouldBe((long)(100_000_00 * 0.25 * 0.2));
        ActionWorth.Expected(Plain with { DealValueMinor = null }, 0.2, 1).ShouldBeNull();
        ActionWorth.Urgency(new(2026, 3, 9), new(2026, 3, 2)).ShouldBe(0.5);
        ActionWorth.Urgency(new(2026, 2, 9), new(2026, 3, 2)).ShouldBe(1);
    }

    private static Task<IReadOnlyList<ActionCandidate>> SuggestAsync(NextActionInput input) => new RulesNextActionAnalyst().SuggestAsync(input, default);

    private static NextActionInput Input(params ActionTalk[] talks) => new(Now, Work, Plain, 40, null, false, [.. talks.OrderBy(t => t.Talk.At)], []);

    private static ActionTalk Talk(int daysAgo, InteractionDirection direction = InteractionDirection.Outbound, NextActionKind? suggests = null, DateTime? at = null, InteractionType type = InteractionType.WeChat, InteractionOutcome? outcome = null, params Finding[] findings)
    {
        var id = Guid.CreateVersion7();
        return new(new(id, type, direction, at ?? Now.AddDays(-daysAgo), outcome, Sentiment.Neutral, 0.5, new(id, 0, 4), findings), null, "好的，收到", suggests is { } kind ? new(kind, new(id, 0, 4), null) : null);
    }
}
