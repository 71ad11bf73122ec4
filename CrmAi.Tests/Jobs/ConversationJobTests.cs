using CrmAi.Domain.Conversations;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Conversations;
using CrmAi.Infrastructure.Data;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmAi.Tests.Jobs;

public sealed class ConversationJobTests : IAsyncLifetime
{
    private readonly ScriptedAnalyst analyst = new();
    private TestDatabase db = null!;
    private User rep = null!;
    private Acting my = null!;
    private Guid contact;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync(services => services.Replace(ServiceDescriptor.Singleton<IConversationAnalyst>(analyst)));
        rep = await db.AddUserAsync(Role.SalesRep);
        my = db.As(rep);
        contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Interaction_Saved_BringsItsJobAndRingsAfterwards()
    {
        var talk = await AddAsync("第一次谈话");
        var job = (await db.JobsAsync()).ShouldHaveSingleItem();
        (job.Kind, job.Lane, job.State, job.SubjectId, job.ContactId, job.UserId).ShouldBe(("conversation", JobLane.Person, JobState.Waiting, talk.Id, contact, rep.Id));
        db.Bell.Rung.ShouldBe([(JobLane.Person, null)]);
        (await AnalysisAsync(talk.Id)).State.ShouldBe(AnalysisState.Waiting);
        (await db.DrainAsync()).ShouldBe(1);
        var done = await AnalysisAsync(talk.Id);
        (done.State, done.Analyst).ShouldBe((AnalysisState.Done, "scripted"));
        done.Findings.ShouldHaveSingleItem().Quote.ShouldBe("第一次谈话");
    }

