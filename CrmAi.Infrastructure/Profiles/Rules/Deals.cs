using System.Buffers;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.Profiles.Rules;

/// <summary>Needs, qualification, objections, risks and how far the deal has come.</summary>
static class Deals
{
    const int MostNeeds = 3, MostRisks = 4, Apart = 2, Enough = 12;
    static readonly SearchValues<char> SentenceEnds = SearchValues.Create("。！？!?\n；;");

    public static IEnumerable<ProfileClaim> Needs(ProfileReading reading)
    {
        var pains = Joined(reading, reading.Of(FindingKind.Pain));
        var needs = reading.Of(FindingKind.Need).Where(n => !pains.Any(p => Weighing.Overlap(p.Finding.Evidence, n.Finding.Evidence))).ToList();
        foreach (var (found, key) in new[] { (needs, ProfileKeys.Need), (pains, ProfileKeys.Pain) })
        {
            // "By the first of May" and "no hurry" are dates.
            foreach (var w in found.Where(w => IsTold(w) && !reading.Said("timeline.have", w) && !reading.Said("timeline.none", w)).OrderByDescending(w => w.Weight).DistinctBy(w => w.Finding.Evidence.QuoteIn(w.Conversation.Text)).Take(MostNeeds))
                yield return new(ProfilePart.Needs, key, null, w.Finding.Confidence, [w.Finding.Evidence]);
        }
        if (reading.Of(FindingKind.Budget).Where(w => w.Finding.AmountMinor is not null).Latest() is { } budget)
        {
            yield return new(ProfilePart.Needs, ProfileKeys.Budget, null, budget.Finding.Confidence, [budget.Finding.Evidence]) { AmountMinor = budget.Finding.AmountMinor, Currency = budget.Finding.Currency };
        }
        if (reading.Cues("timeline.have").Latest() is { } deadline)
            yield return new(ProfilePart.Needs, ProfileKeys.Deadline, null, deadline.Finding.Confidence, [deadline.Finding.Evidence]);
    }

    // A word in passing ("overtime again") is no need that anybody told.
    static bool IsTold(Weighed w) => w.Finding.Evidence.QuoteIn(w.Conversation.Text) is { } quote && quote.Sum(c => c > 127 ? 2 : 1) >= Enough;

    // What hurts is told in several clauses in a row: one pain, the surer for being told at length.
    static List<Weighed> Joined(ProfileReading reading, IReadOnlyList<Weighed> found)
    {
        var joined = new List<Weighed>();
        foreach (var w in found.OrderBy(w => w.Conversation.At).ThenBy(w => w.Conversation.InteractionId).ThenBy(w => w.Finding.Evidence.Start))
        {
            var (last, here) = (joined.LastOrDefault(), w.Finding.Evidence);
            var end = last is null ? 0 : last.Finding.Evidence.Start + last.Finding.Evidence.Length;
            if (last is null || last.Conversation != w.Conversation || here.Start - end is < 0 or > Apart || w.Conversation.Text.AsSpan(end, here.Start - end).ContainsAny(SentenceEnds))
            {
                joined.Add(w);
                continue;
            }
            var whole = new Evidence(here.InteractionId, last.Finding.Evidence.Start, here.Start + here.Length - last.Finding.Evidence.Start);
            joined[^1] = last with { Finding = last.Finding with { Evidence = whole, Confidence = Math.Min(0.95, Math.Max(last.Finding.Confidence, w.Finding.Confidence) + 0.05) }, Weight = Math.Max(last.Weight, w.Weight) * 1.1 };
        }
        return joined;
    }

    /// <summary>Budget, authority, need, timeline: the latest word counts; what was never spoken of stays unknown.</summary>
    public static IEnumerable<ProfileClaim> Qualification(ProfileReading reading)
    {
        var objections = Raised(reading);
        IEnumerable<Weighed> Against(ObjectionKind kind) => objections.Where(w => w.Finding.Objection == kind);
        // Who says outright whether they decide is believed; that somebody else was named tells it only where nothing was said.
        var (own, none) = (reading.Cues("authority.self"), reading.Cues("authority.none"));
        IReadOnlyList<Weighed> others = own.Count + none.Count > 0 ? none : [.. Against(ObjectionKind.Authority), .. reading.Of(FindingKind.DecisionMaker)];
        // A need spoken of in the very conversation that doubts it, or later, is a need.
        IReadOnlyList<Weighed> needs = [.. reading.Of(FindingKind.Need), .. reading.Of(FindingKind.Pain)];
        IReadOnlyList<Weighed> doubts = [.. Against(ObjectionKind.Need).Where(w => !needs.Any(n => n.Conversation.At >= w.Conversation.At))];
        return new[]
        {
            Bant(ProfileKeys.BantBudget, [.. reading.Of(FindingKind.Budget), .. reading.Cues("budget.have")], reading.Cues("budget.none")),
            Bant(ProfileKeys.BantAuthority, own, others),
            Bant(ProfileKeys.BantNeed, needs, doubts),
            Bant(ProfileKeys.BantTimeline, reading.Cues("timeline.have"), [.. reading.Cues("timeline.none"), .. Against(ObjectionKind.Timing)]),
        }.OfType<ProfileClaim>();
    }

