using System.Globalization;
using CrmAi.Domain.Imports;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Imports;

/// <summary>What pages and files say of imports.</summary>
internal static class ImportWords
{
    // A sentence with more places than what is to be put into them is still a sentence.
    public static string Why(this IStringLocalizer<Text> words, RowProblem problem) => words.OfError(problem.Code, [.. problem.Args, "", "", ""]);

    public static ReportWords Report(IStringLocalizer<Text> words) => new(words["import.row"], words["import.outcome"], words["import.reason"], outcome => words.Of(outcome),
        problem => problem.Value is { Length: > 0 } value && !problem.Args.Contains(value) ? $"{words.Why(problem)} ({value})" : words.Why(problem));

    public static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    public static string Tone(ImportState state) => state switch
    {
        ImportState.Done => "good",
        ImportState.Failed => "bad",
        ImportState.Paused or ImportState.Checked => "warn",
        _ => "quiet",
    };

    public static string Tone(RowOutcome outcome) => outcome switch
    {
        RowOutcome.Created or RowOutcome.Updated or RowOutcome.Undone => "good",
        RowOutcome.Refused => "bad",
        RowOutcome.Kept or RowOutcome.Repeated => "warn",
        _ => "quiet",
    };

    public static bool IsBusy(ImportState state) => state is ImportState.Checking or ImportState.Running or ImportState.Undoing;

    public static string Address(Guid id) => $"/import/{id}";

    public static string Share(int done, int total) => total <= 0 ? "0" : (100.0 * Math.Min(done, total) / total).ToString("0.#", CultureInfo.InvariantCulture) + "%";
}
