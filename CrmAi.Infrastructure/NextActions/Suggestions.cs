using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Scoring;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Scoring;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.NextActions;

/// <summary>Keeps the suggestions of contacts in step with what their analyst suggests. The same is never there twice; what lost its reason expires; what a person decided stays.</summary>
internal sealed class Suggestions(INextActionAnalyst analyst)
{
    /// <summary>Brings these contacts' suggestions up to date in place, as the context tracks them, and answers what is new. Nothing is written yet.</summary>
    public async Task<IReadOnlyList<SuggestedAction>> BringAsync(AppDbContext db, Viewer viewer, IReadOnlyList<ScoringSource> sources, IReadOnlyDictionary<Guid, User> owners, DateTime now, CancellationToken ct)
    {
        var ids = sources.Select(s => s.Contact.Id).ToList();
        var work = owners.Values.ToDictionary(u => u.Id, WorkOf);
        var ahead = (await db.Interactions.VisibleTo(viewer).Where(i => ids.Contains(i.ContactId) && i.IsScheduled && i.Outcome != InteractionOutcome.Cancelled && !i.IsPrivate && i.At > now)
            .Select(i => new { i.ContactId, i.Id, i.Type, i.At, i.Content }).ToListAsync(ct)).ToLookup(i => i.ContactId, i => new AgreedTalk(i.Id, i.Type, i.At, !string.IsNullOrWhiteSpace(i.Content)));
        var rows = (await db.SuggestedActions.Where(s => ids.Contains(s.ContactId)).ToListAsync(ct)).ToLookup(s => s.ContactId);
        var added = new List<SuggestedAction>();
        foreach (var source in sources) added.AddRange(await RowsAsync(source, work[source.Contact.OwnerId], [.. ahead[source.Contact.Id]], now, [.. rows[source.Contact.Id]], ct));
        return added;
    }

    /// <summary>Brings what is there up to date, and answers what is new.</summary>
    public async Task<IReadOnlyList<SuggestedAction>> RowsAsync(ScoringSource source, Workdays work, IReadOnlyList<AgreedTalk> ahead, DateTime now, IReadOnlyList<SuggestedAction> there, CancellationToken ct)
    {
        var input = Input(source, work, ahead, now);
        var known = there.ToDictionary(s => s.Key);
        IReadOnlyList<ActionCandidate> candidates = [.. (await analyst.SuggestAsync(input, ct)).Select(c => Standing(c, known, source, now))];
        // What a person decided stands, and takes no place from what is still open.
        var open = candidates.Where(c => !known.TryGetValue(c.Key, out var row) || row.State is SuggestionState.Open or SuggestionState.Expired || row.IsOpen(now)).Take(SuggestedAction.MaxOpen).ToList();
        foreach (var row in there.Where(r => r.State is SuggestionState.Open or SuggestionState.Snoozed && !candidates.Any(c => c.Key == r.Key) || (r.State == SuggestionState.Open && !open.Exists(c => c.Key == r.Key)))) row.State = SuggestionState.Expired;
        var made = new List<SuggestedAction>();
        foreach (var candidate in open)
        {
            if (known.TryGetValue(candidate.Key, out var row)) (row.State, row.SnoozedUntil) = (SuggestionState.Open, null);
            else made.Add(row = new() { ContactId = source.Contact.Id, Key = candidate.Key, Reason = candidate.Reason, Currency = "CNY", CreatedAt = now });
            Fill(row, candidate, source, input);
        }
        return made;
    }

    // What waits for a decision, or was decided since this was said, stands for it: no second row for the same step.
    private static ActionCandidate Standing(ActionCandidate candidate, Dictionary<string, SuggestedAction> known, ScoringSource source, DateTime now)
    {
        if (candidate.Same.Count == 0 || known.ContainsKey(candidate.Key)) return candidate;
        var said = source.Talks.FirstOrDefault(t => t.Interaction.Id == candidate.Evidence?.InteractionId)?.Interaction.At ?? now;
        return candidate.Same.FirstOrDefault(c => known.TryGetValue(c.Key, out var row) && (row.IsOpen(now) || row.DecidedAt >= said)) ?? candidate;
    }

    public static Workdays WorkOf(User user) => new(user.TimeZone, user.WorkStart, user.WorkEnd, user.WorkDays);

    private static NextActionInput Input(ScoringSource source, Workdays work, IReadOnlyList<AgreedTalk> ahead, DateTime now)
    {
        var (scoring, sheet) = source.At(now);
        var byId = source.Talks.ToDictionary(t => t.Interaction.Id);
        var talks = scoring.Talks.OrderBy(t => t.At).ThenBy(t => t.InteractionId).Select(t => new ActionTalk(t, byId[t.InteractionId].Interaction.Subject, byId[t.InteractionId].Interaction.Content, Step(byId[t.InteractionId])));
        return new(now, work, scoring.Facts, (int?)sheet.Intent.Value, source.Contact.NextFollowUpAt, source.Contact.IsArchived || source.Contact.Stage == DealStage.ClosedLost, [.. talks], ahead);
    }

    private static SuggestedStep? Step(SourceTalk talk) => talk.Analysis is { NextAction: { } kind, NextActionSpan: { } span } a ? new(kind, new(talk.Interaction.Id, span.Start, span.Length), a.NextActionDue) : null;

    private static void Fill(SuggestedAction row, ActionCandidate from, ScoringSource source, NextActionInput input)
    {
        var (lift, urgency) = (ActionWorth.Lift(from.Reason), ActionWorth.Urgency(from.DueOn, input.Work.Today(input.AsOf)));
        (row.OwnerId, row.Kind, row.Value, row.DueOn, row.BestAt, row.TimeIsLearnt, row.Channel) = (source.Contact.OwnerId, from.Kind, from.Value, from.DueOn, from.BestAt, from.TimeIsLearnt, from.Channel);
        (row.InteractionId, row.Start, row.Length) = (from.Evidence?.InteractionId, from.Evidence?.Start ?? 0, from.Evidence?.Length ?? 0);
        row.Text = source.Talks.FirstOrDefault(t => t.Interaction.Id == row.InteractionId) is { } talk ? ScoringSources.Fingerprint(talk.Interaction.Content) : null;
        (row.ExpectedMinor, row.Currency, row.Odds, row.Lift, row.Urgency, row.Intent) = (ActionWorth.Expected(input.Facts, lift, urgency), source.Contact.Currency, ActionWorth.Odds(input.Facts.Stage), lift, urgency, input.Intent ?? 0);
    }
}

/// <summary>Whoever watches the contact or the owner's brief hears of suggestions that came, went or were decided.</summary>
internal sealed class SuggestionTopics : ISavingRule
{
    public Task BeforeAsync(AppDbContext db, CancellationToken ct) => Task.CompletedTask;

    public IEnumerable<LiveTopic> Topics(AppDbContext db) => db.ChangeTracker.Entries<SuggestedAction>().Where(e => e.State is EntityState.Added or EntityState.Modified)
        .SelectMany(e => Of(e.Entity));

    public static IEnumerable<LiveTopic> Of(SuggestedAction action) => [LiveTopic.Contact(action.ContactId), LiveTopic.BriefOf(action.OwnerId)];
}
