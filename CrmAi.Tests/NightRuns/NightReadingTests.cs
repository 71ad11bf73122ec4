using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Conversations;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.NightRuns;
using CrmAi.Tests.AiRuns;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmAi.Tests.NightRuns;

/// <summary>Conversations that the rules read while the model was away, or another reader read, are read again.</summary>
public sealed class NightReadingTests : IAsyncLifetime
{
    private readonly ScriptedModel model = new() { Answer = question => question.Task == AiRunType.Conversation ? Said.Conversation(summary: ["请发一下详细的数据和测试报告"]) : Said.Profile() };
    private TestDatabase db = null!;
    private User rep = null!, admin = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync(Configure);
        // By day nothing follows by itself, so that the jobs are not first.
        rep = await db.AddUserAsync(Role.SalesRep, change: u => u.AutoAnalysis = false);
        admin = await db.AddUserAsync(Role.Admin);
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Theory]
    [InlineData("rules", "ai.fault")]
    [InlineData("rules", "ai.off")]
    [InlineData("rules", null)]
    [InlineData("former-model", null)]
    public async Task Conversation_ReadByAnother_IsReadAgainOnce(string by, string? why)
    {
        var talk = await TalkAsync(by, why);
        var night = await NightAsync();
        (night.State, night.Reread, night.Failed).ShouldBe((NightRunState.Done, 1, 0));
        night.Reasons.ShouldHaveSingleItem().ShouldBe(new(NightReason.First, 1), "it was never looked at, which comes first");
        var analysis = await db.ReadAsync(d => d.Analyses.SingleAsync(a => a.InteractionId == talk.Id));
        (analysis.Analyst, analysis.Summary.Count).ShouldBe(("test-model", 1));
        var run = await db.ReadAsync(d => d.AiRuns.SingleAsync(r => r.Id == analysis.AiRunId));
        (run.UserId, run.CostMicros, run.ErrorCode).ShouldBe((rep.Id, 4500L, null));
        night.CostMicros.ShouldBe(2 * 4500, "the conversation, and the profile made of it");
        var asked = model.Asked.Count;
        (await NightAsync()).Reasons.ShouldNotContain(r => r.Reason == NightReason.Conversations);
        model.Asked.Count.ShouldBe(asked, "the next night asks nothing");
    }

    [Fact]
    public async Task Conversations_OfALookedAtContact_AreAReasonOfTheirOwn()
    {
        await TalkAsync("test-model", null, await VersionAsync());
        await NightAsync();
        var talk = await TalkAsync("rules", "ai.breaker", contact: await db.ReadAsync(d => d.Contacts.Select(c => c.Id).SingleAsync()), analysed: TimeSpan.FromHours(-2));
        (await NightAsync()).ShouldSatisfyAllConditions(n => n.Reasons.ShouldHaveSingleItem().ShouldBe(new(NightReason.Conversations, 1)), n => n.Reread.ShouldBe(1), n => n.Chosen.ShouldBe(1));
        (await db.ReadAsync(d => d.Analyses.SingleAsync(a => a.InteractionId == talk.Id))).Analyst.ShouldBe("test-model");
        var report = (await db.As(admin).Get<INightRuns>().ReportAsync((await LatestAsync()).Id, default))!;
        report.Progress.Reread.ShouldBe(1);
    }

    [Fact]
    public async Task Conversation_WhoseAnswerDidNotDo_IsNotAskedEveryNight()
    {
        model.Answer = question => question.Task == AiRunType.Conversation ? Said.Conversation(summary: ["没有说过的话"], findings: [Said.Finding("Need", "也没有说过")]) : Said.Profile();
        await TalkAsync("former-model", null);
        await NightAsync();
        var asked = model.Asked.Count(q => q.Task == AiRunType.Conversation);
        asked.ShouldBe(1);
        db.Clock.Advance(TimeSpan.FromDays(1));
        (await NightAsync()).Reread.ShouldBe(0);
        model.Asked.Count(q => q.Task == AiRunType.Conversation).ShouldBe(asked);
    }

    [Fact]
    public async Task Model_ThatIsStillAway_LeavesWhatStands_AndIsAskedTheNextNight()
    {
        var (old, rules) = (await TalkAsync("former-model", null), await TalkAsync("rules", "ai.timeout"));
        // Of the text as it stands.
        await using (var d = db.Open())
        {
            var digest = ConversationMaking.DigestOf(await ConversationInputs.OfAsync(d, old, default), new("former-model", "1"));
            await d.Analyses.Where(a => a.InteractionId == old.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.InputDigest, digest));
        }
        model.Unavailable = "ai.fault";
        (await NightAsync()).ShouldSatisfyAllConditions(n => n.Failed.ShouldBe(0), n => n.State.ShouldBe(NightRunState.Done));
        (await db.ReadAsync(d => d.Analyses.SingleAsync(a => a.InteractionId == old.Id))).Analyst.ShouldBe("former-model", "the rules never take a model's place");
        model.Unavailable = null;
        db.Clock.Advance(TimeSpan.FromMinutes(1));
        (await NightAsync()).Reread.ShouldBe(2);
        (await db.ReadAsync(d => d.Analyses.Select(a => a.Analyst).Distinct().SingleAsync())).ShouldBe("test-model");
        _ = rules;
    }

    [Fact]
    public async Task NoModel_NothingIsReadAgain()
    {
        model.Model = null;
        await TalkAsync("rules", "ai.off");
        (await NightAsync()).Reread.ShouldBe(0);
        (await ChosenAsync(NightReason.Conversations)).ShouldBe(0);
    }

    [Fact]
    public async Task Conversations_OfWhoIsOff_PrivateDeletedPlannedOrOfAnArchivedContact_StayAsTheyAre()
    {
        var off = await db.AddUserAsync(Role.SalesRep, change: u => u.AutoAnalysis = false);
        var gone = await db.AddUserAsync(Role.SalesRep, change: u => u.AutoAnalysis = false);
        var kept = new List<Interaction>
        {
            await TalkAsync("rules", "ai.fault", author: off), await TalkAsync("rules", "ai.fault", author: gone), await TalkAsync("rules", "ai.fault"), await TalkAsync("rules", "ai.fault"), await TalkAsync("rules", "ai.fault"), await TalkAsync("rules", "ai.fault"), await TalkAsync("rules", "ai.fault"),
        };
        await db.WriteAsync(d =>
        {
            foreach (var user in d.Users) user.AutoAnalysis = user.Id != off.Id;
            d.Users.Single(u => u.Id == gone.Id).IsActive = false;
        });
        await using (var d = db.Open())
        {
            await d.Interactions.Where(i => i.Id == kept[2].Id).ExecuteUpdateAsync(s => s.SetProperty(i => i.IsPrivate, true));
            await d.Interactions.Where(i => i.Id == kept[3].Id).ExecuteUpdateAsync(s => s.SetProperty(i => i.DeletedAt, db.Clock.Now));
            await d.Interactions.Where(i => i.Id == kept[4].Id).ExecuteUpdateAsync(s => s.SetProperty(i => i.IsScheduled, true));
            await d.Contacts.Where(c => c.Id == kept[5].ContactId).ExecuteUpdateAsync(s => s.SetProperty(c => c.IsArchived, true));
            await d.Contacts.Where(c => c.Id == kept[6].ContactId).ExecuteUpdateAsync(s => s.SetProperty(c => c.DeletedAt, db.Clock.Now));
        }
        (await NightAsync()).Reread.ShouldBe(0);
        model.Asked.ShouldNotContain(q => q.Task == AiRunType.Conversation);
        (await db.ReadAsync(d => d.Analyses.CountAsync(a => a.Analyst == "rules"))).ShouldBe(7);
    }

    [Fact]
    public async Task Budget_SpentInItsMidst_LeavesTheRestForAnotherNight()
    {
        for (var talk = 0; talk < 6; talk++) await TalkAsync("rules", "ai.budget");
        (await db.As(admin).Get<INightRuns>().SavePlanAsync(new(true, new(2, 0), "Asia/Shanghai", 240, 14, 9_000), 0, default)).Succeeded.ShouldBeTrue();
        var night = await NightAsync();
        (night.State, night.Reason, night.Reread, night.CostMicros).ShouldBe((NightRunState.Stopped, NightStop.Budget, 2, 9_000L));
        (await db.As(admin).Get<INightRuns>().SavePlanAsync(new(true, new(2, 0), "Asia/Shanghai", 240, 14, null), 1, default)).Succeeded.ShouldBeTrue();
        (await NightAsync()).Reread.ShouldBe(4);
    }

    [Fact]
    public async Task Text_ChangedWhileItWasRead_KeepsNothingOfTheFormer()
    {
        var talk = await TalkAsync("rules", "ai.fault");
        var answer = model.Answer;
        model.Answer = question =>
        {
            if (question.Task == AiRunType.Conversation)
            {
                using var d = db.Open();
                d.Findings.Where(f => f.InteractionId == talk.Id).ExecuteDelete();
                d.Analyses.Where(a => a.InteractionId == talk.Id).ExecuteDelete();
            }
            return answer(question);
        };
        (await NightAsync()).ShouldSatisfyAllConditions(n => n.Reread.ShouldBe(0), n => n.CostMicros.ShouldBe(4500, "it was paid for"));
        (await db.ReadAsync(d => d.Analyses.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task TwoProcesses_ReadEachConversationOnce()
    {
        for (var talk = 0; talk < 24; talk++) await TalkAsync("rules", "ai.fault");
        await using var other = TestDatabase.Services(db.Folder, s => Configure(s));
        await db.WriteAsync(d => d.Users.Single(u => u.Id == rep.Id).AutoAnalysis = true);
        (await db.As(admin).Get<INightRuns>().StartAsync(default)).Succeeded.ShouldBeTrue();
        await Task.WhenAll(UntilEndedAsync(db.Get<NightWorkers>()), UntilEndedAsync(other.GetRequiredService<NightWorkers>()));
        (await LatestAsync()).Reread.ShouldBe(24);
        var asked = model.Asked.Where(q => q.Task == AiRunType.Conversation).Select(q => q.InteractionId).ToList();
        (asked.Count, asked.Distinct().Count()).ShouldBe((24, 24));

        Task UntilEndedAsync(NightWorkers workers) => Task.Run(() => Eventually.TrueAsync(async () =>
        {
            await workers.DrainAsync(default);
            return await db.ReadAsync(d => d.NightRuns.AllAsync(r => r.Active == null));
        }, "the run ends"));
    }

    private void Configure(IServiceCollection services)
    {
        services.Replace(ServiceDescriptor.Singleton<IModelCalls>(model));
        NightStage.Configure(services, null, 4, o => (o.Workers, o.AtOnce) = (1, 1));
    }

    private async Task<NightProgress> NightAsync()
    {
        await db.WriteAsync(d => { foreach (var user in d.Users.Where(u => u.Id == rep.Id)) (user.AutoAnalysis, user.ProfileUpdates) = (true, true); });
        var started = await db.As(admin).Get<INightRuns>().StartAsync(default);
        // With nothing to do a person begins none; the schedule does.
        if (started.Errors is [{ Code: "night.nothing" }]) await db.WriteAsync(d => d.NightRuns.Add(new() { CreatedAt = db.Clock.Now, EndsAt = db.Clock.Now.AddHours(4) }));
        else started.Succeeded.ShouldBeTrue();
        await db.Get<NightWorkers>().DrainAsync(default);
        await db.WriteAsync(d => { foreach (var user in d.Users.Where(u => u.Id == rep.Id)) (user.AutoAnalysis, user.ProfileUpdates) = (false, false); });
        return await LatestAsync();
    }

    private async Task<NightProgress> LatestAsync() => (await db.As(admin).Get<INightRuns>().OverviewAsync(default))!.Latest!;

    private async Task<int> ChosenAsync(NightReason reason) => (await LatestAsync()).Reasons.Where(r => r.Reason == reason).Sum(r => r.Contacts);

    private Task<string> VersionAsync() => db.Get<IConversationAnalyst>().VersionAsync(Guid.Empty, null, default);

    private async Task<Interaction> TalkAsync(string by, string? why, string version = "1", Guid? contact = null, User? author = null, TimeSpan analysed = default)
    {
        var of = contact is { } known ? null : new Domain.Contacts.Contact { Name = "林若溪", OwnerId = rep.Id, CreatedAt = db.Clock.Now.AddDays(-9), UpdatedAt = db.Clock.Now.AddDays(-9) };
        var talk = new Interaction { ContactId = of?.Id ?? contact!.Value, AuthorId = (author ?? rep).Id, Content = NightStage.Words, At = db.Clock.Now.AddDays(-1), CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now };
        var run = new AiRun { Type = AiRunType.Conversation, UserId = rep.Id, ContactId = talk.ContactId, InteractionId = talk.Id, InputDigest = new byte[32], Analyst = by, AnalystVersion = version, PromptVersion = by == "rules" ? null : "conversation/zh/1", ErrorCode = why, At = db.Clock.Now };
        await db.WriteAsync(d =>
        {
            if (of is not null) d.Contacts.Add(of);
            d.AddRange(talk, run, new ConversationAnalysis { InteractionId = talk.Id, ContactId = talk.ContactId, AiRunId = run.Id, Analyst = by, AnalystVersion = version, InputDigest = new byte[32], AnalysedAt = db.Clock.Now + analysed });
        });
        return talk;
    }
}
