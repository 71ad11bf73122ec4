using CrmAi.Domain.Interactions;

namespace CrmAi.Domain.Scoring;

/// <summary>
/// How closely they keep in touch, 0 to 100, after RFM: recency, frequency and a third measure (Hughes, "Strategic Database Marketing", 1994; Fader, Hardie and Lee, "RFM and CLV", 2005).
/// Recency: up to 35, half of it two weeks after they were last heard, a usual interval between two calls. Frequency: up to 35 for how often they write or call
/// of themselves, each half as much after 45 days, half full at four. In place of money: up to 30 for the depth of contact (a meeting 3, a call 2, a message 1), half full at six.
/// Nothing lowers it but time, so one more reply never does.
/// </summary>
internal static class Engagement
{
    private static readonly TallyPart Recency = new(35, 0, 14), Replies = new(35, 4, 45), Depths = new(30, 6, 45);

    public static Score Of(IReadOnlyList<ScoredTalk> talks, DateTime asOf)
    {
        var tally = new Tally();
        // Oldest first: the last one in which somebody was reached.
        if (talks.LastOrDefault(t => t.WasHeld || t.IsInbound) is { } last) tally.Since("recency", Recency, (asOf - last.At).TotalDays, [last.Opening]);
        tally.Part(Replies, talks.Where(t => t.IsInbound).Select(t => new Reason("replies", Replies.Left(asOf - t.At), t.Opening)));
        tally.Part(Depths, talks.Where(t => t.WasHeld || t.IsInbound).Select(t => new Reason("depth", Depth(t) * Depths.Left(asOf - t.At), t.Opening)));
        return tally.Score();
    }

    /// <summary>The same when so much more time has passed.</summary>
    public static Score After(Score score, TimeSpan passed)
    {
        var tally = new Tally();
        foreach (var factor in score.Factors.Where(f => f.Code == "recency")) tally.Since(factor.Code, Recency, (TimeSpan.FromDays(factor.Weight ?? 0) + passed).TotalDays, factor.Evidence);
        tally.Part(Replies, score.Faded(Replies, passed, f => f.Code == "replies"));
        tally.Part(Depths, score.Faded(Depths, passed, f => f.Code == "depth"));
        return tally.Score();
    }

    private static double Depth(ScoredTalk talk) => talk.IsMeeting() ? 3 : talk.Type == InteractionType.Call ? 2 : 1;
}
