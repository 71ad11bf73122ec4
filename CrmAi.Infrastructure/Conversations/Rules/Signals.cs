using CrmAi.Domain.Conversations;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>Which buying signals to keep: the strongest few (mere liking only where little else is said), and none that only repeats the budget or speaks of a rival; of a won deal the one that says so.</summary>
static class Signals
{
    const int Most = 3;
    const int Enough = 2;
    const double Weak = 0.62;
    const double Firm = 0.7;

    public static void KeepStrongest(List<Finding> findings, StageHint? stage)
    {
        var signals = findings.Where(f => f.Kind == FindingKind.BuyingSignal).ToList();
        var budgets = findings.Where(f => f.Kind == FindingKind.Budget).ToList();
        var rivals = findings.Where(f => f.Kind == FindingKind.Competitor).ToList();
        var kept = signals.Where(s => !rivals.Any(r => Inside(r, s))).Where(s => s.Confidence >= Firm || !budgets.Any(b => Inside(b, s)))
            .OrderByDescending(s => s.Confidence).ThenBy(s => s.Evidence.Start).Where((s, rank) => rank < Enough || s.Confidence > Weak).Take(stage == StageHint.ClosedWon ? 1 : Most).ToHashSet();
        findings.RemoveAll(f => f.Kind == FindingKind.BuyingSignal && !kept.Contains(f));
    }

    static bool Inside(Finding inner, Finding outer) =>
        inner.Evidence.Start < outer.Evidence.Start + outer.Evidence.Length && outer.Evidence.Start < inner.Evidence.Start + inner.Evidence.Length;
}
