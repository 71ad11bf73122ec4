using CrmAi.Domain.AiRuns;
using CrmAi.Web.Shared;

namespace CrmAi.Web.AiRuns;

public enum AiTab { Runs, Calls, Charts, Settings }

/// <summary>The last days, today included.</summary>
public enum AiPeriod { Today, Week, Month, Quarter, Year, All }

/// <summary>What the ledger shows, as it stands in the address.</summary>
public sealed record AiFilter(AiTab Tab = AiTab.Runs, AiPeriod Period = AiPeriod.Month, AiRunType? Type = null, string? Analyst = null, Guid? Person = null, Guid? Contact = null,
    AiRunState? State = null, AiRating? Rating = null, AiCallOutcome? Outcome = null, Guid? Run = null)
{
    public const string Path = "/ai";

    public bool IsNarrowed => this with { Tab = default, Period = AiPeriod.Month, Run = null } != new AiFilter();

    /// <summary>The same runs in the list, in sums and in charts: which of them is open decides nothing.</summary>
    public AiFilter Chosen => this with { Run = null };

    public string Address => Pairs().Aggregate(Path, (address, pair) => $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{pair.Name}={Uri.EscapeDataString(pair.Value)}");

    /// <summary>Days shown, null for all there are.</summary>
    public int? Days => Period switch { AiPeriod.Today => 1, AiPeriod.Week => 7, AiPeriod.Month => 30, AiPeriod.Quarter => 90, AiPeriod.Year => 365, _ => null };

    public AiRunQuery Runs(UserClock clock) => new(Type, Analyst, Person, Contact, State, Rating, From(clock));

    public AiCallQuery Calls(UserClock clock) => new(Type, Analyst, Person, Contact, Outcome, From(clock));

    public static AiFilter Parse(string? tab, string? period, string? type, string? analyst, string? person, string? contact, string? state, string? rating, string? outcome, string? run) => new(
        Known<AiTab>(tab) ?? AiTab.Runs, Known<AiPeriod>(period) ?? AiPeriod.Month, Known<AiRunType>(type), string.IsNullOrWhiteSpace(analyst) ? null : analyst, Id(person), Id(contact),
        Known<AiRunState>(state), Known<AiRating>(rating), Known<AiCallOutcome>(outcome), Id(run));

    private DateTime? From(UserClock clock) => Days is { } days ? clock.Utc(clock.Today.AddDays(1 - days).ToDateTime(TimeOnly.MinValue)) : null;

    private IEnumerable<(string Name, string Value)> Pairs()
    {
        if (Tab != AiTab.Runs) yield return ("tab", Word(Tab));
        if (Period != AiPeriod.Month) yield return ("period", Word(Period));
        if (Type is { } type) yield return ("type", Word(type));
        if (Analyst is { } analyst) yield return ("analyst", analyst);
        if (Person is { } person) yield return ("person", person.ToString());
        if (Contact is { } contact) yield return ("contact", contact.ToString());
        if (State is { } state) yield return ("state", Word(state));
        if (Rating is { } rating) yield return ("rating", Word(rating));
        if (Outcome is { } outcome) yield return ("outcome", Word(outcome));
        if (Run is { } run) yield return ("run", run.ToString());
    }

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static Guid? Id(string? text) => Guid.TryParse(text, out var id) ? id : null;

    private static T? Known<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
