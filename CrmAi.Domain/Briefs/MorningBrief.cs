using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Briefs;

/// <summary>The few steps that one person's day begins with. Chosen once a day; what becomes of them stands at the suggestions.</summary>
public sealed class MorningBrief
{
    public const int MaxItems = 5;

    public Guid Id { get; init; } = Ids.Next();
    public Guid UserId { get; init; }

    /// <summary>The person's local day; one brief a day.</summary>
    public DateOnly Day { get; init; }

    /// <summary>The most worth first.</summary>
    public List<BriefItem> Items { get; init; } = [];
    public DateTime MadeAt { get; init; }
}

/// <param name="Rank">What it was chosen by: worth × weight.</param>
/// <param name="Weight">What was learnt of this kind when it was chosen.</param>
public sealed record BriefItem(Guid SuggestionId, double Rank, double Weight);

/// <summary>From when on a person's decisions are learnt from.</summary>
public sealed class BriefLearning
{
    public Guid UserId { get; init; }
    public DateTime Since { get; set; }
}
