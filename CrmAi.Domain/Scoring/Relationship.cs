using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;

namespace CrmAi.Domain.Scoring;

/// <summary>
/// How strong the tie is, 0 to 100, after the four parts of Granovetter, "The Strength of Weak Ties" (1973): time spent, emotional intensity, intimacy, reciprocal services.
/// Up to 70 for emotion (mood in conversations), intimacy (trust voiced, personal matters) and reciprocity (they come to us of themselves) against complaints, doubts and anger;
/// up to 30 for time: months in which one spoke without anger. Feelings fade by half in 90 days, habit in 180. Bad weighs more than good, as Baumeister and others found
/// ("Bad Is Stronger Than Good", 2001): anger −4 to gladness 3, a complaint −5. An angry conversation earns nothing for having taken place.
/// </summary>
internal static class Relationship
{
    private static readonly TallyPart Feelings = new(70, 8, 90), Steady = new(30, 3, 180);

    public static Score Of(IReadOnlyList<ScoredTalk> talks, DateTime asOf)
    {
        var tally = new Tally();
        tally.Part(Feelings, talks.SelectMany(t => Reasons(t, Feelings.Left(asOf - t.At))));
        // Calendar months, so that a month does not split in two or join another as time goes by.
        var months = talks.Where(t => t.WasHeld && t.Sentiment != Sentiment.Negative).GroupBy(t => (t.At.Year, t.At.Month)).Select(g => g.Last()).ToList();
        tally.Part(Steady, months.Select(t => new Reason("steady", Steady.Left(asOf - t.At), t.Opening)));
        return tally.Score();
    }

    /// <summary>The same when so much more time has passed.</summary>
    public static Score After(Score score, TimeSpan passed)
    {
        var tally = new Tally();
        tally.Part(Feelings, score.Faded(Feelings, passed, f => f.Code != "steady"));
        tally.Part(Steady, score.Faded(Steady, passed, f => f.Code == "steady"));
        return tally.Score();
    }

    private static IEnumerable<Reason> Reasons(ScoredTalk talk, double left)
    {
        var angry = talk.Sentiment == Sentiment.Negative;
        if (angry) yield return new Reason("mood.bad", -4 * talk.SentimentConfidence * left, talk.MoodPlace());
        if (talk.Sentiment == Sentiment.Positive) yield return new Reason("mood.good", 3 * talk.SentimentConfidence * left, talk.MoodPlace());
        if (talk.IsInbound && !angry) yield return new("reciprocity", 1 * left, talk.Opening);
        foreach (var finding in talk.Findings)
        {
            var (code, weight) = finding switch
            {
                _ when finding.IsComplaint() => ("complaint", -5.0),
                { Kind: FindingKind.Objection, Objection: ObjectionKind.Trust } => ("doubt", -3),
                { Kind: FindingKind.Cue, Value: "trust-" } => ("doubt", -3),
                { Kind: FindingKind.Cue, Value: "trust+" } => ("trust", 3),
                { Kind: FindingKind.Cue, Value: { } cue } when cue.StartsWith("interest.", StringComparison.Ordinal) => ("personal", 2),
                _ => ("", 0),
            };
            if (weight < 0 || (weight > 0 && !angry)) yield return new(code, weight * finding.Confidence * left, finding.Evidence);
        }
    }
}
