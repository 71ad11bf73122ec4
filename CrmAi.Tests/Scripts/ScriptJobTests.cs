using CrmAi.Bench.Models;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Scripts;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Tests.AiRuns;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static CrmAi.Tests.Scripts.ScriptStage;

namespace CrmAi.Tests.Scripts;

/// <summary>A model that writes while somebody looks on, over HTTP: what is seen in mid-stream, and what becomes of it when it is cut off, switched off, taken away or killed.</summary>
public sealed class ScriptJobTests : IAsyncLifetime
{
    private const string Asks = "客户: 麻烦把报价发给我，谢谢。";

    private static readonly string Fit = Answer(Said("Greeting", "张三，您好！"), Said("Body", "您说的报价我正在准备。", "c1", "麻烦把报价发给我"), Said("Question", "您看报价还要发给哪位过目？"));

    private readonly TaskCompletionSource rest = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ModelCallsStage stage = null!;
    private User rep = null!;
    private Acting my = null!;
    private Guid contact, step;

    private TestDatabase Db => stage.Database;

    public async Task InitializeAsync()
    {
        stage = await ModelCallsStage.StartAsync(o => (o.Attempts, o.BreakerFaults) = (2, 100));
        stage.StandIn.Script = _ => StandInReply.Refused(401); // rules read the conversations
        rep = await Db.AddUserAsync(Role.SalesRep, await Db.AddTeamAsync("一队"), u => u.ProfileUpdates = true);
        my = Db.As(rep);
        contact = (await my.Contacts.AddAsync(Samples.Contact("张三"), default)).Value.Id;
        await my.Interactions.AddAsync(contact, Samples.Interaction(Asks) with { Type = InteractionType.WeChat, Direction = InteractionDirection.Inbound }, default);
        await Db.DrainAsync();
        step = (await my.NextActions.OfAsync(contact, default))!.Single(s => s.Reason == ActionReason.QuoteAsked).Id;
        stage.StandIn.Script = _ => StandInReply.Answer(Fit);
    }

    public Task DisposeAsync() => stage.DisposeAsync().AsTask();

    [Fact]
    public async Task Sentences_AreRead_WhileTheRestIsStillWritten()
    {
        stage.StandIn.Next(StandInReply.Answer(Fit[..^40]) with { HoldEnd = rest.Task }); // cut off before the last is complete
        await AskAsync();
        var drain = Task.Run(() => Db.Workers.DrainAsync(JobLane.Watched, default));
        await Eventually.TrueAsync(async () => (await DraftAsync()).Sentences.Count == 2, "two sentences never came");
        (await DraftAsync()).ShouldSatisfyAllConditions(d => d.State.ShouldBe(AnalysisState.Running), d => d.Sentences[1].Source!.Quote.ShouldBe("麻烦把报价发给我"));
        rest.SetResult();
        await drain;
        // What was cut off was asked for once more, and stands as a whole.
        (await DraftAsync()).ShouldSatisfyAllConditions(d => d.State.ShouldBe(AnalysisState.Done), d => d.Sentences.Count.ShouldBe(3), d => d.Analyst.ShouldBe("stand-in-1"), d => d.Note.ShouldBeNull());
    }

    [Theory]
    [InlineData("prose", "ai.schema")]
    [InlineData("half", "ai.schema")]
    [InlineData("schema", "ai.schema")]
    [InlineData("nothing", "ai.schema")]
    [InlineData("refused", "ai.refused")]
    [InlineData("busy", "ai.busy")]
    [InlineData("dropped", "ai.fault")]
    [InlineData("truncated", "ai.schema")]
    public async Task ModelThatFails_TheRulesStandIn_WithTheReason(string how, string code)
    {
        stage.StandIn.Script = _ => how switch
        {
            "prose" => StandInReply.Answer("Dear customer, buy now."),
            "half" => StandInReply.Answer(Fit[..60]),
            "schema" => StandInReply.Answer("""{"mood":"fine"}"""),
            "nothing" => StandInReply.Answer(""),
            "refused" => StandInReply.Refused(401),
            "busy" => StandInReply.Refused(429, "0"),
            "dropped" => StandInReply.Answer(Fit) with { Drops = true },
            _ => StandInReply.Truncated(Fit[..^20]),
        };
        await AskAsync();
        await Db.DrainAsync();
        (await DraftAsync()).ShouldSatisfyAllConditions(d => d.State.ShouldBe(AnalysisState.Done), d => d.Analyst.ShouldBe("rules"), d => d.Note.ShouldBe(code), d => d.Sentences.Count.ShouldBeGreaterThan(3), d => d.Text.ShouldNotContain("buy now"));
    }