    [Fact]
    public async Task Interaction_RolledBack_LeavesNoJobAndNoRing()
    {
        await using (var d = db.Open())
        {
            await using var transaction = await d.Database.BeginTransactionAsync();
            d.Interactions.Add(new() { ContactId = contact, AuthorId = rep.Id, Content = "x", At = db.Clock.Now, CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now });
            d.Begin("test", await my.Get<ICurrentUser>().GetAsync(default), db.Clock.Now);
            await d.SaveChangesAsync();
            (await d.Jobs.CountAsync()).ShouldBe(1);
            await transaction.RollbackAsync();
        }
        (await db.JobsAsync()).ShouldBeEmpty();
        // A save that the database refuses leaves nothing either.
        await using var broken = db.Open();
        broken.Interactions.Add(new() { ContactId = Guid.NewGuid(), AuthorId = rep.Id, Content = "x", At = db.Clock.Now, CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now });
        broken.Begin("test", await my.Get<ICurrentUser>().GetAsync(default), db.Clock.Now);
        await Should.ThrowAsync<DbUpdateException>(() => broken.SaveChangesAsync());
        (await db.JobsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Text_EditedDuringTheRun_IsAnalysedAnewAndTheOldResultCountsForNothing()
    {
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        analyst.Gate = (input, _) => { if (input.Text != "旧的文字") return Task.CompletedTask; reached.TrySetResult(); return go.Task; };
        var talk = await AddAsync("旧的文字");
        var running = Task.Run(() => db.DrainAsync());
        await reached.Task;
        (await my.Interactions.UpdateAsync(talk.Id, 1, Samples.Interaction("新的文字"), default)).Succeeded.ShouldBeTrue();
        go.SetResult();
        await running;
        await db.DrainAsync();
        analyst.Read.ShouldBe(["旧的文字", "新的文字"]);
        (await AnalysisAsync(talk.Id)).Findings.ShouldHaveSingleItem().Quote.ShouldBe("新的文字");
        (await db.JobsAsync()).Select(j => j.State).ShouldBe([JobState.Cancelled, JobState.Done]);
        (await db.ReadAsync(d => d.AiRuns.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Conversation_MovedByAMergeDuringTheRun_IsReadWhereItIsNow()
    {
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        analyst.Gate = (_, _) => { reached.TrySetResult(); return go.Task; };
        var talk = await AddAsync("旧的文字");
        var survivor = (await my.Contacts.AddAsync(Samples.Contact() with { Name = "幸存" }, default)).Value.Id;
        var running = Task.Run(() => db.DrainAsync());
        await reached.Task;
        await using (var d = db.Open()) await d.Interactions.Where(i => i.Id == talk.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.ContactId, survivor));
        go.SetResult();
        await running;
        (await db.ReadAsync(d => d.Analyses.SingleAsync())).ContactId.ShouldBe(survivor);
        (await db.ReadAsync(d => d.Findings.SingleAsync())).ContactId.ShouldBe(survivor);
    }

    [Theory]
    [InlineData("auto off")]
    [InlineData("deleted")]
    [InlineData("emptied")]
    [InlineData("scheduled")]
    public async Task Text_NotToBeAnalysedAnyMoreDuringTheRun_GetsNoStaleResult(string how)
    {
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        analyst.Gate = (_, _) => { reached.TrySetResult(); return go.Task; };
        var talk = await AddAsync("旧的文字很长");
        var file = (await my.Attachments.UploadAsync("a.pdf", new MemoryStream("%PDF-1.7"u8.ToArray()), default)).Value;
        var running = Task.Run(() => db.DrainAsync());
        await reached.Task;
        if (how == "auto off") (await my.Users.SaveAsync(await my.Users.MeAsync(default) with { AutoAnalysis = false }, default)).Succeeded.ShouldBeTrue();
        var changed = how switch
        {
            "deleted" => await my.Interactions.DeleteAsync(talk.Id, default),
            "emptied" => await my.Interactions.UpdateAsync(talk.Id, 1, Samples.Interaction("") with { AttachmentIds = [file.Id] }, default),
            "scheduled" => await my.Interactions.UpdateAsync(talk.Id, 1, Samples.Interaction("新") with { IsScheduled = true, At = db.Clock.Now.AddDays(1) }, default),
            _ => await my.Interactions.UpdateAsync(talk.Id, 1, Samples.Interaction("新的"), default),
        };
        changed.Succeeded.ShouldBeTrue();
        go.SetResult();
        await running;
        await db.DrainAsync();
        (await db.ReadAsync(d => d.Analyses.CountAsync())).ShouldBe(0);
        (await db.ReadAsync(d => d.Findings.CountAsync())).ShouldBe(0);
        (await db.JobsAsync()).ShouldHaveSingleItem().State.ShouldBe(JobState.Cancelled);
    }

    [Fact]
    public async Task Findings_OfAnEditedText_GoAtOnce()
    {
        var talk = await AddAsync("价格太贵");
        await db.DrainAsync();
        (await my.Interactions.UpdateAsync(talk.Id, 1, Samples.Interaction("换了话题"), default)).Succeeded.ShouldBeTrue();
        var view = await AnalysisAsync(talk.Id);
        (view.State, view.Findings.Count).ShouldBe((AnalysisState.Waiting, 0));
        (await my.Conversations.InsightAsync(contact, default))!.Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Edit_ThatLeavesTheTextAlone_KeepsItsAnalysis()
    {
        var talk = (await my.Interactions.AddAsync(contact, Samples.Interaction("价格太贵") with { At = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc) }, default)).Value;
        await db.DrainAsync();
        var fields = (await my.Interactions.GetAsync(talk.Id, default))!.Fields;
        (await my.Interactions.UpdateAsync(talk.Id, 1, fields with { Subject = "新题目", IsImportant = true }, default)).Succeeded.ShouldBeTrue();
        (await AnalysisAsync(talk.Id)).State.ShouldBe(AnalysisState.Done);
        (await db.JobsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task AutoAnalysis_SwitchedOff_MakesNoJobUntilAsked()
    {
        (await my.Users.SaveAsync(await my.Users.MeAsync(default) with { AutoAnalysis = false }, default)).Succeeded.ShouldBeTrue();
        var talk = await AddAsync("价格太贵");
        (await db.JobsAsync()).ShouldBeEmpty();
        (await my.Conversations.AnalyseAsync(talk.Id, default)).Succeeded.ShouldBeTrue();
        (await my.Conversations.AnalyseAsync(talk.Id, default)).Errors.Single().Code.ShouldBe("analysis.running");
        await db.DrainAsync();
        (await AnalysisAsync(talk.Id)).State.ShouldBe(AnalysisState.Done);
    }

    [Fact]
    public async Task FailingAnalyst_IsRetriedLaterAndLater_ThenFailedUntilAskedAgain()
    {
        analyst.FailTimes(JobRetries.MaxAttempts);
        var talk = await AddAsync("价格太贵");
        for (var attempt = 1; attempt <= JobRetries.MaxAttempts; attempt++)
        {
            (await db.DrainAsync()).ShouldBe(1, $"attempt {attempt}");
            (await db.DrainAsync()).ShouldBe(0, $"not before the delay after attempt {attempt}");
            var job = (await db.JobsAsync()).Single();
            (job.Attempts, job.ErrorCode, job.ErrorDetail).ShouldBe((attempt, "job.fault", nameof(TimeoutException)));
            if (JobRetries.DelayAfter(attempt) is not { } delay) break;
            job.State.ShouldBe(JobState.Waiting);
            db.Bell.Rung.Last().ShouldBe((JobLane.Person, job.DueAt));
            db.Clock.Advance(delay);
        }
        (await AnalysisAsync(talk.Id)).ShouldSatisfyAllConditions(v => v.State.ShouldBe(AnalysisState.Failed), v => v.ErrorCode.ShouldBe("job.fault"));
        db.Clock.Advance(TimeSpan.FromDays(1));
        (await db.DrainAsync()).ShouldBe(0);

        (await my.Conversations.AnalyseAsync(talk.Id, default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        (await AnalysisAsync(talk.Id)).ShouldSatisfyAllConditions(v => v.State.ShouldBe(AnalysisState.Done), v => v.ErrorCode.ShouldBeNull());
        analyst.Read.Count.ShouldBe(JobRetries.MaxAttempts + 1);
    }

    [Fact]
    public async Task Result_WithoutASupportedClaim_FailsAtOnceAndShowsNothing()
    {
        analyst.Lies = true;
        var talk = await AddAsync("价格太贵");
        await db.DrainAsync();
        db.Clock.Advance(TimeSpan.FromDays(1));
        (await db.DrainAsync()).ShouldBe(0);
        var view = await AnalysisAsync(talk.Id);
        (view.State, view.ErrorCode, view.Findings.Count).ShouldBe((AnalysisState.Failed, "analysis.uncited", 0));
        (await db.ReadAsync(d => d.AiRuns.SingleAsync())).ShouldSatisfyAllConditions(r => r.ErrorCode.ShouldBe("analysis.uncited"), r => r.Dropped.ShouldBe(1));
    }

    [Fact]
    public async Task Rating_OfAResult_IsKeptAndLimited()
    {
        var talk = await AddAsync("价格太贵");
        await db.DrainAsync();
        var run = (await AnalysisAsync(talk.Id)).AiRunId!.Value;
        (await my.Conversations.RateAsync(run, false, "不准", default)).Succeeded.ShouldBeTrue();
        (await AnalysisAsync(talk.Id)).RatedUseful.ShouldBe(false);
        // What was said of it stays with the same opinion, and goes with another.
        (await my.Conversations.RateAsync(run, false, null, default)).Succeeded.ShouldBeTrue();
        (await db.ReadAsync(d => d.AiRuns.SingleAsync())).Comment.ShouldBe("不准");
        (await my.Conversations.RateAsync(run, true, null, default)).Succeeded.ShouldBeTrue();
        (await db.ReadAsync(d => d.AiRuns.SingleAsync())).Comment.ShouldBeNull();
        (await my.Conversations.RateAsync(run, true, new('x', 1001), default)).Errors.Single().Code.ShouldBe("feedback.comment.long");
        (await my.Conversations.RateAsync(Guid.NewGuid(), true, null, default)).Errors.ShouldBe([Error.NotFound]);
    }

    private async Task<Saved> AddAsync(string text) => (await my.Interactions.AddAsync(contact, Samples.Interaction(text), default)).Value;

    private async Task<AnalysisView> AnalysisAsync(Guid id) => (await my.Interactions.GetAsync(id, default))!.Analysis;
}
