using CrmAi.Domain.Conversations;
using CrmAi.Domain.Profiles;

namespace CrmAi.Infrastructure.Profiles.Rules;

/// <summary>
/// Scores of a deal, each 0 to 100. Our own, and stated: potential is how much of BANT is confirmed; probability weighs signs of buying
/// against objections around the stage's usual chance; urgency weighs haste against delay; overall is 0.4 potential + 0.4 probability + 0.2 urgency.
/// </summary>
static class Prospects
{
    const double Doubt = 2;

    public static IEnumerable<ProfileClaim> Of(ProfileReading reading, IReadOnlyList<ProfileClaim> claims)
    {
        var bant = claims.Where(c => ProfileKeys.Bant.Contains(c.Key)).ToList();
        var (signs, objections) = (reading.Of(FindingKind.BuyingSignal), reading.Of(FindingKind.Objection));
        var (haste, delay) = (reading.Cues("pace.fast").Concat(reading.Cues("timeline.have")).ToList(), reading.Cues("timeline.none").Concat(objections.Where(w => w.Finding.Objection == ObjectionKind.Timing)).ToList());
        var stage = reading.Conversations.LastOrDefault(c => c.Stage is not null);
        if (bant.Count == 0 || signs.Count + objections.Count == 0) yield break;

        // Half for what is unknown: neither promise nor refusal.
        var potential = ProfileKeys.Bant.Average(key => bant.Find(c => c.Key == key)?.Value switch { nameof(BantState.Qualified) => 100.0, nameof(BantState.Unqualified) => 0, _ => 40 });
        var usual = stage?.Stage switch { StageHint.Prospecting => 15, StageHint.Qualification => 30, StageHint.Proposal => 50, StageHint.Negotiation => 70, StageHint.ClosedWon => 95, StageHint.ClosedLost => 5, _ => 25.0 };
        var tilt = Balance(signs, objections);
        var probability = tilt >= 0 ? usual + ((100 - usual) * 0.5 * tilt) : usual * (1 + (0.7 * tilt));
        var urgency = 50 + (50 * Balance(haste, delay));
        var found = signs.Concat(objections).ToList();
        yield return Score(ProfileKeys.Potential, potential, bant.SelectMany(c => c.Evidence.Take(1)), found);
        yield return Score(ProfileKeys.Probability, probability, found.Places(), found);
        var timing = haste.Concat(delay).ToList();
        if (timing.Count > 0) yield return Score(ProfileKeys.Urgency, urgency, timing.Places(), timing);
        yield return Score(ProfileKeys.Overall, (0.4 * potential) + (0.4 * probability) + (0.2 * (timing.Count > 0 ? urgency : 50)), [.. signs.Places().Take(3), .. objections.Places().Take(3)], found);
    }

    // -1 to 1
    static double Balance(IReadOnlyList<Weighed> more, IReadOnlyList<Weighed> less) => (more.Sum() - less.Sum()) / (more.Sum() + less.Sum() + Doubt);

    static ProfileClaim Score(string key, double level, IEnumerable<Domain.Shared.Evidence> evidence, IEnumerable<Weighed> found) =>
        new(ProfilePart.Opportunity, key, null, Weighing.Confidence(1, found.ConversationsOf()), [.. evidence]) { Level = (int)Math.Round(Math.Clamp(level, 0, 100)) };
}