    [Fact]
    public async Task SwitchedOffWhileItWaits_TheModelIsNotAsked_AndTheUseCaseRefuses()
    {
        var before = stage.StandIn.Requests.Count;
        await AskAsync();
        await SwitchAsync(false);
        await Db.DrainAsync();
        stage.StandIn.Requests.Count.ShouldBe(before);
        (await Db.JobsAsync()).Last(j => j.Kind == "script").State.ShouldBe(JobState.Cancelled);
        (await my.Scripts.AskAsync(step, ScriptTone.Formal, default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("script.off");
        (await my.Scripts.OfAsync(step, null, default))!.ShouldSatisfyAllConditions(v => v.IsOn.ShouldBeFalse(), v => v.Draft!.State.ShouldBe(AnalysisState.None));
        await SwitchAsync(true);
        await AskAsync();
        await Db.DrainAsync();
        (await DraftAsync()).Sentences.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("off")]
    [InlineData("deleted")]
    [InlineData("private")]
    public async Task TakenAwayInMidStream_StopsAtOnce_AndLeavesNothing(string how)
    {
        stage.StandIn.Next(StandInReply.Answer(Fit[..^40]) with { HoldEnd = rest.Task });
        var owner = rep;
        if (how == "private")
        {
            // A colleague with whom it was shared for changing, until it is not.
            owner = await Db.AddUserAsync(Role.SalesRep, await Db.AddTeamAsync("二队"));
            await Db.WriteAsync(d => d.ContactShares.Add(new() { ContactId = contact, UserId = owner.Id, MayChange = true, CreatedAt = Db.Clock.Now }));
        }
        var his = Db.As(owner);
        (await his.Scripts.AskAsync(step, ScriptTone.Formal, default)).Succeeded.ShouldBeTrue();
        var drain = Task.Run(() => Db.Workers.DrainAsync(JobLane.Watched, default));
        await Eventually.TrueAsync(async () => await Db.ReadAsync(d => d.ScriptSentences.CountAsync()) == 2, "two sentences never came");
        if (how == "off") await SwitchAsync(false);
        else if (how == "deleted") (await my.Contacts.DeleteAsync(contact, default)).Succeeded.ShouldBeTrue();
        else await Db.WriteAsync(d => d.ContactShares.Remove(d.ContactShares.Single(s => s.UserId == owner.Id)));
        await drain; // though the model holds its end back
        (await Db.ReadAsync(d => d.ScriptSentences.CountAsync())).ShouldBe(0);
        (await Db.JobsAsync()).Last(j => j.Kind == "script").State.ShouldBe(JobState.Cancelled);
        rest.SetResult();
    }

    [Fact]
    public async Task Killed_IsTakenUpByAnother_FromAnEmptyPage()
    {
        await AskAsync();
        // One died after its first sentence.
        var died = (await Db.Workers.LeaseAsync(JobLane.Watched, default))!;
        await Db.WriteAsync(d => d.ScriptSentences.Add(new() { DraftId = died.SubjectId, Take = 1, Position = 0, Part = ScriptPart.Greeting, Text = "半句" }));
        Db.Clock.Advance(TimeSpan.FromMinutes(2));
        await Db.DrainAsync();
        (await DraftAsync()).Sentences.Select(s => s.Text).ShouldBe(["张三，您好！", "您说的报价我正在准备。", "您看报价还要发给哪位过目？"]);
        (await Db.JobsAsync()).Last(j => j.Kind == "script").State.ShouldBe(JobState.Done);
    }

    [Fact]
    public async Task LeaseLostInMidStream_WritesNoMore()
    {
        stage.StandIn.Next(StandInReply.Answer(Fit) with { Hold = rest.Task });
        await AskAsync();
        var drain = Task.Run(() => Db.Workers.DrainAsync(JobLane.Watched, default));
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 1, "the model was never asked");
        await Db.WriteAsync(d => d.Jobs.Single(j => j.Kind == "script").LeasedBy = Guid.NewGuid());
        rest.SetResult();
        await drain;
        (await Db.ReadAsync(d => d.ScriptSentences.CountAsync())).ShouldBe(0);
        (await Db.ReadAsync(d => d.ScriptTakes.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task WatchedLane_IsServed_WhileOthersAreStillBusy()
    {
        stage.StandIn.Next(StandInReply.Answer(Fit) with { Hold = rest.Task });
        await AskAsync();
        var slow = Task.Run(() => Db.Workers.WakeAsync(JobLane.Watched, default));
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 1, "the model was never asked");
        // A second person presses while the first one's words are still being written.
        var other = Db.As(await Db.AddUserAsync(Role.Admin));
        (await other.Scripts.AskAsync(step, ScriptTone.Casual, default)).Succeeded.ShouldBeTrue();
        (await Db.Workers.WakeAsync(JobLane.Watched, default)).ShouldBe(1);
        (await other.Scripts.OfAsync(step, null, default))!.Draft!.State.ShouldBe(AnalysisState.Done);
        rest.SetResult();
        (await slow).ShouldBe(1);
    }

    private async Task AskAsync() => (await my.Scripts.AskAsync(step, ScriptTone.Formal, default)).Succeeded.ShouldBeTrue();

    private async Task SwitchAsync(bool on) => (await my.Users.SaveAsync(await my.Users.MeAsync(default) with { ScriptGeneration = on }, default)).Succeeded.ShouldBeTrue();

    private async Task<DraftView> DraftAsync() => (await my.Scripts.OfAsync(step, null, default))!.Draft!;
}
