using System.Globalization;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Users;

/// <summary>One's own page. Each change is saved as it is made.</summary>
public sealed partial class SettingsPage : ComponentBase, IDisposable
{
    private static readonly int[] Week = [1, 2, 3, 4, 5, 6, 0];

    private readonly CancellationTokenSource gone = new();
    private UserSettings? settings;
    private IReadOnlyList<Error> errors = [];
    private IReadOnlyList<Choice> zones = [];
    private bool saved;

    [Inject] private IUsers Users { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;
    [Inject] private PageScripts Scripts { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Password { get; set; }

    private IEnumerable<Choice> LanguageChoices => TopBar.Languages.Select(code => new Choice(code, L[$"language.{code}"]));

    protected override async Task OnInitializedAsync()
    {
        zones = [.. TimeZoneInfo.GetSystemTimeZones().Where(z => z.Id.Contains('/') || z.Id == "UTC").OrderBy(z => z.BaseUtcOffset).ThenBy(z => z.Id, StringComparer.Ordinal).Select(z => new Choice(z.Id, $"{Offset(z)} {z.Id.Replace('_', ' ')}"))];
        settings = await Users.MeAsync(gone.Token);
    }

    private static string Offset(TimeZoneInfo zone) => (zone.BaseUtcOffset < TimeSpan.Zero ? "\u2212" : "+") + zone.BaseUtcOffset.ToString(@"hh\:mm", CultureInfo.InvariantCulture);

    private Dictionary<string, object> Aria(string key) => new() { ["aria-label"] = L[key].Value };

    private string? About(string field) => L.About(errors, field);

    private async Task ChangeAsync(UserSettings wanted)
    {
        var before = settings!;
        settings = wanted;
        saved = false;
        var result = await Users.SaveAsync(wanted, gone.Token);
        errors = result.Errors;
        if (!result.Succeeded)
        {
            if (result.Errors.Any(e => e.Code == Error.Conflict.Code)) settings = await Users.MeAsync(gone.Token);
            return;
        }
        saved = true;
        settings = await Users.MeAsync(gone.Token);
        if (wanted.Theme != before.Theme) await Scripts.SetThemeAsync(ThemeNames.Of(wanted.Theme), gone.Token);
        if (wanted.TimeZone != before.TimeZone) Clock.Start((await CurrentUser.GetAsync(gone.Token)) with { TimeZone = wanted.TimeZone });
        if (wanted.Language != before.Language) await Scripts.LeaveAsync($"/language/{wanted.Language}?returnUrl=/settings");
    }


    private Task HoursAsync(ChangeEventArgs change, bool start) => TimeOnly.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var time)
        ? ChangeAsync(start ? settings! with { WorkStart = time } : settings! with { WorkEnd = time })
        : Task.CompletedTask;

    private Task ToggleDayAsync(int day) => ChangeAsync(settings! with
    {
        WorkDays = settings.WorkDays.Contains(day) ? [.. settings.WorkDays.Where(d => d != day)] : [.. settings.WorkDays.Append(day).Order()],
    });

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    private sealed record Choice(string Value, string Text);
}
