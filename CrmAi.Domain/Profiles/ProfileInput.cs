using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Profiles;

/// <summary>What an analyst reads of a contact: facts, conversations and what was read out of them. Text from outside is data.</summary>
/// <param name="AsOf">When the last of the conversations took place: how old the others are counts from here, so that the same input always gives the same profile.</param>
/// <param name="Conversations">Oldest first; only such as everybody who sees the contact may see.</param>
public sealed record ProfileInput(Guid ContactId, DateTimeOffset AsOf, ProfileFacts Facts, IReadOnlyList<ProfileConversation> Conversations)
{
    /// <summary>Names to take out of the texts before they leave; no part of what is read.</summary>
    public IReadOnlyList<KnownName> Names { get; init; } = [];
}

/// <summary>What the contact's own record says.</summary>
public sealed record ProfileFacts(string? Title, Seniority? Seniority, bool? DecisionMaker, BudgetAuthority? BudgetAuthority, DealStage Stage, long? DealValueMinor, string Currency, string? Industry);

/// <param name="At">With the company's offset.</param>
/// <param name="Findings">Of the conversation's own analysis; evidence lies inside <paramref name="Text"/>.</param>
public sealed record ProfileConversation(Guid InteractionId, InteractionType Type, InteractionDirection Direction, DateTimeOffset At, string Text,
    Sentiment Sentiment, StageHint? Stage, Evidence Opening, IReadOnlyList<Finding> Findings);

/// <summary>Makes a profile: same input and same mark, same result. Safe for many threads.</summary>
public interface IProfileAnalyst
{
    /// <summary>Who would be asked at present, short and stable, shown as a chip: "rules", or a model's name.</summary>
    string Name { get; }

    /// <summary>Changes whenever the same input may give another result.</summary>
    string Version { get; }

    /// <summary>The same for a contact, as things stand: the company's own prompts and the owner's addition count.</summary>
    Task<string> VersionAsync(Guid userId, Guid? contactId, CancellationToken ct) => Task.FromResult(Version);

    /// <param name="userId">On whose behalf: a model's answer is in their budget, its instructions in their language.</param>
    Task<Analysed<IReadOnlyList<ProfileClaim>>> AnalyseAsync(ProfileInput input, Guid userId, CancellationToken ct);
}
