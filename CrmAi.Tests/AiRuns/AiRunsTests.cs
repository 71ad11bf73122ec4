using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.AiRuns;

public sealed class AiRunsTests : IAsyncLifetime
{
    private static readonly AiRunQuery All = new();

    private Ledger ledger = null!;

    public async Task InitializeAsync() => ledger = await Ledger.OpenAsync();

    public Task DisposeAsync() => ledger.DisposeAsync().AsTask();

    [Fact]
    public async Task Runs_AreOnesOwn_ForManagersTheirTeams_ForAdministratorsEverybodys()
    {
        await ledger.WriteAsync(ledger.Run(ledger.Rep, 5), ledger.Run(ledger.Mate, 4), ledger.Run(ledger.Manager, 3), ledger.Run(ledger.Stranger, 2), ledger.Run(ledger.Admin, 1));
        (await PeopleAsync(ledger.Rep)).ShouldBe([ledger.Rep.Id]);
        (await PeopleAsync(ledger.Manager)).ShouldBe([ledger.Manager.Id, ledger.Mate.Id, ledger.Rep.Id]);
        (await PeopleAsync(ledger.Stranger)).ShouldBe([ledger.Stranger.Id]);
        (await PeopleAsync(ledger.Admin)).ShouldBe([ledger.Admin.Id, ledger.Stranger.Id, ledger.Manager.Id, ledger.Mate.Id, ledger.Rep.Id]);
        (await ledger.RunsOf(ledger.Rep).PageAsync(All with { UserId = ledger.Mate.Id }, null, 50, default)).Value.Items.ShouldBeEmpty();
        (await ledger.RunsOf(ledger.Rep).SumsAsync(All, default)).Value.Runs.ShouldBe(1);
        (await ledger.RunsOf(ledger.Manager).TrendsAsync(All, default)).Value.Cells.Sum(c => c.Runs).ShouldBe(3);
        (await ledger.RunsOf(ledger.Rep).ChoicesAsync(default)).Value.People.Select(p => p.Id).ShouldBe([ledger.Rep.Id]);
        (await ledger.RunsOf(ledger.Manager).ChoicesAsync(default)).Value.People.Select(p => p.Id).ShouldBe([ledger.Manager.Id, ledger.Rep.Id, ledger.Mate.Id], ignoreOrder: true);
    }

