using System.Globalization;
using CrmAi.Domain.NightRuns;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.NightRuns;

/// <summary>Runs in words.</summary>
internal static class NightWords
{
    public static string State(IStringLocalizer<Text> text, NightProgress run) => run is { State: NightRunState.Stopped, Reason: { } reason } ? text[$"night.stop.{reason}"] : text[$"night.state.{run.State}"];

    /// <summary>The class of its chip.</summary>
    public static string Colour(NightProgress run) => run.State switch
    {
        NightRunState.Done => run.Failed > 0 ? "warn" : "good",
        NightRunState.Stopped or NightRunState.Paused => "warn",
        NightRunState.Cancelled => "quiet",
        _ => "",
    };

    /// <summary>In yuan, with as many places as such small sums need.</summary>
    public static string Cost(long micros) => micros == 0 ? "¥0" : "¥" + (micros / 1_000_000m).ToString(micros < 1_000_000 ? "0.####" : "#,0.00", CultureInfo.CurrentCulture);

    public static string Duration(IStringLocalizer<Text> text, TimeSpan time) => time.TotalMinutes < 1 ? text["night.seconds", Math.Max(1, (int)Math.Ceiling(time.TotalSeconds))]
        : time.TotalHours < 1 ? text["night.minutes", (int)Math.Ceiling(time.TotalMinutes)] : text["night.hours", (int)time.TotalHours, time.Minutes];
}
