using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure.Profiles.Rules;

namespace CrmAi.Infrastructure.Profiles;

/// <summary>Makes a profile by weighing what conversations were found to say: offline, and the same each time.</summary>
public sealed class RulesProfileAnalyst : IProfileAnalyst
{
    public string Name => "rules";

    public string Version => "3";

    public Task<Analysed<IReadOnlyList<ProfileClaim>>> AnalyseAsync(ProfileInput input, Guid userId, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var reading = new ProfileReading(input);
        List<ProfileClaim> claims = [.. Persons.Personality(reading), .. Persons.Communication(reading), .. Persons.Deciding(reading), .. Deals.Needs(reading), .. Deals.Qualification(reading), .. Relations.Relationship(reading)];
        claims.AddRange(Relations.Strategy(reading, claims));
        claims.AddRange(Deals.Objections(reading));
        claims.AddRange(Prospects.Of(reading, claims));
        claims.AddRange(Deals.Risks(reading));
        claims.AddRange(Deals.Milestones(reading));
        return Task.FromResult(new Analysed<IReadOnlyList<ProfileClaim>>(claims, new(Name, Version)));
    }
}
