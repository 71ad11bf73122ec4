using CrmAi.Domain.Interactions;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Interactions;

public sealed class InteractionRulesTests
{
    private static readonly DateTime Now = new(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);

    private static readonly InteractionEdit Good = Samples.Interaction() with { At = Now.AddHours(-1) };

    private static readonly Dictionary<string, InteractionEdit> Faulty = new()
    {
        ["interaction.content.empty Content"] = Good with { Content = " \n " },
        ["interaction.content.long Content"] = Good with { Content = new('x', Interaction.MaxContent + 1) },
        ["interaction.content.long Transcript"] = Good with { Transcript = new('x', Interaction.MaxContent + 1) },
        ["text.long Subject"] = Good with { Subject = new('x', 201) },
        ["text.long Location"] = Good with { Location = new('x', 201) },
        ["text.long Topics"] = Good with { Topics = [new('x', 201)] },
        ["interaction.at.range At"] = Good with { At = new(1989, 12, 31, 0, 0, 0, DateTimeKind.Utc) },
        ["interaction.at.future At"] = Good with { At = Now.AddDays(2) },
        ["interaction.scheduled.past At"] = Good with { IsScheduled = true, At = Now.AddDays(-2) },
        ["duration.range DurationSeconds"] = Good with { DurationSeconds = -1 },
        ["list.long NextSteps"] = Good with { NextSteps = [.. Enumerable.Repeat("x", 31)] },
        ["list.long Participants"] = Good with { Participants = [.. Enumerable.Repeat(new Participant("x", null, null, null), 101)] },
        ["email.invalid Participants"] = Good with { Participants = [new("x", null, "no address", null)] },
        ["url.invalid RecordingUrl"] = Good with { RecordingUrl = "javascript:alert(1)" },
        ["attachment.many AttachmentIds"] = Good with { AttachmentIds = [.. Enumerable.Range(0, 21).Select(_ => Guid.NewGuid())] },
    };

    public static TheoryData<string> Faults => [.. Faulty.Keys];

    [Theory, MemberData(nameof(Faults))]
    public void Interaction_WithOneFault_IsRefusedWithItsCodeAndField(string fault)
    {
        var errors = InteractionRules.Check(Faulty[fault], Now);
        errors.ShouldHaveSingleItem();
        $"{errors[0].Code} {errors[0].Field}".ShouldBe(fault);
    }

    [Fact]
    public void Interaction_AtEveryLimit_Passes()
    {
        InteractionRules.Check(Good with { Content = new('x', Interaction.MaxContent), Subject = new('x', 200), DurationSeconds = 7 * 24 * 3600, At = Now.AddHours(23) }, Now).ShouldBeEmpty();
        InteractionRules.Check(Good with { IsScheduled = true, At = Now.AddYears(4) }, Now).ShouldBeEmpty();
        InteractionRules.Check(Good with { Content = "", AttachmentIds = [Guid.NewGuid()] }, Now).ShouldBeEmpty();
    }
}
