using CrmAi.Domain.Briefs;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Scoring;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Briefs;
using CrmAi.Infrastructure.NextActions;
using CrmAi.Infrastructure.Scoring;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>What the last weeks' nights and mornings would have left: scores day by day, briefs of each rep with what they decided, and what is open now.</summary>
internal sealed class DemoDays(Suggestions suggestions, CompanyDays company, DateTime now)
{
    private const int Mornings = 6, MorningHourUtc = 1;

    private static readonly int[] ScoreDays = [-42, -28, -21, -14, -10, -7, -4, -2, 0];

    // What these reps like to be told, of ten; the rest they wave off.
    private static readonly Dictionary<NextActionKind, int> Liking = new()
    {
        [NextActionKind.SendQuote] = 9, [NextActionKind.FixProblem] = 9, [NextActionKind.PrepareContract] = 8, [NextActionKind.AnswerObjection] = 7, [NextActionKind.MeetDecisionMaker] = 6, [NextActionKind.CallBack] = 6, [NextActionKind.Nurture] = 2,
    };

    private readonly List<SourceTalk> talks = [];
    private readonly List<Interaction> ahead = [];

    public void Add(Interaction interaction, ConversationAnalysis? analysis, IReadOnlyList<ConversationFinding> findings)
    {
        if (interaction.IsPrivate) return;
        if (interaction.IsScheduled) ahead.Add(interaction);
        else talks.Add(new(interaction, analysis, findings));
    }

    public async Task WriteAsync(IEnumerable<Contact> contacts, IEnumerable<User> people, BulkWriter bulk, CancellationToken ct)
    {
        var held = talks.ToLookup(t => t.Interaction.ContactId);
        var sources = contacts.Select(c => new ScoringSource(ScoredContact.Of(c), [.. held[c.Id].OrderBy(t => t.Interaction.At).ThenBy(t => t.Interaction.Id)])).ToList();
        var owners = people.ToDictionary(p => p.Id);
        await bulk.WriteAsync(sources.AsParallel().AsOrdered().WithCancellation(ct).SelectMany(s => Scores(s, owners[s.Contact.OwnerId].TimeZone)), ct);
        foreach (var rep in owners.Values.Where(p => p.Role == Role.SalesRep)) await RepAsync(rep, [.. sources.Where(s => s.Contact.OwnerId == rep.Id)], bulk, ct);
    }

    private List<ContactScore> Scores(ScoringSource source, string timeZone)
    {
        var (last, rows) = ("", new List<ContactScore>());
        foreach (var day in ScoreDays)
        {
            var asOf = day == 0 ? now : now.Date.AddDays(day).AddHours(MorningHourUtc);
            var row = StoredScores.Row(source, DateTime.SpecifyKind(asOf, DateTimeKind.Utc), timeZone);
            if (row is { Conversations: 0, LifetimeMinor: null }) continue;
            var says = StoredScores.Says(row.Sheet);
            if (says != last) rows.Add(row);
            else (rows[^1].Sheet, rows[^1].At) = (row.Sheet, row.At);
            if (day == 0) rows[^1].ChangesOn = StoredScores.ChangesOn(row, source, company);
            last = says;
        }
        return rows;
    }

    private async Task RepAsync(User rep, List<ScoringSource> sources, BulkWriter bulk, CancellationToken ct)
    {
        var (work, dice) = (Suggestions.WorkOf(rep), Dice.For(7, rep.Email));
        var agreed = ahead.Where(i => i.At > now).ToLookup(i => i.ContactId, i => new AgreedTalk(i.Id, i.Type, i.At, !string.IsNullOrWhiteSpace(i.Content)));
        var rows = sources.ToDictionary(s => s.Contact.Id, _ => new List<SuggestedAction>());
        var briefs = new List<MorningBrief>();
        var mornings = Enumerable.Range(1, 30).Select(d => DateTime.SpecifyKind(now.Date.AddDays(-d).AddHours(MorningHourUtc), DateTimeKind.Utc)).Where(m => work.IsWorkday(work.Today(m))).Take(Mornings).Reverse().ToList();
        foreach (var at in mornings.Append(now))
        {
            foreach (var source in sources) rows[source.Contact.Id].AddRange(await suggestions.RowsAsync(source, work, at == now ? [.. agreed[source.Contact.Id]] : [], at, rows[source.Contact.Id], ct));
            var all = rows.Values.SelectMany(r => r).ToList();
            var open = all.Where(r => r.IsOpen(at)).ToList();
            if (open.Count == 0) continue;
            var brief = BriefMaking.Choose(rep.Id, work.Today(at), open, Learnt(all), at);
            briefs.Add(brief);
            if (at < now) Decide(brief, all.ToDictionary(r => r.Id), rep, work, dice, at);
        }
        var told = briefs.SelectMany(b => b.Items).Select(i => i.SuggestionId).ToHashSet();
        await bulk.WriteAsync(rows.Values.SelectMany(r => r).Where(r => r.State != SuggestionState.Expired || told.Contains(r.Id)), ct);
        await bulk.WriteAsync(briefs, ct);
    }

    private static void Decide(MorningBrief brief, Dictionary<Guid, SuggestedAction> rows, User rep, Domain.NextActions.Workdays work, Dice dice, DateTime at)
    {
        foreach (var (row, minute) in brief.Items.Select((item, place) => (rows[item.SuggestionId], 4 * (place + 1))))
        {
            (row.DecidedBy, row.DecidedAt, row.Version) = (rep.Id, at.AddMinutes(minute), 1);
            if (dice.Chance(8)) (row.State, row.SnoozedUntil) = (SuggestionState.Snoozed, work.Slot(at.AddDays(2), null));
            else if (dice.Below(10) < Liking.GetValueOrDefault(row.Kind, 5)) row.State = SuggestionState.Accepted;
            else (row.State, row.RejectReason) = (SuggestionState.Rejected, dice.Of([(RejectReason.NotRelevant, 45), (RejectReason.WrongTiming, 30), (RejectReason.AlreadyDone, 25)]));
        }
    }

    private static IReadOnlyList<LearntKind> Learnt(IEnumerable<SuggestedAction> rows) =>
        [.. rows.GroupBy(r => r.Kind).Select(g => new LearntKind(g.Key, g.Count(r => ActionLearning.Says(r.State, r.RejectReason) > 0), g.Count(r => ActionLearning.Says(r.State, r.RejectReason) < 0)))];
}
