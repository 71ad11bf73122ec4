using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Scoring;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.NextActions;

/// <summary>Suggests what conversations leave open: offline, and the same each time.</summary>
public sealed class RulesNextActionAnalyst : INextActionAnalyst
{
    // What was asked of us in words: asking twice, or its day coming near, makes no second step of it.
    private static readonly NextActionKind[] Requests = [NextActionKind.SendQuote, NextActionKind.SendMaterials, NextActionKind.PrepareContract];

    private const int Recent = 45, ObjectionDays = 21, PatienceDays = 14, SignalDays = 30, DeciderDays = 120, LateDays = 14, QuietLeast = 14, QuietMost = 120, RhythmTalks = 10, AppointmentDays = 2;

    public string Name => "rules";

    public string Version => "1";

    public Task<IReadOnlyList<ActionCandidate>> SuggestAsync(NextActionInput input, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (input.IsClosed || WantsNoContact(input)) return Task.FromResult<IReadOnlyList<ActionCandidate>>([]);
        var reading = new ActionReading(input);
        var all = new[] { Complaint(reading), Quote(reading), Contract(reading), Promise(reading), Objection(reading), Signal(reading), Materials(reading), Appointment(reading), Decider(reading), FollowUp(reading), Quiet(reading) }.OfType<ActionCandidate>();
        // One step of a kind and one for a conversation: the weightiest of them says enough.
        return Task.FromResult<IReadOnlyList<ActionCandidate>>([.. all.OrderByDescending(c => ActionWorth.Lift(c.Reason) * ActionWorth.Urgency(c.DueOn, reading.Today)).ThenBy(c => c.Reason)
            .GroupBy(c => c.Kind).Select(One).DistinctBy(c => c.Evidence?.InteractionId ?? Ids.Next())]);
    }

    private static ActionCandidate One(IGrouping<NextActionKind, ActionCandidate> ofKind) => ofKind.First() is var first && Requests.Contains(first.Kind)
        ? first with { Same = [.. ofKind.SelectMany(c => c.Same.Prepend(c)).Where(c => c.Key != first.Key)] } : first;

    // They asked to be left alone, and have not come back of themselves since.
    private static bool WantsNoContact(NextActionInput input) =>
        input.Talks.LastOrDefault(t => t.Suggested?.Kind == NextActionKind.StopContact) is { } refusal && !input.Talks.Any(t => t.Talk.At > refusal.Talk.At && t.Talk.IsInbound);

    private static ActionCandidate? Complaint(ActionReading reading) =>
        (from talk in reading.Within(Recent)
         where !reading.IsAnswered(talk) && !reading.After(talk).Any(t => t.Talk.Sentiment == Sentiment.Positive)
         from finding in talk.Talk.Findings
         where finding is { Kind: FindingKind.Pain, Value: not null }
         select reading.Suggest(ActionReason.ComplaintOpen, NextActionKind.FixProblem, ActionReading.About(finding.Evidence), null, finding.Evidence, reading.Input.Work.OnOrAfter(reading.Today))).FirstOrDefault();

    private static ActionCandidate? Quote(ActionReading reading) => Asked(reading, NextActionKind.SendQuote, ActionReason.QuoteAsked, reading.QuoteIsSent);

    private static ActionCandidate? Materials(ActionReading reading) => Asked(reading, NextActionKind.SendMaterials, ActionReason.MaterialsAsked, reading.IsAnswered);

    private static ActionCandidate? Contract(ActionReading reading) =>
        reading.Input.Facts.Stage is DealStage.ClosedWon ? null : Asked(reading, NextActionKind.PrepareContract, ActionReason.ContractReady, reading.IsAnswered);

    private static ActionCandidate? Asked(ActionReading reading, NextActionKind kind, ActionReason reason, Func<ActionTalk, bool> isDone) =>
        reading.Within(Recent).Where(t => t.Suggested?.Kind == kind && !ActionReading.SaysItIsSent(t)).TakeWhile(t => !isDone(t))
            .Select(talk => reading.Suggest(reason, kind, ActionReading.About(talk.Suggested!.Evidence), null, talk.Suggested.Evidence, talk.Suggested.DueOn ?? reading.Input.Work.After(reading.DayOf(talk)))).ToList() is [var newest, .. var before]
            ? newest with { Same = before } : null;

    // Only the latest date agreed counts: a later conversation set aside those before.
    private static ActionCandidate? Promise(ActionReading reading)
    {
        var talk = reading.Within(120).FirstOrDefault(t => t.Talk.Findings.Any(IsDated));
        if (talk?.Talk.Findings.First(IsDated) is not { Date: { } date } finding || date > reading.Today.AddDays(1) || date < reading.Today.AddDays(-LateDays)) return null;
        if (reading.SpokenOn(date) || reading.Input.Appointments.Count > 0) return null;
        var kind = talk.Suggested?.Kind is { } suggested and not (NextActionKind.StopContact or NextActionKind.Nurture) ? suggested : NextActionKind.CallBack;
        return reading.Suggest(ActionReason.PromiseDue, kind, ActionReading.About(finding.Evidence), ActionReading.Iso(date), finding.Evidence, date);

        static bool IsDated(Finding f) => f is { Kind: FindingKind.FollowUp, Date: not null };
    }

