using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure.AiRuns;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>What an evaluated analyst cost, and what of its answers could not be used.</summary>
internal sealed class EvaluationMeter
{
    private readonly Dictionary<string, int> unanswered = [];

    public long CostMicros { get; private set; }
    public long Tokens { get; private set; }
    public int Claims { get; private set; }
    public int Dropped { get; private set; }

    /// <summary>Why there was no answer, and how often; such a case counts as one in which nothing was found.</summary>
    public IReadOnlyDictionary<string, int> Unanswered => unanswered;

    public void Add(AnalystMark by, int claims, int dropped)
    {
        CostMicros += by.CostMicros ?? 0;
        Tokens += (by.InputTokens ?? 0) + (by.OutputTokens ?? 0);
        Claims += claims;
        Dropped += dropped;
    }

    public void Miss(string why) => unanswered[why] = unanswered.GetValueOrDefault(why) + 1;
}

/// <summary>A model without the rules behind it, and with what the product lets through: what is measured is its own.</summary>
internal sealed class MeteredConversations(IConversationAnalyst inner, EvaluationMeter meter) : IConversationAnalyst
{
    public string Name => inner.Name;

    public string Version => inner.Version;

    public async Task<Analysed<ConversationResult>> AnalyseAsync(ConversationInput input, Guid userId, CancellationToken ct)
    {
        var nothing = new ConversationResult(Sentiment.Neutral, 0, null, 0, null, 0, false, [], null, []);
        try
        {
            var (result, by) = await inner.AnalyseAsync(input, userId, ct);
            var kept = ConversationCheck.Apply(input, result);
            var claims = result.Findings.Count + result.Summary.Count;
            meter.Add(by, claims, kept?.Dropped ?? claims);
            return new(kept?.Result ?? nothing, by);
        }
        catch (ModelUnavailableException none)
        {
            meter.Miss(none.Code);
            return new(nothing, new(Name, Version));
        }
    }
}

/// <summary>As above, for profiles.</summary>
internal sealed class MeteredProfiles(IProfileAnalyst inner, EvaluationMeter meter) : IProfileAnalyst
{
    public string Name => inner.Name;

    public string Version => inner.Version;

    public async Task<Analysed<IReadOnlyList<ProfileClaim>>> AnalyseAsync(ProfileInput input, Guid userId, CancellationToken ct)
    {
        try
        {
            var (claims, by) = await inner.AnalyseAsync(input, userId, ct);
            meter.Add(by, claims.Count, ProfileCheck.Apply(input, claims)?.Dropped ?? claims.Count);
            return new(claims, by);
        }
        catch (ModelUnavailableException none)
        {
            meter.Miss(none.Code);
            return new([], new(Name, Version));
        }
    }
}
