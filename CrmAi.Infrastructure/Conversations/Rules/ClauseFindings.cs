using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>What a clause says by one of the lexicons: pains, needs, objections, buying signals.</summary>
sealed class ClauseFindings(LexiconFiles lexicons)
{
    /// <summary>Value of a pain that is about our own product or service.</summary>
    public const string Complaint = "complaint";

    const string Timing = "timing", But = "不过";
    static readonly string[] Merely = ["是", "如此", "就是", "了", "关"];
    static readonly string[] Leads = ["但是", "但", "不过", "而且", "并且", "所以", "然后", "另外", "还有", "就是", "他说", "她说", "他们说", "客户说", "对方说", "说", "and ", "but ", "so ", "also ", "he said ", "she said ", "they said "];
    static readonly string[] Continuations = ["还", "也", "都", "又", "而且", "并且", "万一", "以至于", "导致", "结果", "根本", "漏", "丢"];

    sealed record Found(Clause First, Clause Last, string Section, double Weight);

    public IEnumerable<Finding> In(Conversation conversation, IReadOnlyList<Finding> competitors)
    {
        foreach (var f in Runs(conversation, lexicons.Pains, ours: false))
            yield return Of(conversation, f, FindingKind.Pain) with { Value = f.Section == Complaint && conversation.Input.Direction == InteractionDirection.Inbound ? Complaint : null };
        foreach (var f in Runs(conversation, lexicons.Needs, ours: false)) yield return Of(conversation, f, FindingKind.Need);
        foreach (var f in Runs(conversation, lexicons.Signals, ours: false)) yield return Of(conversation, f, FindingKind.BuyingSignal);
        foreach (var f in Runs(conversation, lexicons.Insights, ours: false))
        {
            if (Enum.TryParse<FindingKind>(f.Section, ignoreCase: true, out var kind)) yield return Of(conversation, f, kind);
        }

        foreach (var f in Strongest(Runs(conversation, lexicons.Objections, ours: true, competitors)))
            yield return Of(conversation, f, FindingKind.Objection) with { Objection = Enum.Parse<ObjectionKind>(f.Section, ignoreCase: true) };
    }

    // A clause that goes on with the one before ("...，还老出错") belongs to the same finding.
    List<Found> Runs(Conversation conversation, Patterns patterns, bool ours, IReadOnlyList<Finding>? rivals = null)
    {
        var found = new List<Found>();
        Clause? previous = null;
        foreach (var clause in conversation.Clauses)
        {
            if (clause.Voice == Voice.Us || (clause.IsOurs && !ours)) continue;
            if (Strongest(Marked(Turned(clause), rivals), patterns) is { } hit)
            {
                var last = found.Count > 0 ? found[^1] : null;
                if (last is not null && ReferenceEquals(last.Last, previous) && previous!.Sentence == clause.Sentence && last.Section == hit.Section && (rivals is not null || Continues(clause)))
                    found[^1] = last with { Last = clause, Weight = Math.Max(last.Weight, hit.Weight) };
                else found.Add(new(clause, clause, hit.Section, hit.Weight));
            }

            previous = clause;
        }

        return found;
    }

    // "不过" that begins a clause denies nothing of it, though it has the sign for "not".
    static Clause Turned(Clause clause) =>
        clause.Text.StartsWith(But, StringComparison.Ordinal) && !Merely.Any(m => clause.Text.AsSpan(But.Length).StartsWith(m)) ? clause with { Folded = clause.Folded.Marked(clause.Folded.RawStart(0), clause.Folded.RawEnd(But.Length), ' ') } : clause;

    static Clause Marked(Clause clause, IReadOnlyList<Finding>? rivals)
    {
        foreach (var rival in rivals ?? [])
        {
            foreach (var (start, end) in Places(clause, rival)) clause = clause with { Folded = clause.Folded.Marked(start, end, LexiconFiles.RivalMark) };
        }

        return clause;
    }

    // Wherever the name stands, not only where it was first found.
    static IEnumerable<(int Start, int End)> Places(Clause clause, Finding rival)
    {
        var name = rival.Value!.ToLowerInvariant();
        var at = clause.Text.IndexOf(name, StringComparison.Ordinal);
        if (at >= 0) yield return (clause.Folded.RawStart(at), clause.Folded.RawEnd(at + name.Length));
    }

    // "Not now" is said in many words; it is one objection.
    static IEnumerable<Found> Strongest(List<Found> found)
    {
        var timing = found.Where(f => f.Section == Timing).MaxBy(f => f.Weight);
        return found.Where(f => f.Section != Timing || ReferenceEquals(f, timing));
    }

    Hit? Strongest(Clause clause, Patterns patterns)
    {
        Hit? best = null;
        var most = 0d;
        foreach (var section in patterns.In(clause).Where(h => !Negation.Denies(h, lexicons)).GroupBy(h => h.Section))
        {
            var strongest = section.MaxBy(h => h.Weight)!;
            var sum = section.Sum(h => h.Weight);
            if (sum < 1) continue;
            if (best is not null && sum <= most) continue;
            (best, most) = (strongest with { Weight = strongest.Weight + (0.05 * sum) }, sum);
        }

        return best;
    }

    static bool Continues(Clause clause) => clause.Text.Length <= 6 || Continuations.Any(c => clause.Text.StartsWith(c, StringComparison.Ordinal));

    static Finding Of(Conversation conversation, Found found, FindingKind kind)
    {
        var start = found.First.Start;
        foreach (var lead in Leads)
        {
            if (found.First.Text.Length > lead.Length + 2 && found.First.Text.StartsWith(lead, StringComparison.Ordinal))
            {
                start = found.First.Folded.RawStart(lead.Length);
                break;
            }
        }

        return new(kind, conversation.Evidence(start, found.Last.End), Math.Clamp(0.45 + (0.15 * found.Weight), 0.3, 0.95));
    }
}
