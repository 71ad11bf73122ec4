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
    private const double RecencyCap = 35, RecencyHalfLife = 14, FrequencyCap = 35, DepthCap = 30, HalfLifeDays = 45;

    public static Score Of(IReadOnlyList<ScoredTalk> talks, DateTime asOf)
    {
        var tally = new Tally();
        // Oldest first: the last one in which somebody was reached.
        if (talks.LastOrDefault(t => t.WasHeld || t.IsInbound) is { } last)
            tally.Line("recency", RecencyCap * Tally.Left(asOf - last.At, RecencyHalfLife), (int)(asOf - last.At).TotalDays, last.Opening);
        tally.Part(FrequencyCap, 4, talks.Where(t => t.IsInbound).Select(t => new Reason("replies", Tally.Left(asOf - t.At, HalfLifeDays), t.Opening)));
        tally.Part(DepthCap, 6, talks.Where(t => t.WasHeld || t.IsInbound).Select(t => new Reason("depth", Depth(t) * Tally.Left(asOf - t.At, HalfLifeDays), t.Opening)));
        return tally.Score();
    }

    private static double Depth(ScoredTalk talk) => talk.IsMeeting() ? 3 : talk.Type == InteractionType.Call ? 2 : 1;
}
