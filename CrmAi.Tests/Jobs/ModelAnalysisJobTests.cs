using CrmAi.Domain.Conversations;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Tests.AiRuns;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmAi.Tests.Jobs;

/// <summary>Who made what stands: the model, or the rules in its stead, and when it is made anew.</summary>
public sealed class ModelAnalysisJobTests : IAsyncLifetime
{
    private readonly ScriptedModel model = new()
    {
        Answer = q => q.SchemaName == "profile" ? Said.Profile(Said.Claim(ProfileKeys.Need, null, [("c1", Words(q))])) : Said.Conversation(findings: [Said.Finding("Need", Words(q))]),
    };

    private TestDatabase db = null!;
    private Acting my = null!;
    private Guid contact;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync(services => services.Replace(ServiceDescriptor.Singleton<IModelCalls>(model)));
        my = db.As(await db.AddUserAsync(Role.SalesRep, await db.AddTeamAsync("一队"), u => u.ProfileUpdates = true));
        contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Model_ReadsAndMakesTheProfile_AndWhatItCostIsOnRecord()
    {
        var talk = await SayAsync();
        (await AnalysisAsync(talk)).ShouldSatisfyAllConditions(a => a.Analyst.ShouldBe("test-model"), a => a.Note.ShouldBeNull(), a => a.Findings.ShouldContain(f => f.Quote == Samples.Talk.Substring(4, 4)));
        (await ProfileAsync()).ShouldSatisfyAllConditions(p => p.Analyst.ShouldBe("test-model"), p => p.Note.ShouldBeNull(), p => p.One(ProfileKeys.Need).ShouldNotBeNull());
        foreach (var run in await db.ReadAsync(d => d.AiRuns.ToListAsync()))
            run.ShouldSatisfyAllConditions(r => r.PromptVersion.ShouldNotBeNull(), r => r.InputTokens.ShouldBe(1200), r => r.OutputTokens.ShouldBe(300), r => r.CostMicros.ShouldBe(4500), r => r.ErrorCode.ShouldBeNull());
        model.Asked.Select(q => q.ContactId).ShouldAllBe(c => c == contact);
        model.Asked.ShouldAllBe(q => !q.Data.Contains(contact.ToString()) && !q.Data.Contains(talk.ToString()));
    }

    [Fact]
    public async Task SameInput_SameMaker_IsNotAskedAgain()
    {
        var talk = await SayAsync();
        var asked = model.Asked.Count;
        await AgainAsync(talk);
        model.Asked.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task Rules_StandIn_WithTheReason_UntilTheModelIsBack()
    {
        model.Unavailable = "ai.budget";
        var talk = await SayAsync();
        (await AnalysisAsync(talk)).ShouldSatisfyAllConditions(a => a.Analyst.ShouldBe("rules"), a => a.State.ShouldBe(AnalysisState.Done), a => a.Note.ShouldBe("ai.budget"), a => a.Findings.ShouldNotBeEmpty());
        (await ProfileAsync()).ShouldSatisfyAllConditions(p => p.Analyst.ShouldBe("rules"), p => p.Note.ShouldBe("ai.budget"));
        var run = (await AnalysisAsync(talk)).AiRunId;

        // Asked for again in vain, the same stays.
        await AgainAsync(talk);
        (await AnalysisAsync(talk)).AiRunId.ShouldBe(run);

        model.Unavailable = null;
        await AgainAsync(talk);
        (await AnalysisAsync(talk)).ShouldSatisfyAllConditions(a => a.Analyst.ShouldBe("test-model"), a => a.Note.ShouldBeNull());
        (await ProfileAsync()).ShouldSatisfyAllConditions(p => p.Analyst.ShouldBe("test-model"), p => p.Note.ShouldBeNull());
    }

    [Fact]
    public async Task Rules_NeverTakeTheModelsPlace_ForTheSameText()
    {
        var talk = await SayAsync();
        var (run, made) = ((await AnalysisAsync(talk)).AiRunId, (await ProfileAsync()).AiRunId);
        // Another model is configured and has no budget; then none at all.
        foreach (var (name, why) in new[] { ("other-model", "ai.budget"), (null, (string?)null) })
        {
            (model.Model, model.Unavailable) = (name, why);
            await AgainAsync(talk);
            (await AnalysisAsync(talk)).ShouldSatisfyAllConditions(a => a.AiRunId.ShouldBe(run), a => a.State.ShouldBe(AnalysisState.Done));
            (await ProfileAsync()).AiRunId.ShouldBe(made);
        }
        // What is new has nobody's result yet.
        (model.Model, model.Unavailable) = ("test-model", "ai.off");
        var next = await SayAsync();
        (await AnalysisAsync(next)).Analyst.ShouldBe("rules");
        (await ProfileAsync()).ShouldSatisfyAllConditions(p => p.Analyst.ShouldBe("rules"), p => p.Note.ShouldBe("ai.off"));
    }

    [Fact]
    public async Task OtherPeopleOfTheCompany_AreTakenOutOfWhatLeaves()
    {
        foreach (var name in new[] { "欧阳若兰", "慕容长风" }) (await my.Contacts.AddAsync(Samples.Contact(name), default)).Succeeded.ShouldBeTrue();
        (await my.Interactions.AddAsync(contact, Samples.Interaction("欧阳若兰说要问慕容长风，沪上精工的预算50万，加我zhangsan_88"), default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        foreach (var question in model.Asked)
        {
            foreach (var secret in new[] { "欧阳", "慕容", "沪上精工", "zhangsan_88" }) question.Data.ShouldNotContain(secret);
            question.Data.ShouldContain("预算50万");
        }
        model.Asked.Count.ShouldBe(2);
    }

    private static string Words(ModelQuestion question) => Said.Texts(question)[0].Text[4..8];

    private async Task<Guid> SayAsync()
    {
        var talk = (await my.Interactions.AddAsync(contact, Samples.Interaction(), default)).Value.Id;
        await db.DrainAsync();
        return talk;
    }

    private async Task AgainAsync(Guid talk)
    {
        (await my.Conversations.AnalyseAsync(talk, default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        await my.Profiles.AnalyseAsync(contact, default);
        await db.DrainAsync();
    }

    private async Task<AnalysisView> AnalysisAsync(Guid talk) => (await my.Interactions.GetAsync(talk, default))!.Analysis;

    private async Task<ProfileView> ProfileAsync() => (await my.Profiles.GetAsync(contact, default))!;
}
