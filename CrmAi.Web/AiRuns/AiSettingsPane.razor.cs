using System.Globalization;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.AiRuns;

/// <summary>The one switch, and what models may cost. The switch acts as it is flipped; budgets are saved as they are typed in full.</summary>
public sealed partial class AiSettingsPane : LiveComponent
{
    private AiSettingsView? view;
    // What the texts were made from: a change in between is found by its version.
    private AiSettingsView? held;
    private IReadOnlyList<Error> errors = [];
    private string daily = "", monthly = "";
    private int generation;
    private bool busy;

    [Inject] private IAiSettings Settings { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private Undo Undo { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    private IEnumerable<(string Id, string Name, string Label, string Text, long Spent, long? Limit)> Budgets =>
    [
        ("ai-daily", nameof(AiSettingsEdit.DailyBudgetMicros), L["ai.budget.daily"], daily, view!.SpentTodayMicros, view.Fields.DailyBudgetMicros),
        ("ai-monthly", nameof(AiSettingsEdit.MonthlyBudgetMicros), L["ai.budget.monthly"], monthly, view.SpentThisMonthMicros, view.Fields.MonthlyBudgetMicros),
    ];

    private IEnumerable<EditField<AiSettingsEdit>> Fields =>
    [
        new(L["ai.switch"], e => L[e.Enabled ? "yes" : "no"], (into, from) => into with { Enabled = from.Enabled }),
        new(L["ai.budget.daily"], e => Shown(e.DailyBudgetMicros), (into, from) => into with { DailyBudgetMicros = from.DailyBudgetMicros }),
        new(L["ai.budget.monthly"], e => Shown(e.MonthlyBudgetMicros), (into, from) => into with { MonthlyBudgetMicros = from.MonthlyBudgetMicros }),
    ];

    // What somebody typed is not replaced under their hands.
    private bool IsTyped => held is not null && (daily != Text(held.Fields.DailyBudgetMicros) || monthly != Text(held.Fields.MonthlyBudgetMicros));

    protected override async Task OnInitializedAsync()
    {
        Watch(LiveTopic.AiSettings, LiveTopic.AiRuns);
        await ReadAsync(Gone);
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        var found = await Settings.GetAsync(ct);
        if (!found.Succeeded) return;
        view = found.Value;
        if (!IsTyped) Take(view);
    }

    private void Take(AiSettingsView from)
    {
        if (held?.Version == from.Version) return;
        (held, daily, monthly, errors) = (from, Text(from.Fields.DailyBudgetMicros), Text(from.Fields.MonthlyBudgetMicros), []);
        generation++;
    }

    private void Typed(string name, string text)
    {
        if (name == nameof(AiSettingsEdit.DailyBudgetMicros)) daily = text;
        else monthly = text;
    }

    // Nothing else is changed by it, whatever stands in the fields or was saved in between.
    private async Task SwitchAsync(bool on)
    {
        busy = true;
        var result = await Settings.UpdateAsync(view!.Version, view.Fields with { Enabled = on }, Gone);
        if (result.Errors.Contains(Error.Conflict))
        {
            await ReadAsync(Gone);
            result = await Settings.UpdateAsync(view.Version, view.Fields with { Enabled = on }, Gone);
        }
        busy = false;
        if (!result.Succeeded) Toasts.Problem(L.Of(result.Errors));
        else
        {
            if (held is { } text && text.Version == view.Version) held = text with { Fields = text.Fields with { Enabled = on }, Version = result.Value.Version };
            Undo.Offer(L[on ? "ai.switched.on" : "ai.switched.off"], result.Value, slot: "ai.switch");
        }
        await ReadAsync(Gone);
    }

    private async Task SaveAsync()
    {
        if (busy || Edit() is not { } mine) return;
        busy = true;
        var result = await Settings.UpdateAsync(held!.Version, mine, Gone);
        if (result.Errors.Contains(Error.Conflict) && await Settings.GetAsync(Gone) is { Succeeded: true, Value: var theirs })
        {
            view = theirs;
            if (await ConflictDialog.SettleAsync(Dialogs, L, Fields, held.Fields, mine, theirs.Fields) is not { } settled) { busy = false; return; }
            result = await Settings.UpdateAsync(theirs.Version, settled, Gone);
        }
        busy = false;
        errors = result.Errors;
        if (!result.Succeeded) return;
        held = null;
        await ReadAsync(Gone);
        Undo.Offer(L["ai.budget.saved"], result.Value, slot: "ai.budget");
    }

    private AiSettingsEdit? Edit()
    {
        var found = new List<Error>();
        var edit = held!.Fields with
        {
            DailyBudgetMicros = Micros(daily, nameof(AiSettingsEdit.DailyBudgetMicros), found),
            MonthlyBudgetMicros = Micros(monthly, nameof(AiSettingsEdit.MonthlyBudgetMicros), found),
        };
        errors = found;
        return found.Count == 0 ? edit : null;
    }

    private static long? Micros(string text, string field, List<Error> found)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (Amounts.Read(text) is { Currency: null or "CNY" } amount) return (long)Math.Round(amount.Value * IAiSettings.Yuan);
        found.Add(new("ai.budget.amount", field));
        return null;
    }

    private static double Part(long spent, long most) => most == 0 ? 1 : Math.Min(1, (double)spent / most);

    private static string Text(long? micros) => micros is { } value ? (value / (decimal)IAiSettings.Yuan).ToString("0.######", CultureInfo.InvariantCulture) : "";

    private static string? Shown(long? micros) => micros is { } value ? AiWords.Cost(value) : null;
}
