using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Scoring;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.NextActions;

/// <summary>What an analyst reads to suggest steps. Text from outside is data.</summary>
/// <param name="AsOf">UTC.</param>
/// <param name="Talks">Oldest first; only such as everybody who sees the contact may see.</param>
/// <param name="Appointments">Agreed and still ahead.</param>
/// <param name="Intent">0 to 100; null where nothing is known.</param>
/// <param name="FollowUpAt">As the contact's record says, UTC.</param>
/// <param name="IsClosed">Archived, or lost: nothing is suggested.</param>
public sealed record NextActionInput(DateTime AsOf, Workdays Work, ScoringFacts Facts, int? Intent, DateTime? FollowUpAt, bool IsClosed, IReadOnlyList<ActionTalk> Talks, IReadOnlyList<AgreedTalk> Appointments);

/// <param name="Suggested">What the conversation's own analysis suggests.</param>
public sealed record ActionTalk(ScoredTalk Talk, string? Subject, string Text, SuggestedStep? Suggested);

public sealed record SuggestedStep(NextActionKind Kind, Evidence Evidence, DateOnly? DueOn);

/// <param name="IsPrepared">Something is written down for it.</param>
public sealed record AgreedTalk(Guid InteractionId, InteractionType Type, DateTime At, bool IsPrepared);

/// <summary>A step that an analyst would take.</summary>
/// <param name="Key">Reason and what it arose from, at most <see cref="SuggestedAction.MaxKey"/> characters: equal for the same suggestion, however often it is made.</param>
/// <param name="Evidence">A place in a conversation of the input; null where a field says it.</param>
public sealed record ActionCandidate(ActionReason Reason, NextActionKind Kind, string Key, string? Value, Evidence? Evidence, DateOnly DueOn, DateTime BestAt, bool TimeIsLearnt, InteractionType Channel)
{
    /// <summary>The same step as it arose at other times and is still open: where one of these is suggested already, that suggestion goes on.</summary>
    public IReadOnlyList<ActionCandidate> Same { get; init; } = [];
}

/// <summary>Suggests steps, the best first. Implementations are pure: same input, same result; safe for many threads.</summary>
public interface INextActionAnalyst
{
    /// <summary>Short and stable: "rules", or a model's name.</summary>
    string Name { get; }

    string Version { get; }

    Task<IReadOnlyList<ActionCandidate>> SuggestAsync(NextActionInput input, CancellationToken ct);
}

/// <summary>When somebody works, on their own clock.</summary>
/// <param name="Days">0 is Sunday; at least one.</param>
public sealed record Workdays(string TimeZone, TimeOnly Start, TimeOnly End, IReadOnlyList<int> Days)
{
    private const int Step = 30;

    private TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var found) ? found : TimeZoneInfo.Utc;

    public DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, Zone);

    public DateOnly Today(DateTime utc) => DateOnly.FromDateTime(Local(utc));

    /// <summary>A time that the clock skipped in spring is taken an hour later.</summary>
    public DateTime Utc(DateTime local) => TimeZoneInfo.ConvertTimeToUtc(Zone.IsInvalidTime(local) ? local.AddHours(1) : local, Zone);

    public bool IsWorkday(DateOnly day) => Days.Count == 0 || Days.Contains((int)day.DayOfWeek);

    public DateOnly OnOrAfter(DateOnly day) => Enumerable.Range(0, 7).Select(day.AddDays).First(IsWorkday);

    public DateOnly After(DateOnly day) => OnOrAfter(day.AddDays(1));

    /// <summary>The next working moment at or after: on a half hour, or at the given hour where one is asked for.</summary>
    /// <param name="hour">Local; null for any.</param>
    public DateTime Slot(DateTime utc, int? hour)
    {
        var local = Local(utc);
        var (first, last) = (TimeSpan.FromMinutes(Start.ToTimeSpan().TotalMinutes), End > Start ? End.ToTimeSpan() : new TimeSpan(23, 30, 0));
        for (var ahead = 0; ; ahead++)
        {
            var day = DateOnly.FromDateTime(local).AddDays(ahead);
            if (!IsWorkday(day)) continue;
            var wanted = hour is { } h ? TimeSpan.FromHours(h) : ahead > 0 ? first : TimeSpan.FromMinutes(Math.Ceiling(local.TimeOfDay.TotalMinutes / Step) * Step);
            if (wanted < first) wanted = first;
            if (wanted >= last && hour is not null) wanted = last - TimeSpan.FromMinutes(Step);
            if (wanted >= last || (ahead == 0 && wanted < local.TimeOfDay)) continue;
            return Utc(day.ToDateTime(TimeOnly.MinValue) + wanted);
        }
    }
}