    static ProfileClaim? Bant(string key, IReadOnlyList<Weighed> yes, IReadOnlyList<Weighed> no)
    {
        if (yes.Concat(no).Latest() is not { } last) return null;
        var isYes = yes.Contains(last);
        var found = isYes ? yes : no;
        return new(ProfilePart.Qualification, key, (isYes ? BantState.Qualified : BantState.Unqualified).ToString(), Math.Min(0.95, last.Finding.Confidence + (0.05 * (found.ConversationsOf() - 1))),
            [last.Finding.Evidence, .. found.Places()]);
    }

    /// <summary>Objections to hold against a deal: who decides, when, and what is in use already are often mere facts, unless it is said that they stand in the way.</summary>
    static IReadOnlyList<Weighed> Raised(ProfileReading reading) => [.. reading.Of(FindingKind.Objection).Where(w => w.Finding.Objection switch
    {
        ObjectionKind.Authority => reading.Said("cannot", w),
        ObjectionKind.Timing => reading.Said("postpones", w) && !reading.Said("timeline.have", w),
        ObjectionKind.Need => reading.Said("unneeded", w),
        ObjectionKind.Trust => !reading.Said("demands", w),
        null => false,
        _ => true,
    })];

    public static IEnumerable<ProfileClaim> Objections(ProfileReading reading) =>
        Raised(reading).GroupBy(w => w.Finding.Objection!.Value).OrderByDescending(g => g.Sum())
            .Select(g => new ProfileClaim(ProfilePart.Objections, ProfileKeys.Objection, g.Key.ToString(), g.Max(w => w.Finding.Confidence), g.Places()));

    public static IEnumerable<ProfileClaim> Risks(ProfileReading reading)
    {
        foreach (var w in reading.Of(FindingKind.Risk).OrderByDescending(w => w.Weight).Take(MostRisks))
            yield return new(ProfilePart.Risks, ProfileKeys.Risk, null, w.Finding.Confidence, [w.Finding.Evidence]);
        foreach (var rival in reading.Of(FindingKind.Competitor).Where(w => w.Finding.Value is { Length: > 0 and <= 60 }).GroupBy(w => w.Finding.Value!).OrderByDescending(g => g.Sum()).Take(MostRisks))
            yield return new(ProfilePart.Risks, ProfileKeys.Rival, rival.Key, rival.Max(w => w.Finding.Confidence), rival.Places());
        // No sign of buying since: neither in a later conversation nor further on in the same one.
        var lastSign = reading.Of(FindingKind.BuyingSignal).Latest();
        foreach (var open in Raised(reading).Where(w => lastSign is null || IsAfter(w, lastSign)).GroupBy(w => w.Finding.Objection!.Value))
            yield return new(ProfilePart.Risks, ProfileKeys.Unanswered, open.Key.ToString(), open.Max(w => w.Finding.Confidence), open.Places());
    }

    static bool IsAfter(Weighed one, Weighed other) => one.Conversation == other.Conversation ? one.Finding.Evidence.Start >= other.Finding.Evidence.Start : one.Conversation.At > other.Conversation.At;

    /// <summary>When each stage was first spoken of.</summary>
    public static IEnumerable<ProfileClaim> Milestones(ProfileReading reading) =>
        reading.Conversations.Where(c => c.Stage is not null).GroupBy(c => c.Stage!.Value).OrderBy(g => g.Min(c => c.At)).Select(g =>
        {
            var first = g.MinBy(c => c.At)!;
            var places = first.Findings.Where(f => f.Kind == FindingKind.Stage).Select(f => f.Evidence).DefaultIfEmpty(first.Opening);
            return new ProfileClaim(ProfilePart.Milestones, ProfileKeys.Milestone, g.Key.ToString(), 0.8, [.. places]) { Date = DateOnly.FromDateTime(first.At.DateTime) };
        });
}