    private static ActionCandidate? FollowUp(ActionReading reading)
    {
        if (reading.Input.FollowUpAt is not { } at || reading.Input.Work.Today(at) is var day && (day > reading.Today || reading.SpokenOn(day))) return null;
        return reading.Suggest(ActionReason.FollowUpDue, NextActionKind.CallBack, ActionReading.Iso(day), ActionReading.Iso(day), null, day);
    }

    private static ActionCandidate? Objection(ActionReading reading)
    {
        var talk = reading.Within(ObjectionDays).FirstOrDefault(t => t.Talk.Findings.Any(f => f.Kind == FindingKind.Objection));
        if (talk is null || reading.IsAnswered(talk)) return null;
        var finding = talk.Talk.Findings.Where(f => f.Kind == FindingKind.Objection).MaxBy(f => f.Confidence)!;
        var kind = finding.Objection switch { ObjectionKind.Authority => NextActionKind.MeetDecisionMaker, ObjectionKind.Timing => NextActionKind.Nurture, _ => NextActionKind.AnswerObjection };
        // Who says "not now" is not answered tomorrow.
        var due = reading.Input.Work.OnOrAfter(reading.DayOf(talk).AddDays(finding.Objection == ObjectionKind.Timing ? PatienceDays : 1));
        return reading.Suggest(ActionReason.ObjectionOpen, kind, ActionReading.About(finding.Evidence), finding.Objection?.ToString(), finding.Evidence, due);
    }

    private static ActionCandidate? Signal(ActionReading reading)
    {
        var talk = reading.Within(SignalDays).FirstOrDefault(t => t.Talk.IsInbound && t.Talk.Findings.Any(f => f.Kind == FindingKind.BuyingSignal));
        if (talk is null || reading.IsAnswered(talk) || reading.DayOf(talk) >= reading.Today) return null;
        var finding = talk.Talk.Findings.Where(f => f.Kind == FindingKind.BuyingSignal).MaxBy(f => f.Confidence)!;
        return reading.Suggest(ActionReason.SignalUnanswered, NextActionKind.CallBack, ActionReading.About(finding.Evidence), Days(reading, talk), finding.Evidence, reading.Input.Work.After(reading.DayOf(talk)));
    }

    private static ActionCandidate? Appointment(ActionReading reading) =>
        reading.Input.Appointments.OrderBy(a => a.At).FirstOrDefault() is { IsPrepared: false } next && next.At <= reading.Input.AsOf.AddDays(AppointmentDays)
            ? reading.Suggest(ActionReason.AppointmentAhead, NextActionKind.PrepareMeeting, next.InteractionId.ToString("N"), next.At.ToString("O", CultureInfo.InvariantCulture), null, reading.Input.Work.Today(next.At)) : null;

    private static ActionCandidate? Decider(ActionReading reading)
    {
        if (reading.Input.Facts is not { Stage: DealStage.Proposal or DealStage.Negotiation, DecisionMaker: not true }) return null;
        var found = (from talk in reading.Within(DeciderDays) from f in talk.Talk.Findings where f.Kind == FindingKind.DecisionMaker || f is { Kind: FindingKind.Objection, Objection: ObjectionKind.Authority } select f).FirstOrDefault();
        return found is null ? null : reading.Suggest(ActionReason.DeciderNotMet, NextActionKind.MeetDecisionMaker, ActionReading.About(found.Evidence), found.Kind == FindingKind.DecisionMaker ? found.Value : null, found.Evidence, reading.Input.Work.After(reading.Today));
    }

    // Quiet against their own rhythm: twice the usual gap, two weeks at least.
    private static ActionCandidate? Quiet(ActionReading reading)
    {
        var held = reading.Talks.Where(t => t.Talk.WasHeld).TakeLast(RhythmTalks).ToList();
        if (held.Count < 3 || reading.Input.Appointments.Count > 0) return null;
        var gaps = held.Zip(held.Skip(1), (a, b) => (b.Talk.At - a.Talk.At).TotalDays).Order().ToList();
        var silent = (reading.Input.AsOf - held[^1].Talk.At).TotalDays;
        if (silent < Math.Max(QuietLeast, 2 * gaps[gaps.Count / 2]) || silent > QuietMost) return null;
        var kind = reading.Input.Facts.Stage is DealStage.Proposal or DealStage.Negotiation ? NextActionKind.CallBack : NextActionKind.Nurture;
        return reading.Suggest(ActionReason.GoneQuiet, kind, held[^1].Talk.InteractionId.ToString("N"), Days(reading, held[^1]), held[^1].Talk.Opening, reading.Input.Work.OnOrAfter(reading.Today));
    }

    private static string Days(ActionReading reading, ActionTalk talk) => (reading.Today.DayNumber - reading.DayOf(talk).DayNumber).ToString(CultureInfo.InvariantCulture);
}
