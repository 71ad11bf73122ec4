using CrmAi.Domain.NextActions;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.NextActions;

/// <summary>One suggested step: why, what it is worth and when, and three answers to it, each of which can be taken back.</summary>
public sealed partial class StepCard : ComponentBase
{
    private Asking asking;
    private AcceptAs accepts;
    private DateTime? at;
    private string note = "";
    private bool saving, focus;

    [Inject] private INextActions Actions { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;
    [Inject] private PageScripts Scripts { get; set; } = null!;

    [Parameter, EditorRequired] public SuggestionView Step { get; set; } = null!;

    /// <summary>Its place in the brief, from 1, and the key that selects it; null where it has none.</summary>
    [Parameter] public int? Number { get; set; }

    /// <summary>With the contact's name, for a list of several people's.</summary>
    [Parameter] public bool IsWide { get; set; }
    [Parameter] public StepSize Size { get; set; }
    [Parameter] public double? Weight { get; set; }

    /// <summary>Where a sentence is shown; the contact's own page where null.</summary>
    [Parameter] public Func<Evidence, string>? Link { get; set; }
    [Parameter] public EventCallback OnChanged { get; set; }

    private enum Asking { Nothing, Accept, Why }

    private string Due => (Step.DueOn.DayNumber - Clock.Today.DayNumber) switch { < 0 and var late => L["upcoming.late", -late], 0 => L["step.today"], 1 => L["upcoming.tomorrow"], _ => Clock.Day(Step.DueOn) };

    private string Outcome => Step.State switch
    {
        SuggestionState.Accepted => Step.TaskId is not null ? L["step.became.task"] : Step.AppointmentId is not null ? L["step.became.appointment"] : "",
        SuggestionState.Snoozed when Step.SnoozedUntil is { } until => L.When(until, Clock),
        SuggestionState.Rejected => Step.RejectNote ?? L.Of(Step.RejectReason),
        SuggestionState.Expired => L["step.expired"],
        _ => "",
    };

    private IReadOnlyList<(string Name, DateTime Until)> Later =>
    [
        (L["step.later.tomorrow"], Clock.WorkBegins(Clock.Today.AddDays(1))),
        (L["step.later.days"], Clock.WorkBegins(Clock.Today.AddDays(3))),
        (L["step.later.week"], Clock.WorkBegins(Clock.Today.AddDays(7 - (((int)Clock.Today.DayOfWeek + 6) % 7)))),
    ];

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!focus) return;
        focus = false;
        await Scripts.FocusAsync(asking == Asking.Why ? $"#why-{Step.Id}" : $"[data-suggestion=\"{Step.Id}\"] .confirm", CancellationToken.None);
    }

    private void Ask() => (asking, accepts, at, focus) = (Asking.Accept, AcceptAs.Task, Step.BestAt < Clock.UtcNow ? Clock.UtcNow.AddMinutes(30) : Step.BestAt, true);

    private Task ChooseAsync(RejectReason reason)
    {
        if (reason != RejectReason.Other) return RejectAsync(reason);
        (asking, note, focus) = (Asking.Why, "", true);
        return Task.CompletedTask;
    }

    private void Close() => asking = Asking.Nothing;

    private Task AcceptAsync() => DoAsync(async ct => Plain(await Actions.AcceptAsync(Step.Id, new(accepts, L.Title(Step), at!.Value), ct)), L[$"step.done.{accepts}", L.Title(Step)]);

    private Task SnoozeAsync(DateTime until) => DoAsync(ct => Actions.SnoozeAsync(Step.Id, until, ct), L["step.done.snoozed", L.When(until, Clock)]);

    private Task RejectAsync(RejectReason reason) => DoAsync(ct => Actions.RejectAsync(Step.Id, reason, reason == RejectReason.Other ? note : null, ct), L["step.done.rejected"]);

    private Task UndoAsync() => DoAsync(ct => Actions.UndoAsync(Step.Id, ct), null);

    private async Task DoAsync(Func<CancellationToken, Task<Result>> act, string? done)
    {
        if (saving) return;
        saving = true;
        var result = await act(CancellationToken.None);
        saving = false;
        if (!result.Succeeded)
        {
            Toasts.Problem(L.Of(result.Errors));
            return;
        }
        Close();
        await OnChanged.InvokeAsync();
        if (done is null) Toasts.Show(L["undone"]);
        else Toasts.Show(done, L["undo"], () => InvokeAsync(UndoAsync), $"step-{Step.Id}");
    }

    private static Result Plain(Result<Guid> result) => result.Succeeded ? Result.Ok : Result.Refused(result.Errors);
}

/// <summary>How much of a step a card tells: all of it, all but the words to say, or who, what, why and the answers.</summary>
public enum StepSize { Full, Plain, Compact }
