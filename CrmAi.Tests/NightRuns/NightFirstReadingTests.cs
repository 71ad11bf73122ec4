using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Jobs;
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

/// <summary>What came in bulk, and no job read, the night reads: once, and what a profile is made of it.</summary>
public sealed class NightFirstReadingTests : IAsyncLifetime
{
    private readonly ScriptedModel model = new() { Model = null, Answer = question => question.Task == AiRunType.Conversation ? Said.Conversation(summary: ["请发一下详细的数据和测试报告"]) : Said.Profile() };
    private TestDatabase db = null!;
    private User rep = null!, admin = null!;
    private Contact contact = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<IModelCalls>(model));
            NightStage.Configure(services, null, 4, o => (o.Workers, o.AtOnce) = (1, 1));
        });
        (rep, admin) = (await db.AddUserAsync(Role.SalesRep, change: u => (u.AutoAnalysis, u.ProfileUpdates) = (true, true)), await db.AddUserAsync(Role.Admin));
        contact = new() { Name = "林若溪", OwnerId = rep.Id, CreatedAt = db.Clock.Now.AddDays(-9), UpdatedAt = db.Clock.Now.AddDays(-9) };
        await db.WriteAsync(d => d.Contacts.Add(contact));
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Theory]
    [InlineData(null, "rules")]
    [InlineData("test-model", "test-model")]
    public async Task Conversations_ThatNobodyRead_AreReadOnce_AndAProfileIsMadeOfThem(string? with, string by)
    {
        model.Model = with;
        for (var day = 1; day <= 3; day++) await TalkAsync(day);
        var night = await NightAsync();
        (night.State, night.Chosen, night.Reread, night.Failed, night.Renewed).ShouldBe((NightRunState.Done, 1, 3, 0, 1));
        night.Reasons.ShouldHaveSingleItem().Reason.ShouldBe(NightReason.Conversations);
        (await db.ReadAsync(d => d.Analyses.Select(a => a.Analyst).ToListAsync())).ShouldBe([by, by, by]);
        (await db.ReadAsync(d => d.AiRuns.CountAsync(r => r.Type == AiRunType.Conversation && r.UserId == rep.Id))).ShouldBe(3, "on its author's behalf, in the ledger");
        var asked = model.Asked.Count;
        db.Clock.Advance(TimeSpan.FromDays(1));
        (await NightAsync()).Reread.ShouldBe(0);
        model.Asked.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task Conversation_WhoseAnswerDidNotDo_IsNotAskedEveryNight()
    {
        model.Model = "test-model";
        model.Answer = question => question.Task == AiRunType.Conversation ? Said.Conversation(summary: ["没有说过的话"], findings: [Said.Finding("Need", "也没有说过")]) : Said.Profile();
        await TalkAsync(1);
        await NightAsync();
        (await db.ReadAsync(d => d.AiRuns.Where(r => r.Type == AiRunType.Conversation).Select(r => r.ErrorCode).ToListAsync())).ShouldBe(["ai.uncited"]);
        db.Clock.Advance(TimeSpan.FromDays(1));
        await NightAsync();
        model.Asked.Count(q => q.Task == AiRunType.Conversation).ShouldBe(1);
    }

    [Fact]
    public async Task Private_Planned_Empty_Waiting_OrOfWhoIsOff_AreLeft()
    {
        var off = await db.AddUserAsync(Role.SalesRep, change: u => u.AutoAnalysis = false);
        var (secret, planned, empty, waiting, others) = (await TalkAsync(1), await TalkAsync(1), await TalkAsync(1), await TalkAsync(1), await TalkAsync(1));
        await using (var d = db.Open())
        {
            await d.Interactions.Where(i => i.Id == secret).ExecuteUpdateAsync(s => s.SetProperty(i => i.IsPrivate, true));
            await d.Interactions.Where(i => i.Id == planned).ExecuteUpdateAsync(s => s.SetProperty(i => i.IsScheduled, true));
            await d.Interactions.Where(i => i.Id == empty).ExecuteUpdateAsync(s => s.SetProperty(i => i.Content, " "));
            await d.Interactions.Where(i => i.Id == others).ExecuteUpdateAsync(s => s.SetProperty(i => i.AuthorId, off.Id));
        }
        await db.WriteAsync(d => d.Jobs.Add(new() { Kind = ConversationJob.Kind, Lane = JobLane.Person, SubjectId = waiting, ContactId = contact.Id, UserId = rep.Id, Total = 1, DueAt = db.Clock.Now, CreatedAt = db.Clock.Now }));
        (await NightAsync()).ShouldSatisfyAllConditions(n => n.Chosen.ShouldBe(0), n => n.Reread.ShouldBe(0));
        await db.WriteAsync(d => d.Jobs.Single(j => j.SubjectId == waiting).State = JobState.Failed);
        (await NightAsync()).Reread.ShouldBe(1, "its job came to nothing");
    }

    [Fact]
    public async Task Text_ChangedWhileItWasRead_KeepsNothingOfTheFormer()
    {
        model.Model = "test-model";
        var id = await TalkAsync(1);
        var answer = model.Answer;
        model.Answer = question =>
        {
            using var d = db.Open();
            if (question.Task == AiRunType.Conversation) d.Interactions.Where(i => i.Id == id).ExecuteUpdate(s => s.SetProperty(i => i.Content, "另一段话").SetProperty(i => i.Version, i => i.Version + 1));
            return answer(question);
        };
        (await NightAsync()).ShouldSatisfyAllConditions(n => n.Reread.ShouldBe(0), n => n.CostMicros.ShouldBe(4500, "it was paid for"));
        (await db.ReadAsync(d => d.Analyses.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task SwitchedOff_WhileOthersAreRead_IsOffAtOnce()
    {
        model.Model = "test-model";
        for (var day = 1; day <= 3; day++) await TalkAsync(day);
        var answer = model.Answer;
        model.Answer = question =>
        {
            using var d = db.Open();
            d.Users.Where(u => u.Id == rep.Id).ExecuteUpdate(s => s.SetProperty(u => u.AutoAnalysis, false).SetProperty(u => u.ProfileUpdates, false));
            return answer(question);
        };
        (await NightAsync()).Reread.ShouldBe(0);
        model.Asked.Count.ShouldBe(1, "what was under way; nothing after it");
    }

    private async Task<NightProgress> NightAsync()
    {
        var nights = db.As(admin).Get<INightRuns>();
        var started = await nights.StartAsync(default);
        // With nothing to do a person begins none; the schedule does.
        if (started.Errors is [{ Code: "night.nothing" }]) await db.WriteAsync(d => d.NightRuns.Add(new() { CreatedAt = db.Clock.Now, EndsAt = db.Clock.Now.AddHours(4) }));
        else started.Succeeded.ShouldBeTrue();
        await db.Get<NightWorkers>().DrainAsync(default);
        return (await nights.OverviewAsync(default))!.Latest!;
    }

    // As an import writes it: past the jobs of the day.
    private async Task<Guid> TalkAsync(int daysAgo)
    {
        var talk = new Interaction { ContactId = contact.Id, AuthorId = rep.Id, Content = $"{NightStage.Words} {daysAgo}", At = db.Clock.Now.AddDays(-daysAgo), CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now };
        await using var d = db.Open();
        await using var transaction = await d.Database.BeginTransactionAsync();
        await new BulkWriter(d).WriteAsync([talk], default);
        await transaction.CommitAsync();
        return talk.Id;
    }
}
