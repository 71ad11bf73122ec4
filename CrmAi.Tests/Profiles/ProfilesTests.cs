using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Profiles;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Tests.Profiles;

/// <summary>A profile from the first conversation to the correction of a person: the job, the versions, and who may see what.</summary>
public sealed partial class ProfilesTests : IAsyncLifetime
{
    private static readonly string[] Blunt = ["客户: 别绕弯子，直接说，一口价多少？", "客户: 我只看结果，少废话。这个我拍板，行就今天签。", "客户: 直接给我底价，今天就定。别跟我讲功能。"];

    private TestDatabase db = null!;
    private User rep = null!;
    private Acting my = null!;
    private Guid contact;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        var team = await db.AddTeamAsync("一队");
        rep = await db.AddUserAsync(Role.SalesRep, team, u => u.ProfileUpdates = true);
        my = db.As(rep);
        contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Profile_FollowsEachConversation_ByItself_WithQuotes()
    {
        (await ViewAsync()).State.ShouldBe(AnalysisState.None);
        foreach (var text in Blunt) await SayAsync(text);
        var view = await ViewAsync();
        (view.State, view.Conversations, view.Analyst).ShouldBe((AnalysisState.Done, 3, "rules"));
        var disc = view.One(ProfileKeys.Disc)!;
        disc.Claim.Value.ShouldBe("D");
        disc.Quotes.ShouldNotBeEmpty();
        disc.Quotes.ShouldAllBe(q => Blunt.Any(t => t.Contains(q.Quote, StringComparison.Ordinal)));
        view.Quality.Freshness.ShouldBeGreaterThan(0.9);
        // once for each conversation, and the run is on record
        (await db.ReadAsync(d => d.Profiles.CountAsync())).ShouldBe(3);
        (await db.ReadAsync(d => d.AiRuns.SingleAsync(r => r.Id == view.AiRunId))).ShouldSatisfyAllConditions(r => r.Type.ShouldBe(Domain.AiRuns.AiRunType.Profile), r => r.UserId.ShouldBe(rep.Id), r => r.Claims.ShouldBeGreaterThan(0), r => r.Dropped.ShouldBe(0));
    }

