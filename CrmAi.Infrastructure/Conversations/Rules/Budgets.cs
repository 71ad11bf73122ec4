using CrmAi.Domain.Conversations;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>Tells the customer's money from all other amounts: our quotes, limits of authority, discounts, losses.</summary>
static class Budgets
{
    const double Enough = 1;

    public static IEnumerable<Finding> In(Conversation conversation, LexiconFiles lexicons)
    {
        var clauses = conversation.Theirs.ToList();
        Finding? best = null;
        var highest = 0d;
        for (var i = 0; i < clauses.Count; i++)
        {
            var amounts = Amounts.In(clauses[i]).ToList();
            if (amounts.Count == 0) continue;
            var score = Score(clauses[i], lexicons);
            if (i > 0 && clauses[i - 1].Sentence == clauses[i].Sentence && !Amounts.In(clauses[i - 1]).Any()) score += 0.6 * Math.Max(0, Score(clauses[i - 1], lexicons));
            if (score < Enough || score <= highest) continue;
            highest = score;
            best = Of(conversation, Nearest(amounts, clauses[i], lexicons), Math.Min(0.95, 0.5 + (0.15 * score)), lexicons);
        }

        return best is null ? [] : [best];
    }

    static double Score(Clause clause, LexiconFiles lexicons)
    {
        double budget = 0, other = 0;
        foreach (var hit in lexicons.Money.In(clause))
        {
            if (hit.Section == "budget") budget = Math.Max(budget, hit.Weight);
            else other = Math.Max(other, hit.Weight);
        }

        return budget - other;
    }

    static Amount Nearest(List<Amount> amounts, Clause clause, LexiconFiles lexicons)
    {
        var cue = lexicons.Money.In(clause).Where(h => h.Section == "budget").OrderByDescending(h => h.Weight).FirstOrDefault();
        return cue is null ? amounts[0] : amounts.MinBy(a => a.Start >= cue.Start && a.Start < cue.End ? 0 : Math.Min(Math.Abs(a.Start - cue.End), Math.Abs(cue.Start - a.Start - a.Length)))!;
    }

    // The quote runs from the word that makes it a budget to the amount.
    static Finding Of(Conversation conversation, Amount amount, double confidence, LexiconFiles lexicons)
    {
        var clause = amount.Clause;
        var cue = lexicons.Money.In(clause).Where(h => h.Section == "budget").OrderByDescending(h => h.Weight).FirstOrDefault();
        var start = Math.Min(amount.Start, cue?.Start ?? amount.Start);
        var end = Math.Max(amount.Start + amount.Length, cue?.End ?? 0);
        var minor = amount.Currency == "JPY" ? amount.Value : amount.Value * 100;
        return new(FindingKind.Budget, conversation.Evidence(clause.Folded.RawStart(start), clause.Folded.RawEnd(end)), confidence)
        {
            AmountMinor = (long)minor,
            Currency = amount.Currency,
        };
    }
}
