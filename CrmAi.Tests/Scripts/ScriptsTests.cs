using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Scripts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Tests.AiRuns;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static CrmAi.Tests.Scripts.ScriptStage;

namespace CrmAi.Tests.Scripts;

/// <summary>Words for a step, from the press to what one copies; and whose they are.</summary>
public sealed class ScriptsTests : IAsyncLifetime
{
    private const string Asks = "客户: 麻烦把报价发给我，谢谢。";

    private readonly ScriptedModel model = new() { Model = null };
    private TestDatabase db = null!;
    private Team team = null!;
    private User rep = null!;
    private Acting my = null!;
    private Guid contact, step;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync(services => services.Replace(ServiceDescriptor.Singleton<IModelCalls>(model)));
        team = await db.AddTeamAsync("一队");
        rep = await db.AddUserAsync(Role.SalesRep, team, u => u.ProfileUpdates = true);
        my = db.As(rep);
        contact = (await my.Contacts.AddAsync(Samples.Contact("张三"), default)).Value.Id;
        (await my.Interactions.AddAsync(contact, Samples.Interaction(Asks) with { Type = InteractionType.WeChat, Direction = InteractionDirection.Inbound }, default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        step = (await my.NextActions.OfAsync(contact, default))!.Single(s => s.Reason == ActionReason.QuoteAsked).Id;
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Asked_WritesWords_WithTheirSources_AndARowInTheLedger()
    {
        (await ViewAsync()).ShouldBe(new ScriptView(true, true, null));
        (await my.Scripts.AskAsync(step, ScriptTone.Formal, default)).Succeeded.ShouldBeTrue();
        (await DraftAsync()).State.ShouldBe(AnalysisState.Waiting);
        (await db.JobsAsync()).Last().ShouldSatisfyAllConditions(j => j.Kind.ShouldBe("script"), j => j.Lane.ShouldBe(JobLane.Watched), j => j.UserId.ShouldBe(rep.Id));
        await db.DrainAsync();

        var draft = await DraftAsync();
        (draft.State, draft.Tone, draft.Language, draft.Channel, draft.Analyst, draft.HasStyle).ShouldBe((AnalysisState.Done, ScriptTone.Formal, "zh", InteractionType.WeChat, "rules", false));
        draft.Sentences.Single(s => s.Source is not null).Source!.Quote.ShouldContain("报价");
        draft.Text.ShouldBe(string.Concat(draft.Sentences.Select(s => s.Text)));
        var run = await db.ReadAsync(d => d.AiRuns.SingleAsync(r => r.Type == AiRunType.Script));
        (run.UserId, run.ContactId, run.Claims, run.Dropped, run.ErrorCode).ShouldBe((rep.Id, (Guid?)contact, draft.Sentences.Count, 0, null));

        (await my.Conversations.RateAsync(draft.AiRunId!.Value, true, "直接用了", default)).Succeeded.ShouldBeTrue();
        (await DraftAsync()).RatedUseful.ShouldBe(true);
        (await my.Get<IAiRuns>().PageAsync(new(AiRunType.Script), null, 10, default)).Value.Items.ShouldHaveSingleItem().Id.ShouldBe(run.Id);
    }

    [Fact]
    public async Task AskedAgain_IsAnotherTake_AndTheEarlierStays()
    {
        var first = await WriteAsync();
        var second = await WriteAsync(ScriptTone.Casual);
        (second.Take, second.Takes, second.Tone).ShouldBe((2, 2, ScriptTone.Casual));
        second.Text.ShouldNotBe(first.Text);
        (await my.Scripts.OfAsync(step, 1, default))!.Draft!.ShouldSatisfyAllConditions(d => d.Text.ShouldBe(first.Text), d => d.Tone.ShouldBe(ScriptTone.Formal), d => d.Takes.ShouldBe(2));
    }

    [Fact]
    public async Task TwoTabs_ThatAskAtOnce_GetOneDraft()
    {
        for (var round = 0; round < 3; round++)
        {
            var asked = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => db.As(rep).Scripts.AskAsync(step, ScriptTone.Formal, default))));
            asked.Select(a => a.Value).Distinct().Count().ShouldBe(1);
            (await db.JobsAsync()).Count(j => j is { Kind: "script", State: JobState.Waiting }).ShouldBe(1);
            await db.DrainAsync();
            (await DraftAsync()).Takes.ShouldBe(round + 1);
        }
    }

    [Fact]
    public async Task Edited_IsNeverOverwritten_AndGoesOnlyWhereOneSaysSo()
    {
        var draft = await WriteAsync();
        (await my.Scripts.EditAsync(draft.Id, draft.Version, "我自己的话，报价 8 折", default)).Succeeded.ShouldBeTrue();
        var newer = await WriteAsync(ScriptTone.Friendly);
        (newer.Edited, newer.Takes).ShouldBe(("我自己的话，报价 8 折", 2));
        newer.Text.ShouldNotBe(newer.Edited);
        (await my.Scripts.EditAsync(draft.Id, draft.Version, "从旧窗口来的", default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("conflict");
        (await DraftAsync()).Edited.ShouldBe("我自己的话，报价 8 折");
        (await my.Scripts.EditAsync(draft.Id, newer.Version, new string('x', 5_001), default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("script.text.long");
        (await my.Scripts.EditAsync(draft.Id, newer.Version, null, default)).Succeeded.ShouldBeTrue();
        (await DraftAsync()).Edited.ShouldBeNull();
        // Each change is on record, and at rest nobody reads the words.
        (await db.ReadAsync(d => d.ChangeSets.Where(s => s.UserId == rep.Id && s.Command.StartsWith("script.")).OrderBy(s => s.Id).Select(s => s.Command).ToListAsync())).ShouldBe(["script.ask", "script.edit", "script.ask", "script.edit"]);
        (await db.SqlAsync("SELECT typeof(Text) FROM ScriptSentences LIMIT 1")).ShouldBe("blob");
    }

    [Fact]
    public async Task Draft_IsOnesOwn_WhoeverSeesTheContact()
    {
        var draft = await WriteAsync();
        var (manager, admin, mate) = (db.As(await db.AddUserAsync(Role.Manager, team)), db.As(await db.AddUserAsync(Role.Admin)), db.As(await db.AddUserAsync(Role.SalesRep, team)));
        foreach (var other in (Acting[])[manager, admin, mate])
        {
            (await other.Scripts.OfAsync(step, null, default))!.Draft.ShouldBeNull();
            (await other.Scripts.EditAsync(draft.Id, draft.Version, "别人的", default)).Errors.ShouldHaveSingleItem().ShouldBe(Error.NotFound);
            (await other.Conversations.RateAsync(draft.AiRunId!.Value, false, null, default)).Errors.ShouldHaveSingleItem().ShouldBe(Error.NotFound);
        }
        // Who may not change the contact asks for nothing; who may has words of their own.
        (await mate.Scripts.AskAsync(step, ScriptTone.Formal, default)).Errors.ShouldHaveSingleItem().ShouldBe(Error.Forbidden);
        (await manager.Scripts.AskAsync(step, ScriptTone.Formal, default)).Value.ShouldNotBe(draft.Id);
        var stranger = db.As(await db.AddUserAsync(Role.SalesRep, await db.AddTeamAsync("二队")));
        (await stranger.Scripts.OfAsync(step, null, default)).ShouldBeNull();
        (await stranger.Scripts.AskAsync(step, ScriptTone.Formal, default)).Errors.ShouldHaveSingleItem().ShouldBe(Error.NotFound);
        (await my.Scripts.AskAsync(Guid.NewGuid(), ScriptTone.Formal, default)).Errors.ShouldHaveSingleItem().ShouldBe(Error.NotFound);
    }

    [Fact]
    public async Task SourceThatIsHiddenOrChanged_TakesItsSentenceAlong()
    {
        var draft = await WriteAsync();
        var talk = draft.Sentences.Single(s => s.Source is not null).Source!.Evidence.InteractionId;
        var now = (await my.Interactions.GetAsync(talk, default))!;
        (await my.Interactions.UpdateAsync(talk, now.Version, now.Fields with { Content = "客户: 不用报价了。" }, default)).Succeeded.ShouldBeTrue();
        (await DraftAsync()).Sentences.ShouldAllBe(s => s.Source == null);
        (await DraftAsync()).Sentences.Count.ShouldBe(draft.Sentences.Count - 1);
    }

    [Fact]
    public async Task ContactDeleted_HidesTheDraft_AndAWaitingOneIsNotWritten()
    {
        await my.Scripts.AskAsync(step, ScriptTone.Formal, default);
        (await my.Contacts.DeleteAsync(contact, default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        (await my.Scripts.OfAsync(step, null, default)).ShouldBeNull();
        (await db.ReadAsync(d => d.ScriptSentences.CountAsync())).ShouldBe(0);
        (await db.JobsAsync()).Last(j => j.Kind == "script").State.ShouldBe(JobState.Cancelled);
    }

    [Fact]
    public async Task RejectedStep_IsNotWrittenFor_AcceptedOneIs()
    {
        (await my.NextActions.RejectAsync(step, RejectReason.NotRelevant, null, default)).Succeeded.ShouldBeTrue();
        (await my.Scripts.AskAsync(step, ScriptTone.Formal, default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("script.closed");
        (await my.NextActions.UndoAsync(step, default)).Succeeded.ShouldBeTrue();
        (await my.NextActions.AcceptAsync(step, new(AcceptAs.Task, "发报价", db.Clock.Now.AddHours(2)), default)).Succeeded.ShouldBeTrue();
        (await WriteAsync()).Sentences.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task English_ForWhoWritesEnglish()
    {
        var john = (await my.Contacts.AddAsync(Samples.Contact("John Miller") with { Mobile = null, WeChat = null, Email = "john@other.example", Company = "Other" }, default)).Value.Id;
        await my.Interactions.AddAsync(john, Samples.Interaction("John Miller: Could you please send me the quote, thank you.") with { Type = InteractionType.Email, Direction = InteractionDirection.Inbound }, default);
        await db.DrainAsync();
        step = (await my.NextActions.OfAsync(john, default))![0].Id;
        (await WriteAsync()).ShouldSatisfyAllConditions(d => d.Language.ShouldBe("en"), d => d.Sentences[0].Part.ShouldBe(ScriptPart.Subject), d => d.Text.ShouldNotContain("您"));
    }

    private async Task<DraftView> WriteAsync(ScriptTone tone = ScriptTone.Formal)
    {
        (await my.Scripts.AskAsync(step, tone, default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        return await DraftAsync();
    }

    private async Task<DraftView> DraftAsync() => (await ViewAsync()).Draft!;

    private async Task<ScriptView> ViewAsync() => (await my.Scripts.OfAsync(step, null, default))!;
}
