using System.Globalization;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>
/// Turns what a model said into what the text supports. A claim whose words are not in the text, stand in a passage that gives orders, or say another thing than
/// its detail, keeps no place: the check that every analyst passes drops and counts it.
/// </summary>
internal sealed class ConversationAnswers(ConversationInput input, QuestionData data, ConversationResult byRules)
{
    private const int MostFindings = 60, MostSentences = 4, MostQuotes = 4;
    private const double Surest = 0.95;

    private readonly List<Evidence> orders = [.. byRules.Findings.Where(f => f.Kind == FindingKind.Injection).Select(f => f.Evidence)];

    public ConversationResult Result(ConversationAnswer said)
    {
        orders.AddRange(said.Injections.Take(MostQuotes).Select(q => data.Find("c1", q)).OfType<Evidence>().Where(e => !orders.Any(o => Overlap(o, e))));
        var read = said.Findings.Take(MostFindings).Select(Finding).ToLookup(f => f.Evidence.Length > 0);
        List<Finding> findings = [.. read[true].DistinctBy(f => (f.Kind, f.Evidence, f.Value, f.Objection)), .. read[false]];
        var sentiment = Code<Sentiment>(said.Sentiment.Value) ?? Sentiment.Neutral;
        var (disc, stage) = (Code<DiscType>(said.Disc.Type), Code<StageHint>(said.Stage.Value));
        if (sentiment != Sentiment.Neutral) findings.Add(new(FindingKind.Sentiment, Place(said.Sentiment.Quote), Sure(said.Sentiment.Confidence)) { Value = sentiment.ToString() });
        if (disc is not null) findings.AddRange(said.Disc.Quotes.DefaultIfEmpty("").Take(MostQuotes).Select(q => new Finding(FindingKind.Disc, Place(q), Sure(said.Disc.Confidence)) { Value = disc.ToString() }));
        if (stage is not null) findings.Add(new(FindingKind.Stage, Place(said.Stage.Quote), Sure(said.Stage.Confidence)) { Value = stage.ToString() });
        return new(sentiment, Sure(said.Sentiment.Confidence), disc, disc is null ? 0 : Sure(said.Disc.Confidence), stage, stage is null ? 0 : Sure(said.Stage.Confidence), orders.Count > 0,
            [.. said.Summary.Take(MostSentences).Select(Place)], Next(said.NextAction),
            // The passages that give orders are told, whoever noticed them; cues are what the rules make profiles of while the model rests.
            [.. findings, .. orders.Select(o => new Finding(FindingKind.Injection, o, 0.9)), .. byRules.Findings.Where(f => f.Kind == FindingKind.Cue)]);
    }

    private Finding Finding(SaidFinding said)
    {
        var place = Place(said.Quote);
        if (Code<FindingKind>(said.Kind) is not { } kind || !ConversationAnswer.Kinds.Contains(kind) || place.QuoteIn(input.Text) is not { } quote) return new(FindingKind.Insight, Nowhere, 0);
        var finding = new Finding(kind, place, Sure(said.Confidence));
        var lost = finding with { Evidence = Nowhere };
        switch (kind)
        {
            case FindingKind.Objection:
                return Code<ObjectionKind>(said.Detail) is { } objection ? finding with { Objection = objection } : lost;
            case FindingKind.Competitor:
                return data.NameIn(said.Detail, quote) is { } rival ? finding with { Value = rival } : lost;
            case FindingKind.DecisionMaker:
                return said.Detail is null ? finding : data.NameIn(said.Detail, quote) is { } person ? finding with { Value = person } : lost;
            case FindingKind.Topic:
                return said.Detail is { } topic && ConversationAnswer.Topics.Contains(topic) ? finding with { Value = topic } : lost;
            case FindingKind.Pain:
                return finding with { Value = said.Detail == "complaint" ? "complaint" : null };
            case FindingKind.Budget:
                return SaidAmounts.Read(said.Amount, said.Currency, quote) is var (minor, currency) ? finding with { AmountMinor = minor, Currency = currency } : finding;
            case FindingKind.FollowUp:
                var date = SaidDates.Read(said.Date, input.At);
                return finding with { Date = date, Time = date is not null && TimeOnly.TryParseExact(said.Time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null };
            default:
                return finding;
        }
    }

    private NextAction? Next(SaidAction said) => Code<NextActionKind>(said.Kind) is { } kind && Place(said.Quote) is { Length: > 0 } place ? new(kind, place, SaidDates.Read(said.Due, input.At)) : null;

    private Evidence Place(string? quote) => data.Find("c1", quote) is { } place && !orders.Exists(o => Overlap(o, place)) ? place : Nowhere;

    private Evidence Nowhere => new(input.InteractionId, -1, 0);

    private static bool Overlap(Evidence a, Evidence b) => a.Start < b.Start + b.Length && b.Start < a.Start + a.Length;

    private static double Sure(double said) => AnswerShape.Confidence(said, Surest);

    private static T? Code<T>(string? name) where T : struct, Enum => name is not null && Enum.IsDefined(typeof(T), name) && Enum.TryParse<T>(name, out var code) ? code : null;
}