    [Fact]
    public async Task Runs_ForAnAnalyst_AreTheCompanys_AndNameOnlyContactsTheyMaySee()
    {
        var analyst = await ledger.Db.AddUserAsync(Role.Analyst);
        var (open, hidden) = (await ledger.ContactAsync(ledger.Rep, "林若溪"), await ledger.ContactAsync(ledger.Rep, "陈望", Visibility.Private));
        var (seen, unseen) = (ledger.Run(ledger.Rep, 2, contact: open, comment: "很准", useful: true, cost: 30), ledger.Run(ledger.Rep, 1, contact: hidden, comment: "不准", useful: false, cost: 12));
        await ledger.WriteAsync(seen, unseen, ledger.Run(ledger.Stranger, 3));
        var runs = ledger.RunsOf(analyst);

        (await runs.PageAsync(All, null, 50, default)).Value.Items.Select(r => (r.Id, r.Contact?.Name)).Take(2).ShouldBe([(unseen.Id, null), (seen.Id, "林若溪")]);
        (await runs.SumsAsync(All, default)).Value.ShouldSatisfyAllConditions(s => s.Runs.ShouldBe(3), s => s.CostMicros.ShouldBe(42), s => s.Acceptance.ShouldBe(0.5));
        (await runs.ChoicesAsync(default)).Value.People.Select(p => p.Id).ShouldContain(ledger.Stranger.Id);
        (await runs.GetAsync(seen.Id, default))!.Comment.ShouldBe("很准");
        (await runs.GetAsync(unseen.Id, default))!.Comment.ShouldBeNull();
        (await runs.PageAsync(All with { ContactId = hidden }, null, 50, default)).Value.Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Trainer)]
    [InlineData(Role.SupportAgent)]
    public async Task Ledger_ForRolesWithoutIt_IsForbidden(Role role)
    {
        var runs = ledger.RunsOf(await ledger.Db.AddUserAsync(role));
        var run = ledger.Run(ledger.Rep);
        await ledger.WriteAsync(run);
        (await runs.PageAsync(All, null, 50, default)).Errors.ShouldBe([Error.Forbidden]);
        (await runs.SumsAsync(All, default)).Errors.ShouldBe([Error.Forbidden]);
        (await runs.TrendsAsync(All, default)).Errors.ShouldBe([Error.Forbidden]);
        (await runs.ChoicesAsync(default)).Errors.ShouldBe([Error.Forbidden]);
        (await runs.GetAsync(run.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Run_OfSomebodyElse_AnswersLikeNone()
    {
        var run = ledger.Run(ledger.Mate);
        await ledger.WriteAsync(run);
        (await ledger.RunsOf(ledger.Rep).GetAsync(run.Id, default)).ShouldBeNull();
        (await ledger.RunsOf(ledger.Stranger).GetAsync(run.Id, default)).ShouldBeNull();
        (await ledger.RunsOf(ledger.Manager).GetAsync(run.Id, default))!.InputDigest.ShouldBe("0102ab");
    }

    [Fact]
    public async Task Contact_ThatTheViewerMayNotSee_IsNeitherNamedNorFound()
    {
        var hidden = await ledger.ContactAsync(ledger.Rep, "藏起来的人", Visibility.Private);
        var shown = await ledger.ContactAsync(ledger.Rep, "看得见的人");
        await ledger.WriteAsync(ledger.Run(ledger.Rep, 2, contact: hidden, useful: true, comment: "他说了秘密"), ledger.Run(ledger.Rep, 1, contact: shown, useful: true, comment: "说得对"));
        var rows = (await ledger.RunsOf(ledger.Manager).PageAsync(All, null, 50, default)).Value.Items;
        rows.Select(r => r.Contact?.Name).ShouldBe(["看得见的人", null]);
        (await ledger.RunsOf(ledger.Manager).GetAsync(rows[0].Id, default))!.Comment.ShouldBe("说得对");
        (await ledger.RunsOf(ledger.Manager).GetAsync(rows[1].Id, default))!.Comment.ShouldBeNull("it may tell of what was said");
        // To ask for the contact tells nothing either.
        (await ledger.RunsOf(ledger.Manager).PageAsync(All with { ContactId = hidden }, null, 50, default)).Value.Items.ShouldBeEmpty();
        (await ledger.RunsOf(ledger.Manager).SumsAsync(All with { ContactId = hidden }, default)).Value.Runs.ShouldBe(0);
        (await ledger.RunsOf(ledger.Rep).PageAsync(All with { ContactId = hidden }, null, 50, default)).Value.Items.ShouldHaveSingleItem().Contact!.Name.ShouldBe("藏起来的人");
    }

    [Fact]
    public async Task Conversation_ThatIsPrivate_IsNoPlaceToGoTo()
    {
        var contact = await ledger.ContactAsync(ledger.Rep, "张三");
        var open = (await ledger.Db.As(ledger.Rep).Interactions.AddAsync(contact, Samples.Interaction("公开的谈话"), default)).Value.Id;
        var secret = (await ledger.Db.As(ledger.Rep).Interactions.AddAsync(contact, Samples.Interaction("私下的谈话", isPrivate: true), default)).Value.Id;
        await ledger.WriteAsync(ledger.Run(ledger.Rep, 2, contact: contact, conversation: open), ledger.Run(ledger.Rep, 1, contact: contact, conversation: secret, useful: false, comment: "私下说的不算"));
        var rows = (await ledger.RunsOf(ledger.Manager).PageAsync(All, null, 50, default)).Value.Items;
        rows.Select(r => r.Conversation).ShouldBe([null, open]);
        (await ledger.RunsOf(ledger.Manager).GetAsync(rows[0].Id, default))!.Comment.ShouldBeNull();
        (await ledger.RunsOf(ledger.Rep).PageAsync(All, null, 50, default)).Value.Items.Select(r => r.Conversation).ShouldBe([secret, open]);
    }

    [Fact]
    public async Task Pages_WhileRunsComeIn_ShowEachRunOnce()
    {
        var at = ledger.Db.Clock.Now.AddHours(-1);
        // Several of one moment: the id decides between them.
        await ledger.Db.WriteAsync(db => db.AiRuns.AddRange(Enumerable.Range(0, 23).Select(i => new AiRun { UserId = ledger.Rep.Id, InputDigest = [], Analyst = "rules", AnalystVersion = "1", Milliseconds = i, At = at.AddSeconds(-(i / 5)) })));
        var (seen, after) = (new List<AiRunRow>(), (string?)null);
        do
        {
            var page = (await ledger.RunsOf(ledger.Rep).PageAsync(All, after, 4, default)).Value;
            seen.AddRange(page.Items);
            after = page.Next;
            await ledger.WriteAsync(ledger.Run(ledger.Rep));
        } while (after is not null);
        seen.Count.ShouldBe(23);
        seen.Select(r => r.Id).Distinct().Count().ShouldBe(23);
        seen.Select(r => r.At).ShouldBe(seen.Select(r => r.At).OrderDescending());
        (await ledger.RunsOf(ledger.Rep).PageAsync(All, "nonsense", 4, default)).Errors.Single().Code.ShouldBe("cursor.unknown");
    }

    [Fact]
    public async Task Filters_ChooseByEachOfTheirFields()
    {
        await ledger.WriteAsync(
            ledger.Run(ledger.Rep, 60 * 24 * 3, AiRunType.Profile, took: 1), ledger.Run(ledger.Rep, 9, analyst: "qwen-max", took: 2), ledger.Run(ledger.Mate, 8, took: 3), ledger.Run(ledger.Rep, 7, error: "analysis.uncited", took: 4),
            ledger.Run(ledger.Rep, 6, error: "ai.budget", took: 5), ledger.Run(ledger.Rep, 5, useful: true, took: 6), ledger.Run(ledger.Rep, 4, useful: false, took: 7));
        (await FoundAsync(All with { Type = AiRunType.Profile })).ShouldBe([1]);
        (await FoundAsync(All with { Analyst = "qwen-max" })).ShouldBe([2]);
        (await FoundAsync(All with { UserId = ledger.Mate.Id })).ShouldBe([3]);
        (await FoundAsync(All with { State = AiRunState.Refused })).ShouldBe([4]);
        (await FoundAsync(All with { State = AiRunState.StoodIn })).ShouldBe([5]);
        (await FoundAsync(All with { State = AiRunState.Done })).ShouldBe([7, 6, 3, 2, 1]);
        (await FoundAsync(All with { Rating = AiRating.Useful })).ShouldBe([6]);
        (await FoundAsync(All with { Rating = AiRating.Useless })).ShouldBe([7]);
        (await FoundAsync(All with { Rating = AiRating.Unrated, State = AiRunState.Done })).ShouldBe([3, 2, 1]);
        (await FoundAsync(All with { To = ledger.Db.Clock.Now.AddDays(-1) })).ShouldBe([1]);
        (await FoundAsync(All with { From = ledger.Db.Clock.Now.AddDays(-1), Type = AiRunType.Profile })).ShouldBeEmpty();
        (await ledger.RunsOf(ledger.Admin).PageAsync(All, null, 50, default)).Value.Items.Select(r => r.State).Distinct().ShouldBe([AiRunState.Done, AiRunState.StoodIn, AiRunState.Refused]);
    }

    private async Task<IReadOnlyList<Guid>> PeopleAsync(User viewer) => [.. (await ledger.RunsOf(viewer).PageAsync(All, null, 50, default)).Value.Items.Select(r => r.Person.Id)];

    private async Task<IReadOnlyList<int>> FoundAsync(AiRunQuery query) => [.. (await ledger.RunsOf(ledger.Admin).PageAsync(query, null, 50, default)).Value.Items.Select(r => r.Milliseconds)];
}
