using System.Diagnostics;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure.AiRuns;

namespace CrmAi.Infrastructure.Profiles;

/// <summary>Has a profile made of what is known, by day and by night alike.</summary>
internal sealed class ProfileMaking(IProfileAnalyst analyst, TimeProvider time)
{
    /// <summary>Who would make a profile now; what a stand-in made counts as somebody else's.</summary>
    public async Task<string> MakerAsync(CancellationToken ct) => MakerOf(analyst.Name, await analyst.VersionAsync(Guid.Empty, null, ct));

    /// <summary>What a contact's owner added makes nobody else of it.</summary>
    public static string MakerOf(string analyst, string version) => $"{analyst} {Prompts.Shared(version)}";

    /// <summary>Null where the newest version says it already, or where only a stand-in could be asked and that version is better.</summary>
    public async Task<MadeProfile?> MakeAsync(ProfileInput input, Guid userId, LastMade? last, CancellationToken ct)
    {
        var version = last is null ? "" : await analyst.VersionAsync(userId, input.ContactId, ct);
        if (last is not null && last.Digest.AsSpan().SequenceEqual(ProfileInputs.DigestOf(input, new(analyst.Name, version)))) return null;
        var watch = Stopwatch.StartNew();
        var (claims, by) = await analyst.AnalyseAsync(input, userId, ct);
        var milliseconds = (int)watch.ElapsedMilliseconds;
        if (last?.Outdoes(by, ProfileInputs.DigestOf(input, by), ProfileInputs.DigestOf(input, last.By)) == true) return null;
        var kept = ProfileCheck.Apply(input, claims);
        var run = StoredProfiles.Run(input, by, userId, claims.Count, kept, milliseconds, time.GetUtcNow().UtcDateTime);
        return new(run, kept is null ? null : StoredProfiles.Version(input, kept, run));
    }
}

/// <param name="Version">Null where nothing of it could be shown: the run's error code says so, and the profile stays as it was.</param>
internal sealed record MadeProfile(AiRun Run, ContactProfile? Version);