    [Fact]
    public async Task Profile_MadeAnewOfTheSame_AddsNoVersion()
    {
        foreach (var text in Blunt) await SayAsync(text);
        var before = await ViewAsync();
        (await my.Profiles.AnalyseAsync(contact, default)).Succeeded.ShouldBeTrue();
        (await ViewAsync()).State.ShouldBe(AnalysisState.Waiting);
        (await my.Profiles.AnalyseAsync(contact, default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("analysis.running");
        await db.DrainAsync();
        (await ViewAsync()).AiRunId.ShouldBe(before.AiRunId);
        (await db.ReadAsync(d => d.Profiles.CountAsync())).ShouldBe(3);
    }

    [Fact]
    public async Task ManyConversationsAtOnce_MakeOneProfile()
    {
        foreach (var text in Blunt) await my.Interactions.AddAsync(contact, Samples.Interaction(text), default);
        await db.Workers.DrainAsync(JobLane.Person, default);
        (await ViewAsync()).Conversations.ShouldBe(3);
        (await db.JobsAsync()).Where(j => j.Kind == ProfileJob.Kind).ShouldAllBe(j => j.State == JobState.Done);
    }

    [Fact]
    public async Task DeliveredTwice_CountsOnce()
    {
        await SayAsync(Blunt[0]);
        await my.Interactions.AddAsync(contact, Samples.Interaction(Blunt[1]), default);
        var talk = (await db.Workers.LeaseAsync(JobLane.Person, default))!;
        await RunAsync(talk);
        var lease = (await db.Workers.LeaseAsync(JobLane.Person, default))!;
        lease.Kind.ShouldBe(ProfileJob.Kind);
        await RunAsync(lease);
        await Should.ThrowAsync<Infrastructure.Jobs.LeaseLostException>(() => RunAsync(lease));
        (await db.ReadAsync(d => d.Profiles.CountAsync())).ShouldBe(2);
    }

    [Fact]
    public async Task SwitchedOff_MeansOff_UntilAsked()
    {
        (await my.Users.SaveAsync(await my.Users.MeAsync(default) with { ProfileUpdates = false }, default)).Succeeded.ShouldBeTrue();
        foreach (var text in Blunt) await SayAsync(text);
        (await ViewAsync()).State.ShouldBe(AnalysisState.None);
        (await my.Profiles.AnalyseAsync(contact, default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        (await ViewAsync()).One(ProfileKeys.Disc)!.Claim.Value.ShouldBe("D");
    }

    [Fact]
    public async Task PrivateConversations_StayOut_ForTheirAuthorToo_AndLeaveWhenMadePrivate()
    {
        foreach (var text in Blunt) await SayAsync(text);
        await SayAsync("客户: 我做不了主，要老板点头。", isPrivate: true);
        var view = await ViewAsync();
        view.Conversations.ShouldBe(3);
        view.One(ProfileKeys.BantAuthority)!.Claim.Value.ShouldBe(nameof(BantState.Qualified));
        // one of the three becomes private: what rested on it goes
        var talk = await db.ReadAsync(d => d.Interactions.Where(i => i.Content == Blunt[1]).Select(i => i.Id).SingleAsync());
        (await my.Interactions.UpdateAsync(talk, 1, Samples.Interaction(Blunt[1], isPrivate: true) with { Direction = InteractionDirection.Inbound }, default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        view = await ViewAsync();
        view.Conversations.ShouldBe(2);
        view.Claims.ShouldNotContain(c => c.Quotes.Any(q => q.Evidence.InteractionId == talk));
        view.One(ProfileKeys.Disc).ShouldBeNull("two conversations say nothing of a person");
    }

    [Fact]
    public async Task DeletedConversation_TakesItsClaimsAlong()
    {
        foreach (var text in Blunt) await SayAsync(text);
        foreach (var id in await db.ReadAsync(d => d.Interactions.Select(i => i.Id).ToListAsync())) (await my.Interactions.DeleteAsync(id, default)).Succeeded.ShouldBeTrue();
        (await ViewAsync()).Claims.ShouldBeEmpty(); // at once, before the job
        await db.DrainAsync();
        (await ViewAsync()).ShouldSatisfyAllConditions(v => v.Conversations.ShouldBe(0), v => v.Claims.ShouldBeEmpty());
        (await my.Profiles.HistoryAsync(contact, default))!.Count.ShouldBe(4);
    }

    [Fact]
    public async Task History_TellsWhatChanged_AndWhichSentenceDidIt()
    {
        foreach (var text in Blunt) await SayAsync(text);
        await SayAsync("客户: 不好意思，这个我做不了主，要老板点头。");
        var versions = (await my.Profiles.HistoryAsync(contact, default))!;
        versions.Count.ShouldBe(4);
        var change = versions[0].Changes.Single(c => c.Change.Claim.Key == ProfileKeys.BantAuthority);
        (change.Change.Change, change.Change.Before!.Value, change.Change.After!.Value).ShouldBe((ClaimChange.Changed, nameof(BantState.Qualified), nameof(BantState.Unqualified)));
        change.Because.ShouldContain(q => q.Quote.Contains("做不了主", StringComparison.Ordinal));
        versions[^1].Changes.ShouldAllBe(c => c.Change.Change == ClaimChange.Added);
    }

    [Fact]
    public async Task Correction_HoldsAgainstLaterRuns_AndIsAskedAboutOnceContradicted()
    {
        foreach (var text in Blunt) await SayAsync(text);
        (await my.Profiles.CorrectAsync(contact, new(ProfileKeys.Disc, "C", null, "见过本人，很细致"), default)).Succeeded.ShouldBeTrue();
        var disc = (await ViewAsync()).One(ProfileKeys.Disc)!;
        (disc.Claim.Value, disc.Claim.Confidence, disc.Contradicted, disc.Analysed!.Value, disc.Correction!.By, disc.Correction.Note).ShouldBe(("C", 1, false, "D", rep.Name, "见过本人，很细致"));
        db.Clock.Advance(TimeSpan.FromDays(2));
        await SayAsync(Blunt[0] + "快点。");
        (await ViewAsync()).One(ProfileKeys.Disc)!.ShouldSatisfyAllConditions(c => c.Claim.Value.ShouldBe("C"), c => c.Contradicted.ShouldBeFalse());
        await SayAsync(Blunt[2] + "快点。");
        disc = (await ViewAsync()).One(ProfileKeys.Disc)!;
        (disc.Claim.Value, disc.Contradicted).ShouldBe(("C", true));
        // confirmed again, it is at rest; withdrawn, the analyst is right
        (await my.Profiles.CorrectAsync(contact, new(ProfileKeys.Disc, "C", null, null), default)).Succeeded.ShouldBeTrue();
        (await ViewAsync()).One(ProfileKeys.Disc)!.Contradicted.ShouldBeFalse();
        (await my.Profiles.WithdrawAsync(disc.Correction!.Id, default)).Succeeded.ShouldBeTrue();
        (await ViewAsync()).One(ProfileKeys.Disc)!.ShouldSatisfyAllConditions(c => c.Claim.Value.ShouldBe("D"), c => c.Correction.ShouldBeNull());
    }

    [Fact]
    public async Task Correction_Withdrawn_ComesBackFromTheHistory_UnlessThereIsAnother()
    {
        foreach (var text in Blunt) await SayAsync(text);
        (await my.Profiles.CorrectAsync(contact, new(ProfileKeys.Disc, "C", null, null), default)).Succeeded.ShouldBeTrue();
        (await my.Profiles.WithdrawAsync((await ViewAsync()).One(ProfileKeys.Disc)!.Correction!.Id, default)).Succeeded.ShouldBeTrue();
        var withdrawn = (await my.History.OfAsync(nameof(Contact), contact, default)).First(e => e.Command == "profile.withdraw");
        withdrawn.Fields.ShouldContain(new FieldChange(FieldChange.Profile, "C", null) { Label = ProfileKeys.Disc });
        (await my.Profiles.CorrectAsync(contact, new(ProfileKeys.Disc, "I", null, null), default)).Succeeded.ShouldBeTrue();
        (await my.History.UndoAsync(withdrawn.ChangeSetId, default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("undo.changed");
        (await my.Profiles.WithdrawAsync((await ViewAsync()).One(ProfileKeys.Disc)!.Correction!.Id, default)).Succeeded.ShouldBeTrue();
        (await my.History.UndoAsync(withdrawn.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await ViewAsync()).One(ProfileKeys.Disc)!.Claim.Value.ShouldBe("C");
        (await db.As(await db.AddUserAsync(Role.SalesRep)).History.OfAsync(nameof(Contact), contact, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Correction_OfNoUse_IsRefused()
    {
        foreach (var text in Blunt) await SayAsync(text);
        foreach (var (correction, code) in new (Correction, string)[]
        {
            (new(ProfileKeys.Disc, "X", null, null), "profile.value"), (new(ProfileKeys.Disc, " ", null, null), "profile.value"), (new(ProfileKeys.Disc, new('D', 81), null, null), "profile.value"),
            (new(ProfileKeys.Trust, null, 101, null), "profile.level"), (new(ProfileKeys.Disc, "C", null, new('x', 501)), "profile.note.long"), (new("nothing", null, null, null), "not_found"),
        })
            (await my.Profiles.CorrectAsync(contact, correction, default)).Errors.ShouldHaveSingleItem().Code.ShouldBe(code);
        (await db.ReadAsync(d => d.ProfileCorrections.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Strangers_LearnNothing_AndViewersChangeNothing()
    {
        foreach (var text in Blunt) await SayAsync(text);
        (await my.Profiles.CorrectAsync(contact, new(ProfileKeys.Disc, "C", null, null), default)).Succeeded.ShouldBeTrue();
        var id = (await ViewAsync()).One(ProfileKeys.Disc)!.Correction!.Id;
        var stranger = db.As(await db.AddUserAsync(Role.SalesRep));
        (await stranger.Profiles.GetAsync(contact, default)).ShouldBeNull();
        (await stranger.Profiles.HistoryAsync(contact, default)).ShouldBeNull();
        foreach (var refused in new[] { await stranger.Profiles.AnalyseAsync(contact, default), await stranger.Profiles.CorrectAsync(contact, new(ProfileKeys.Disc, "S", null, null), default), await stranger.Profiles.WithdrawAsync(id, default) })
            refused.Errors.ShouldHaveSingleItem().Code.ShouldBe("not_found");
        var onlooker = db.As(await db.AddUserAsync(Role.Viewer, await db.ReadAsync(d => d.Teams.SingleAsync())));
        (await onlooker.Profiles.GetAsync(contact, default))!.MayCorrect.ShouldBeFalse();
        foreach (var refused in new[] { await onlooker.Profiles.AnalyseAsync(contact, default), await onlooker.Profiles.CorrectAsync(contact, new(ProfileKeys.Disc, "S", null, null), default), await onlooker.Profiles.WithdrawAsync(id, default) })
            refused.Errors.ShouldHaveSingleItem().Code.ShouldBe("forbidden");
    }

    [Fact]
    public async Task EmptyHistory_AndOneEndlessConversation_AreNoTrouble()
    {
        (await my.Profiles.AnalyseAsync(contact, default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        (await ViewAsync()).ShouldSatisfyAllConditions(v => v.State.ShouldBe(AnalysisState.None), v => v.Claims.ShouldBeEmpty());
        await SayAsync(string.Concat(Enumerable.Repeat("客户: 价格太贵了，我担心。\n", 20_000))[..Interaction.MaxContent]);
        (await ViewAsync()).ShouldSatisfyAllConditions(v => v.State.ShouldBe(AnalysisState.Done), v => v.Of(ProfileKeys.Objection).ShouldNotBeEmpty());
    }

    private async Task SayAsync(string text, bool isPrivate = false)
    {
        var edit = Samples.Interaction(text, isPrivate) with { At = db.Clock.GetUtcNow().UtcDateTime.AddMinutes(-5), Direction = InteractionDirection.Inbound };
        (await my.Interactions.AddAsync(contact, edit, default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
    }

    private async Task<ProfileView> ViewAsync() => (await my.Profiles.GetAsync(contact, default))!;

    private async Task RunAsync(Infrastructure.Jobs.JobLease lease)
    {
        await using var scope = db.Get<IServiceScopeFactory>().CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IActAs>().ActAs(_ => new(lease.UserId), ChangeOrigin.Job);
        await db.Get<Infrastructure.Jobs.JobKinds>().HandlerOf(lease.Kind, scope.ServiceProvider).RunAsync(lease, default);
    }
}
