using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.AiRuns;

public sealed class AiSettingsTests : IAsyncLifetime
{
    private const long Yuan = IAiSettings.Yuan;

    private Ledger ledger = null!;

    private IAiSettings Admin => ledger.Db.As(ledger.Admin).Get<IAiSettings>();

    public async Task InitializeAsync() => ledger = await Ledger.OpenAsync();

    public Task DisposeAsync() => ledger.DisposeAsync().AsTask();

    [Fact]
    public async Task Settings_OfANewCompany_AreOnWithoutLimits_AndAskNoModel()
    {
        var view = (await Admin.GetAsync(default)).Value;
        (view.Fields, view.SpentTodayMicros, view.ChangedBy, view.Version).ShouldBe((new(true, null, null), 0, null, 1));
        view.Models.Select(m => m.Task).ShouldBe(Enum.GetValues<AiRunType>());
        view.Models.ShouldAllBe(m => m.Model == null);
        view.Models.Where(m => m.Service is not null).Select(m => m.Task).ShouldBe([AiRunType.Card, AiRunType.Enrichment]);
        view.Models.Single(m => m.Task == AiRunType.Enrichment).ShouldBe(new(AiRunType.Enrichment, null, "tianyancha", false));
    }

    [Fact]
    public async Task Settings_AreForAdministratorsAlone()
    {
        foreach (var user in (User[])[ledger.Manager, ledger.Rep])
        {
            var settings = ledger.Db.As(user).Get<IAiSettings>();
            (await settings.GetAsync(default)).Errors.ShouldBe([Error.Forbidden]);
            (await settings.UpdateAsync(1, new(false, null, null), default)).Errors.ShouldBe([Error.Forbidden]);
        }
        (await Admin.GetAsync(default)).Value.Fields.Enabled.ShouldBeTrue();
    }

    [Fact]
    public async Task Switch_Flipped_HoldsAtTheNextCall_IsOnRecord_AndComesBackByUndo()
    {
        var saved = (await Admin.UpdateAsync(1, new(false, null, null), default)).Value;
        var calls = ledger.Db.Get<AiBudgets>();
        (await Should.ThrowAsync<ModelUnavailableException>(() => calls.CheckSwitchAsync(default))).Code.ShouldBe("ai.off");
        var view = (await Admin.GetAsync(default)).Value;
        (view.Fields.Enabled, view.ChangedBy, view.Version).ShouldBe((false, ledger.Admin.Name, 2));
        view.ChangedAt.ShouldNotBeNull();
        var history = ledger.Db.As(ledger.Admin).History;
        var entry = (await history.OfAsync(nameof(AiSettings), AiSettings.OnlyId, default)).ShouldHaveSingleItem();
        (entry.Command, entry.Who).ShouldBe(("ai.settings", ledger.Admin.Name));
        entry.Fields.ShouldBe([new("Enabled", "true", "false")]);
        (await ledger.Db.As(ledger.Rep).History.OfAsync(nameof(AiSettings), AiSettings.OnlyId, default)).ShouldBeEmpty();
        (await history.UndoAsync(saved.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        await calls.CheckSwitchAsync(default);
    }

    [Fact]
    public async Task Budgets_OutOfRange_AreRefusedAtTheirFields()
    {
        (await RefusedAsync(new(true, -1, null))).ShouldBe([("ai.budget.range", "DailyBudgetMicros")]);
        (await RefusedAsync(new(true, IAiSettings.MostBudget + 1, -5))).ShouldBe([("ai.budget.range", "DailyBudgetMicros"), ("ai.budget.range", "MonthlyBudgetMicros")]);
        (await RefusedAsync(new(true, 60 * Yuan, 50 * Yuan))).ShouldBe([("ai.budget.order", "DailyBudgetMicros")]);
        (await Admin.UpdateAsync(1, new(true, 0, IAiSettings.MostBudget), default)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Settings_SavedInBetween_AreNotOverwritten()
    {
        (await Admin.UpdateAsync(1, new(true, 5 * Yuan, null), default)).Succeeded.ShouldBeTrue();
        (await Admin.UpdateAsync(1, new(false, null, null), default)).Errors.ShouldBe([Error.Conflict]);
        (await Admin.GetAsync(default)).Value.Fields.ShouldBe(new(true, 5 * Yuan, null));
    }

    [Fact]
    public async Task Spending_OfTodayAndThisMonth_IsAddedUp()
    {
        await ledger.Db.WriteAsync(db => db.AiCalls.AddRange(Paid(0, 3), Paid(0, 4), Paid(70, 1_000)));
        var view = (await Admin.GetAsync(default)).Value;
        (view.SpentTodayMicros, view.SpentThisMonthMicros).ShouldBe((7, 7));
    }

    private AiCall Paid(int daysAgo, long micros) => new()
    {
        At = ledger.Db.Clock.Now.AddDays(-daysAgo), Model = "qwen-max", PromptVersion = "1", Digest = Guid.NewGuid().ToByteArray(), UserId = ledger.Rep.Id, CostMicros = micros,
    };

    private async Task<IReadOnlyList<(string, string?)>> RefusedAsync(AiSettingsEdit edit) => [.. (await Admin.UpdateAsync(1, edit, default)).Errors.Select(e => (e.Code, e.Field))];
}
