using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Profiles;

namespace CrmAi.Infrastructure.Profiles;

/// <summary>Turns what an analyst said into rows.</summary>
internal static class StoredProfiles
{
    /// <summary>The run as the ledger keeps it, refused (<paramref name="kept"/> is null) or not.</summary>
    public static AiRun Run(ProfileInput input, AnalystMark by, Guid userId, int claims, CheckedProfile? kept, int milliseconds, DateTime now) => new()
    {
        Type = AiRunType.Profile, UserId = userId, ContactId = input.ContactId, InputDigest = ProfileInputs.DigestOf(input, by), Analyst = by.Analyst, AnalystVersion = by.Version, PromptVersion = by.PromptVersion,
        InputTokens = by.InputTokens, OutputTokens = by.OutputTokens, CostMicros = by.CostMicros, Milliseconds = milliseconds, Claims = kept?.Claims.Count ?? 0, Dropped = kept?.Dropped ?? claims,
        ErrorCode = kept is null ? "analysis.uncited" : by.Note, At = now,
    };

    public static ContactProfile Version(ProfileInput input, CheckedProfile profile, AiRun run)
    {
        var cited = profile.Claims.SelectMany(c => c.Evidence).Select(e => e.InteractionId).ToHashSet();
        return new()
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(run.At)),
            ContactId = input.ContactId,
            AiRunId = run.Id,
            Analyst = run.Analyst,
            AnalystVersion = run.AnalystVersion,
            InputDigest = run.InputDigest,
            Conversations = input.Conversations.Count,
            Claims = [.. profile.Claims],
            Texts = input.Conversations.Where(c => cited.Contains(c.InteractionId)).ToDictionary(c => c.InteractionId, c => ProfileInputs.Fingerprint(c.Text)),
            At = run.At,
        };
    }
}
