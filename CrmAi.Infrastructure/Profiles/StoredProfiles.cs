using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Profiles;

namespace CrmAi.Infrastructure.Profiles;

/// <summary>Turns a checked profile into a row.</summary>
internal static class StoredProfiles
{
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
