using CrmAi.Domain.Conversations;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;

namespace CrmAi.Infrastructure.Profiles;

/// <summary>
/// Turns what a model said of a contact into what the conversations support. What does not hold keeps no place: the check that every analyst passes drops and counts it.
/// How sure a claim is follows from how many conversations it cites, however sure the model says it is.
/// </summary>
internal sealed class ProfileAnswers(ProfileInput input, QuestionData data)
{
    private const int MostClaims = 150;

    // So much of what is left to doubt goes with each conversation: a judgement needs two of them, what was said needs one.
    private const double DoubtOfJudgement = 0.6, DoubtOfWords = 0.4;

    private readonly Dictionary<Guid, ProfileConversation> conversations = input.Conversations.ToDictionary(c => c.InteractionId);

    public IReadOnlyList<ProfileClaim> Claims(ProfileAnswer said) => [.. said.Claims.Take(MostClaims).Select(Claim)];

    private ProfileClaim Claim(SaidClaim said)
    {
        var lost = new ProfileClaim(ProfilePart.Risks, ProfileKeys.Risk, null, 0, []);
        if (ProfileAnswer.PartOf(said.Key) is not { } part || !ProfileAnswer.Fits(said.Key, said.Value)) return lost;
        var places = said.Evidence.Take(2 * ProfileCheck.MaxEvidence).Select(e => data.Find(e.Conversation, e.Quote)).OfType<Evidence>().Where(e => !IsOrder(e)).Distinct().ToList();
        var value = said.Value;
        if (ProfileAnswer.IsName(said.Key))
        {
            // Only where the name itself is quoted.
            places = [.. places.Where(p => data.NameIn(said.Value, Quote(p)) is not null)];
            value = places.Count == 0 ? null : data.NameIn(said.Value, Quote(places[0]));
        }
        if (places.Count == 0) return lost;
        int? level = said.Level is { } number && double.IsFinite(number) && ProfileAnswer.HasLevel(said.Key) ? (int)Math.Round(Math.Clamp(number, -1, 101)) : null;
        if (level is null && ProfileAnswer.HasLevel(said.Key)) return lost;
        var held = places.Select(p => p.InteractionId).Distinct().Count();
        var most = 1 - Math.Pow(ProfileKeys.IsJudgement(said.Key) ? DoubtOfJudgement : DoubtOfWords, held);
        var claim = new ProfileClaim(part, said.Key, value, AnswerShape.Confidence(said.Confidence, most), places) { Level = level };
        if (said.Key is ProfileKeys.Milestone or ProfileKeys.Deadline) claim = claim with { Date = SaidDates.Read(said.Date, conversations[places[0].InteractionId].At) };
        if (said.Key != ProfileKeys.Budget) return claim;
        var amount = places.Select(p => SaidAmounts.Read(said.Amount, said.Currency, Quote(p))).FirstOrDefault(a => a is not null);
        return amount is var (minor, currency) ? claim with { AmountMinor = minor, Currency = currency } : lost;
    }

    private string Quote(Evidence place) => place.QuoteIn(conversations[place.InteractionId].Text) ?? "";

    // What gives orders to a machine tells nothing of a person.
    private bool IsOrder(Evidence place) => conversations[place.InteractionId].Findings.Any(f => f.Kind == FindingKind.Injection && f.Evidence.Start < place.Start + place.Length && place.Start < f.Evidence.Start + f.Evidence.Length);
}
