using System.Globalization;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.NextActions;
using CrmAi.Web.Scoring;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.NextActions;

/// <summary>Puts suggested steps into words.</summary>
internal static class StepWords
{
    public static string Why(this IStringLocalizer<Text> words, SuggestionView step, UserClock clock) => step.Reason switch
    {
        ActionReason.PromiseDue or ActionReason.FollowUpDue when DateOnly.TryParse(step.Value, CultureInfo.InvariantCulture, out var day) => words[$"ActionReason.{step.Reason}", clock.Day(day)],
        ActionReason.AppointmentAhead when DateTime.TryParse(step.Value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) => words[$"ActionReason.{step.Reason}", $"{clock.Day(at)} {clock.Hour(at)}"],
        ActionReason.ObjectionOpen => words[$"ActionReason.{step.Reason}", Enum.TryParse<ObjectionKind>(step.Value, out var kind) ? words.Of(kind) : words["step.objection"].Value],
        ActionReason.DeciderNotMet => words[$"ActionReason.{step.Reason}", step.Value ?? words["step.decider"].Value],
        _ => words[$"ActionReason.{step.Reason}", step.Value ?? ""],
    };

    /// <summary>What it is worth, or that the record names no deal.</summary>
    public static string Worth(this IStringLocalizer<Text> words, SuggestionView step) =>
        step.ExpectedMinor is { } expected ? words["step.worth", Money.Show(ScoreWords.Rough(expected), step.Currency)] : words["step.worth.none", step.Intent];

    public static string When(this IStringLocalizer<Text> words, DateTime utc, UserClock clock)
    {
        var day = DateOnly.FromDateTime(clock.Local(utc));
        return (day.DayNumber - clock.Today.DayNumber) switch
        {
            0 => words["upcoming.today", clock.Hour(utc)],
            1 => $"{words["upcoming.tomorrow"]} {clock.Hour(utc)}",
            _ => $"{clock.Day(day)} {clock.Hour(utc)}",
        };
    }

    /// <summary>The title of the task that comes of it.</summary>
    public static string Title(this IStringLocalizer<Text> words, SuggestionView step) => $"{words.Of(step.Kind)} · {step.Contact}";

    /// <summary>Where its sentence stands.</summary>
    public static string Address(SuggestionView step) => step.Quote is { } quote
        ? string.Create(CultureInfo.InvariantCulture, $"/contacts/{step.ContactId}?interaction={quote.Evidence.InteractionId}&start={quote.Evidence.Start}&length={quote.Evidence.Length}") : $"/contacts/{step.ContactId}";
}
