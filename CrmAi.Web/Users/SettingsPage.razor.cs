using System.Globalization;
using CrmAi.Domain.Notifications;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Users;

/// <summary>One's own page. Each change is saved as it is made.</summary>
public sealed partial class SettingsPage : ComponentBase, IDisposable
{
    private static readonly Dictionary<string, IReadOnlyList<Choice>> ZonesByLanguage = [];
    private static readonly int[] Week = [1, 2, 3, 4, 5, 6, 0];

    private readonly CancellationTokenSource gone = new();
    private UserSettings? settings;
    private IReadOnlyList<Error> errors = [];
    private IReadOnlyList<Choice> zones = [];

    [Inject] private IUsers Users { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;
    [Inject] private PageScripts Scripts { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Password { get; set; }

    private IEnumerable<Choice> LanguageChoices => TopBar.Languages.Select(code => new Choice(code, L[$"language.{code}"]));

    protected override async Task OnInitializedAsync()
    {
        zones = Zones();
        settings = await Users.MeAsync(gone.Token);
    }

    // The runtime keeps a zone's name in the language it was first asked in: each language asks anew, once.
    private static IReadOnlyList<Choice> Zones()
    {
        lock (ZonesByLanguage)
        {
            var language = CultureInfo.CurrentUICulture.Name;
            if (ZonesByLanguage.TryGetValue(language, out var known)) return known;
            TimeZoneInfo.ClearCachedData();
            return ZonesByLanguage[language] = [.. TimeZoneInfo.GetSystemTimeZones().Where(z => z.Id.Contains('/') || z.Id == "UTC").OrderBy(z => z.BaseUtcOffset).ThenBy(z => z.Id, StringComparer.Ordinal).Select(z => new Choice(z.Id, $"{Offset(z)} {z.Id.Replace('_', ' ')} · {z.StandardName}"))];
        }
    }

    private static string Offset(TimeZoneInfo zone) => (zone.BaseUtcOffset < TimeSpan.Zero ? "\u2212" : "+") + zone.BaseUtcOffset.ToString(@"hh\:mm", CultureInfo.InvariantCulture);

    private Dictionary<string, object> Aria(string key) => new() { ["aria-label"] = L[key].Value };

    private string? About(string field) => L.About(errors, field);

    // One field at a time: where another page saved in between, the same change is made to what stands there now.
    private async Task ChangeAsync(Func<UserSettings, UserSettings> change)
    {
        var before = settings!;
        settings = change(before);
        var result = await Users.SaveAsync(settings, gone.Token);
        if (result.Errors.Any(e => e.Code == Error.Conflict.Code))
        {
            before = await Users.MeAsync(gone.Token);
            result = await Users.SaveAsync(settings = change(before), gone.Token);
        }
        errors = result.Errors;
        if (!result.Succeeded) return;
        var wanted = settings;
        settings = await Users.MeAsync(gone.Token);
        Clock.Start(settings);
        Toasts.Show(L["settings.saved"], L["undo"], () => ChangeAsync(now => before with { Version = now.Version }));
        if (wanted.Theme != before.Theme) await Scripts.SetThemeAsync(ThemeNames.Of(wanted.Theme), gone.Token);
        if (wanted.Language != before.Language) await Scripts.LeaveAsync($"/language/{wanted.Language}?returnUrl=/settings");
    }

    private Task HoursAsync(ChangeEventArgs change, bool start) => TimeOnly.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var time)
        ? ChangeAsync(now => start ? now with { WorkStart = time } : now with { WorkEnd = time })
        : Task.CompletedTask;

    private Task ToggleDayAsync(int day)
    {
        var works = !settings!.WorkDays.Contains(day);
        return ChangeAsync(now => now with { WorkDays = [.. now.WorkDays.Where(d => d != day).Concat(works ? [day] : []).Order()] });
    }

    private Task ToggleToldAsync(NotificationKind kind)
    {
        var mutes = !settings!.Muted.Contains(kind);
        return ChangeAsync(now => now with { Muted = [.. now.Muted.Where(k => k != kind).Concat(mutes ? [kind] : []).Order()] });
    }

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    private sealed record Choice(string Value, string Text);
}
