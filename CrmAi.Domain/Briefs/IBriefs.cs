using CrmAi.Domain.NextActions;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Briefs;

/// <summary>Morning briefs: at most five steps a day for each person, the same all day.</summary>
public interface IBriefs
{
    /// <summary>One's own of today, chosen at the first look; or of another, whom one leads, as it stands.</summary>
    /// <param name="userId">Null: oneself. A manager reads those of their teams, an administrator all; null is answered for others.</param>
    Task<BriefView?> TodayAsync(Guid? userId, CancellationToken ct);

    /// <summary>Whose briefs one may read beside one's own, by name. Empty for most.</summary>
    Task<IReadOnlyList<BriefPerson>> PeopleAsync(CancellationToken ct);

    /// <summary>Forgets what was learnt of one's own decisions; answers since when it was learnt from, to bring it back with.</summary>
    Task<DateTime?> ForgetAsync(CancellationToken ct);

    /// <summary>Learns from one's decisions since that moment again; null from all.</summary>
    Task RememberAsync(DateTime? since, CancellationToken ct);
}

/// <param name="MadeAt">Null where there was nothing to choose from yet.</param>
/// <param name="Hidden">Steps with contacts that the reader may not see.</param>
/// <param name="Yesterday">What became of the last brief before this day; null where there was none.</param>
public sealed record BriefView(Guid UserId, string Person, bool IsOwn, DateOnly Day, DateTime? MadeAt, IReadOnlyList<BriefCard> Cards, int Hidden, BriefOutcome? Yesterday, IReadOnlyList<LearntKind> Learnt)
{
    /// <summary>Cards that the person decided; what lost its reason by itself is none.</summary>
    public int Decided => Cards.Count(c => c.Suggestion.State is SuggestionState.Accepted or SuggestionState.Snoozed or SuggestionState.Rejected);
}

/// <param name="Weight">What was learnt of this kind when it was chosen.</param>
public sealed record BriefCard(SuggestionView Suggestion, double Weight);

public sealed record BriefOutcome(DateOnly Day, int Steps, int Accepted, int Snoozed, int Rejected);

public sealed record BriefPerson(Guid Id, string Name);
