using CrmAi.Domain.Conversations;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>The next date that was agreed or announced, ours or theirs; the dates of their projects and of the past are none.</summary>
sealed class FollowUps(DateExpressions dates, LexiconFiles lexicons)
{
    const double Enough = 0.9;

    public IEnumerable<Finding> In(Conversation conversation)
    {
        var now = conversation.Input.At;
        var today = DateOnly.FromDateTime(now.DateTime);
        // Near the calendar's ends there is no next week to speak of.
        if (today.Year is < 1900 or > 9000) return [];
        Finding? best = null;
        var highest = 0d;
        foreach (var clause in conversation.Clauses)
        {
            foreach (var said in dates.In(clause, today))
            {
                if (said.Date < today || (said.Date == today && !(said.Time > TimeOnly.FromDateTime(now.DateTime)))) continue;
                var score = Score(conversation, said) + (0.1 * clause.Sentence / (1 + conversation.Clauses[^1].Sentence));
                if (score < Enough || score <= highest) continue;
                highest = score;
                best = new(FindingKind.FollowUp, conversation.Evidence(clause.Folded.RawStart(said.Start), clause.Folded.RawEnd(said.Start + said.Length)), Math.Min(0.95, 0.4 + (0.15 * score)))
                {
                    Date = said.Date,
                    Time = said.Time,
                };
            }
        }

        return best is null ? [] : [best];
    }

    double Score(Conversation conversation, SaidDate said)
    {
        var score = said.Time is null ? 0.4 : 1.4;
        foreach (var clause in conversation.Sentences[said.Clause.Sentence])
        {
            var near = ReferenceEquals(clause, said.Clause);
            double act = 0, other = 0;
            foreach (var hit in lexicons.FollowUps.In(clause))
            {
                if (hit.Section == "act") act = Math.Max(act, hit.Weight);
                else if (near) other = Math.Max(other, hit.Weight);
            }

            score += (near ? act : Math.Min(0.7, 0.5 * act)) - (2 * other);
        }

        return score - (said.Clause.Voice == Voice.Us ? 0.3 : 0);
    }
}
