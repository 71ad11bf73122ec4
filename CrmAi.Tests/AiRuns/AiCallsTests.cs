using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.AiRuns;

public sealed class AiCallsTests : IAsyncLifetime
{
    private Ledger ledger = null!;

    public async Task InitializeAsync() => ledger = await Ledger.OpenAsync();

    public Task DisposeAsync() => ledger.DisposeAsync().AsTask();

    [Fact]
    public async Task Calls_AreSeenByTheSamePeopleAsRuns_AndNameOnlyVisibleContacts()
    {
        var hidden = await ledger.ContactAsync(ledger.Rep, "藏起来的人", Visibility.Private);
        await ledger.Db.WriteAsync(db => db.AiCalls.AddRange(Call(ledger.Rep, 3, contact: hidden), Call(ledger.Mate, 2), Call(ledger.Stranger, 1)));
        (await PageAsync(ledger.Rep, new())).ShouldHaveSingleItem().Contact!.Name.ShouldBe("藏起来的人");
        var teams = await PageAsync(ledger.Manager, new());
        teams.Select(c => c.Person.Id).ShouldBe([ledger.Mate.Id, ledger.Rep.Id]);
        teams.ShouldAllBe(c => c.Contact == null);
        (await PageAsync(ledger.Manager, new(ContactId: hidden))).ShouldBeEmpty();
        (await PageAsync(ledger.Admin, new())).Count.ShouldBe(3);
        (await Calls(await ledger.Db.AddUserAsync(Role.Viewer)).PageAsync(new(), null, 10, default)).Errors.ShouldBe([Error.Forbidden]);
    }

    [Fact]
    public async Task Calls_TellWhatBecameOfThem()
    {
        await ledger.Db.WriteAsync(db => db.AiCalls.AddRange(
            Call(ledger.Rep, 4, output: "{}"), Call(ledger.Rep, 3, AiCallOutcome.Repaired), Call(ledger.Rep, 2, AiCallOutcome.Failed, error: "ai.timeout"), Call(ledger.Rep, 1, AiCallOutcome.Misfit, error: "ai.schema", task: AiRunType.Profile)));
        var all = await PageAsync(ledger.Admin, new());
        all.Select(c => (c.Outcome, c.IsKept, c.ErrorCode)).ShouldBe([(AiCallOutcome.Misfit, false, "ai.schema"), (AiCallOutcome.Failed, false, "ai.timeout"), (AiCallOutcome.Repaired, false, null), (AiCallOutcome.Answered, true, null)]);
        (await PageAsync(ledger.Admin, new(Outcome: AiCallOutcome.Failed))).ShouldHaveSingleItem();
        (await PageAsync(ledger.Admin, new(Task: AiRunType.Profile))).ShouldHaveSingleItem();
        (await PageAsync(ledger.Admin, new(Model: "other"))).ShouldBeEmpty();
        (await PageAsync(ledger.Admin, new(From: ledger.Db.Clock.Now.AddMinutes(-2.5)))).Count.ShouldBe(2);
        var first = (await Calls(ledger.Admin).PageAsync(new(), null, 3, default)).Value;
        (await Calls(ledger.Admin).PageAsync(new(), first.Next, 3, default)).Value.Items.Select(c => c.Id).ShouldBe([all[3].Id]);
    }

    private IAiCalls Calls(User viewer) => ledger.Db.As(viewer).Get<IAiCalls>();

    private async Task<IReadOnlyList<AiCallRow>> PageAsync(User viewer, AiCallQuery query) => (await Calls(viewer).PageAsync(query, null, 50, default)).Value.Items;

    private AiCall Call(User user, int minutesAgo, AiCallOutcome outcome = AiCallOutcome.Answered, string? error = null, string? output = null, Guid? contact = null, AiRunType task = AiRunType.Conversation) => new()
    {
        At = ledger.Db.Clock.Now.AddMinutes(-minutesAgo), Task = task, Model = "qwen-max", PromptVersion = "conversation/zh/1", Digest = Guid.NewGuid().ToByteArray(), UserId = user.Id, ContactId = contact,
        InputTokens = 900, OutputTokens = 90, CostMicros = 4_200, Milliseconds = 800, Outcome = outcome, ErrorCode = error, Output = output,
    };
}
