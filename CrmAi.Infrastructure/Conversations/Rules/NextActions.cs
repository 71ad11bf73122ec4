using CrmAi.Domain.Conversations;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>The step that the conversation asks for: what was asked or agreed in words (actions.txt), or else what its findings call for.</summary>
static class NextActions
{
    public static NextAction? Of(Conversation conversation, IReadOnlyList<Finding> findings, StageHint? stage, LexiconFiles lexicons)
    {
        var followUp = findings.FirstOrDefault(f => f.Kind == FindingKind.FollowUp);
        var asked = conversation.Clauses.SelectMany(c => lexicons.Actions.In(c)).Where(h => !Negation.Denies(h, lexicons) && Enum.TryParse<NextActionKind>(h.Section, ignoreCase: true, out _))
            .OrderByDescending(h => h.Weight).ThenByDescending(h => h.Clause.Start).FirstOrDefault();
        if (asked is not null && Enum.TryParse<NextActionKind>(asked.Section, ignoreCase: true, out var kind)) return new(kind, conversation.Evidence(asked.Clause), followUp?.Date);
        var basis = findings.Where(f => Suggested(f) is not null).OrderByDescending(f => f.Confidence).FirstOrDefault(f => stage != StageHint.ClosedLost || f.Kind == FindingKind.FollowUp);
        return basis is null ? null : new(Suggested(basis)!.Value, basis.Evidence, followUp?.Date);
    }

    static NextActionKind? Suggested(Finding finding) => finding.Kind switch
    {
        FindingKind.FollowUp => NextActionKind.CallBack,
        FindingKind.Objection when finding.Objection == ObjectionKind.Authority => NextActionKind.MeetDecisionMaker,
        FindingKind.Objection when finding.Objection == ObjectionKind.Timing => NextActionKind.Nurture,
        FindingKind.Objection => NextActionKind.AnswerObjection,
        _ => null,
    };
}
