using System.Globalization;
using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.NightRuns;

/// <summary>The nightly analysis: how far it is, what former nights brought, and when the next one is.</summary>
public sealed partial class NightPage : LiveComponent
{
    private NightOverview? overview;
    private IReadOnlyList<NightProgress> runs = [];
    private NightReport? report;
    private bool refused, ready;

    [Inject] private INightRuns Nights { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    /// <summary>The run whose report is open.</summary>
    [SupplyParameterFromQuery] private Guid? Run { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Watch(LiveTopic.NightRuns);
        await ReadAsync(Gone);
        ready = true;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (ready && report?.Progress.Id != Run) report = Run is { } id ? await Nights.ReportAsync(id, Gone) : null;
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        overview = await Nights.OverviewAsync(ct);
        refused = overview is null;
        if (refused) return;
        runs = await Nights.ListAsync(ct);
        report = Run is { } id ? await Nights.ReportAsync(id, ct) : null;
    }

    private Task AgainAsync() => InvokeAsync(async () =>
    {
        await ReadAsync(Gone);
        StateHasChanged();
    });

    private async Task StartAsync()
    {
        var started = await Nights.StartAsync(Gone);
        if (started.Errors is [{ Code: "night.nothing" }]) Toasts.Show(L.Of(started.Errors));
        else if (!started.Succeeded) Toasts.Problem(L.Of(started.Errors));
        await ReadAsync(Gone);
    }

    private async Task MoveAsync(NightMove move)
    {
        var id = overview!.Latest!.Id;
        var done = move switch
        {
            NightMove.Pause => await Nights.PauseAsync(id, Gone),
            NightMove.Resume => await Nights.ResumeAsync(id, Gone),
            _ => await Nights.CancelAsync(id, Gone),
        };
        if (!done.Succeeded) Toasts.Problem(L.Of(done.Errors));
        await ReadAsync(Gone);
    }

    private string Address(Guid id) => id == Run ? "/admin/night" : $"/admin/night?run={id}";

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}

/// <summary>What a person does with an active run.</summary>
public enum NightMove { Pause, Resume, Cancel }
