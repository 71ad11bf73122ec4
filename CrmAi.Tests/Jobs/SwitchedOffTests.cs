using CrmAi.Domain.Conversations;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Jobs;

/// <summary>What a person switched off for themselves is off everywhere and at once, and still done where they ask for it.</summary>
public sealed class SwitchedOffTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private User rep = null!;
    private Acting my = null!;
    private Guid contact;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        rep = await db.AddUserAsync(Role.SalesRep, change: u => u.ProfileUpdates = true);
        my = db.As(rep);
        contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Analysis_WaitingWhenItIsSwitchedOff_IsNotMade()
    {
        var talk = (await my.Interactions.AddAsync(contact, Samples.Interaction(), default)).Value.Id;
        await SwitchAsync(s => s with { AutoAnalysis = false });
        await db.DrainAsync();
        (await db.JobsAsync()).ShouldHaveSingleItem().State.ShouldBe(JobState.Cancelled);
        (await db.ReadAsync(d => d.AiRuns.CountAsync())).ShouldBe(0);
        (await my.Interactions.GetAsync(talk, default))!.Analysis.State.ShouldBe(AnalysisState.None);
    }

    [Fact]
    public async Task Analysis_AskedForByHand_IsMadeWhateverIsSwitchedOff()
    {
        await SwitchAsync(s => s with { AutoAnalysis = false, ProfileUpdates = false });
        var talk = (await my.Interactions.AddAsync(contact, Samples.Interaction(), default)).Value.Id;
        (await my.Conversations.AnalyseAsync(talk, default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        (await my.Interactions.GetAsync(talk, default))!.Analysis.State.ShouldBe(AnalysisState.Done);
        (await my.Profiles.AnalyseAsync(contact, default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        (await my.Profiles.GetAsync(contact, default))!.State.ShouldBe(AnalysisState.Done);
    }

    [Fact]
    public async Task Analysis_ThatWaitsByItselfAndIsAskedFor_IsMade()
    {
        var talk = (await my.Interactions.AddAsync(contact, Samples.Interaction(), default)).Value.Id;
        await SwitchAsync(s => s with { AutoAnalysis = false });
        (await my.Conversations.AnalyseAsync(talk, default)).Errors.Single().Code.ShouldBe("analysis.running");
        await db.DrainAsync();
        (await my.Interactions.GetAsync(talk, default))!.Analysis.State.ShouldBe(AnalysisState.Done);
    }

    [Fact]
    public async Task Profile_WaitingWhenItIsSwitchedOff_IsNotMade()
    {
        await my.Interactions.AddAsync(contact, Samples.Interaction(), default);
        await db.Workers.DrainAsync(JobLane.Person, default);
        (await my.Profiles.GetAsync(contact, default))!.State.ShouldBe(AnalysisState.Done);

        await my.Interactions.AddAsync(contact, Samples.Interaction("客户: 我们厂长说下个月要验收，时间很紧。"), default);
        var lease = await db.Workers.LeaseAsync(JobLane.Person, default);
        lease!.Kind.ShouldBe("conversation");
        // Its profile would wait behind it: here it waits by itself.
        await db.WriteAsync(d => d.Jobs.Add(new() { Kind = "profile", Lane = JobLane.Person, SubjectId = contact, ContactId = contact, UserId = rep.Id, Total = 1, DueAt = db.Clock.Now, CreatedAt = db.Clock.Now }));
        await SwitchAsync(s => s with { ProfileUpdates = false });
        var before = await db.ReadAsync(d => d.Profiles.CountAsync());
        await db.DrainAsync();
        (await db.JobsAsync()).Last(j => j.Kind == "profile").State.ShouldBe(JobState.Cancelled);
        (await db.ReadAsync(d => d.Profiles.CountAsync())).ShouldBe(before);
    }

    [Fact]
    public async Task Scores_WaitingWhenProfilesAreSwitchedOff_AreNotMade_UnlessSomethingWasHidden()
    {
        var talk = (await my.Interactions.AddAsync(contact, Samples.Interaction(), default)).Value.Id;
        await db.DrainAsync();
        var before = await db.ReadAsync(d => d.ContactScores.MaxAsync(s => s.At));
        var now = (await my.Contacts.GetAsync(contact, default))!;
        (await my.Contacts.UpdateAsync(contact, now.Version, now.Fields with { Stage = Domain.Contacts.DealStage.Negotiation }, default)).Succeeded.ShouldBeTrue();
        await SwitchAsync(s => s with { ProfileUpdates = false });
        await db.DrainAsync();
        (await db.JobsAsync()).Last(j => j.Kind == "score").State.ShouldBe(JobState.Cancelled);
        (await db.ReadAsync(d => d.ContactScores.MaxAsync(s => s.At))).ShouldBe(before);

        (await my.Interactions.DeleteAsync(talk, default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        (await db.JobsAsync()).Last(j => j.Kind == "score").State.ShouldBe(JobState.Done);
    }

    [Fact]
    public async Task Scores_ThatWaitByThemselves_AreMade_OnceSomethingIsHidden()
    {
        var talk = (await my.Interactions.AddAsync(contact, Samples.Interaction(), default)).Value.Id;
        await db.DrainAsync();
        var now = (await my.Contacts.GetAsync(contact, default))!;
        (await my.Contacts.UpdateAsync(contact, now.Version, now.Fields with { Stage = Domain.Contacts.DealStage.Negotiation }, default)).Succeeded.ShouldBeTrue();
        await SwitchAsync(s => s with { ProfileUpdates = false });
        (await my.Interactions.DeleteAsync(talk, default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        (await db.JobsAsync()).Where(j => j.Kind == "score").ShouldAllBe(j => j.State == JobState.Done);
    }

    private async Task SwitchAsync(Func<UserSettings, UserSettings> change) => (await my.Users.SaveAsync(change(await my.Users.MeAsync(default)), default)).Succeeded.ShouldBeTrue();
}
