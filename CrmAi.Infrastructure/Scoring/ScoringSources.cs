using System.Linq.Expressions;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Scoring;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Scoring;

/// <summary>A contact with the conversations that everybody who sees it may see, oldest first, and what was read out of them.</summary>
internal sealed record ScoringSource(ScoredContact Contact, IReadOnlyList<SourceTalk> Talks)
{
    private const int OpeningLength = 60;

    private (DateTime AsOf, ScoringInput Input, ScoreSheet Sheet)? last;

    /// <summary>What scores are made of, and the scores: scoring and suggesting ask for the same moment one after the other.</summary>
    public (ScoringInput Input, ScoreSheet Sheet) At(DateTime asOf)
    {
        if (last is not { } known || known.AsOf != asOf)
        {
            var input = Input(asOf);
            last = known = (asOf, input, ContactScoring.Of(input));
        }
        return (known.Input, known.Sheet);
    }

    private ScoringInput Input(DateTime asOf) => new(asOf, new(Contact.Stage, Contact.Lifecycle, Contact.DecisionMaker, Contact.BudgetAuthority, Contact.BudgetMinor, Contact.DealValueMinor, Contact.Currency),
        [.. Talks.Where(t => t.Interaction.At <= asOf).Select(Scored)]);

    /// <summary>Over all that is counted, without the time.</summary>
    public static byte[] DigestOf(ScoringInput input) =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { input.Facts, input.Talks, ContactScoring.Version }, JsonColumns.Options));

    private static ScoredTalk Scored(SourceTalk talk) => new(talk.Interaction.Id, talk.Interaction.Type, talk.Interaction.Direction, talk.Interaction.At, talk.Interaction.Outcome,
        talk.Analysis?.Sentiment, talk.Analysis?.SentimentConfidence ?? 0, Opening(talk.Interaction, talk.Analysis), [.. talk.Findings.Select(Finding)]);

    // The conversation's most telling sentence, or how it begins.
    public static Evidence Opening(Interaction interaction, ConversationAnalysis? analysis)
    {
        if (analysis?.Summary is [var first, ..]) return new(interaction.Id, first.Start, first.Length);
        var start = interaction.Content.AsSpan().IndexOfAnyExcept(" \r\n\t");
        if (start < 0) return new(interaction.Id, 0, Math.Max(1, interaction.Content.Length));
        var line = interaction.Content.AsSpan(start);
        var end = line.IndexOf('\n');
        return new(interaction.Id, start, Math.Min(end < 0 ? line.Length : end, OpeningLength));
    }

    public static Finding Finding(ConversationFinding f) => new(f.Kind, f.Evidence, f.Confidence)
    {
        Objection = f.Objection, Value = f.Value, AmountMinor = f.AmountMinor, Currency = f.Currency, Date = f.Date, Time = f.Time,
    };
}

/// <summary>As much of a contact as scores and suggestions need: of its sixty columns most are text that is decrypted.</summary>
internal sealed record ScoredContact(Guid Id, Guid OwnerId, DealStage Stage, Lifecycle Lifecycle, bool? DecisionMaker, BudgetAuthority? BudgetAuthority, long? BudgetMinor, long? DealValueMinor, string Currency, DateTime? NextFollowUpAt, bool IsArchived)
{
    public static readonly Expression<Func<Contact, ScoredContact>> From = c => new(c.Id, c.OwnerId, c.Stage, c.Lifecycle, c.DecisionMaker, c.BudgetAuthority, c.BudgetMinor, c.DealValueMinor, c.Currency, c.NextFollowUpAt, c.IsArchived);

    public static readonly Func<Contact, ScoredContact> Of = From.Compile();
}

/// <param name="Analysis">Null where it was not analysed.</param>
internal sealed record SourceTalk(Interaction Interaction, ConversationAnalysis? Analysis, IReadOnlyList<ConversationFinding> Findings);

internal static class ScoringSources
{
    /// <summary>
    /// Many contacts in a handful of queries, in no order; those that may not be seen are left out. Private conversations stay out, whoever asks: scores are for everybody who sees the contact.
    /// Ask for some dozens at a time: texts come along.
    /// </summary>
    public static async Task<IReadOnlyList<ScoringSource>> ReadAsync(AppDbContext db, Viewer viewer, IReadOnlyCollection<Guid> contactIds, CancellationToken ct)
    {
        var contacts = await db.Contacts.VisibleTo(viewer).Where(c => contactIds.Contains(c.Id)).Select(ScoredContact.From).ToListAsync(ct);
        var ids = contacts.ConvertAll(c => c.Id);
        // By the contact alone: a condition on the conversation beside it would have every analysis there is looked at.
        var held = await db.Interactions.VisibleTo(viewer).AsNoTracking().Where(i => ids.Contains(i.ContactId) && !i.IsPrivate && !i.IsScheduled)
            .LeftJoin(db.Analyses, i => i.Id, a => a.InteractionId, (Interaction, Analysis) => new { Interaction, Analysis }).ToListAsync(ct);
        var findings = (await db.Findings.AsNoTracking().Where(f => ids.Contains(f.ContactId)).ToListAsync(ct)).ToLookup(f => f.InteractionId);
        var talks = held.OrderBy(h => h.Interaction.At).ThenBy(h => h.Interaction.Id)
            .Select(h => (h.Interaction.ContactId, Talk: new SourceTalk(h.Interaction, h.Analysis, [.. findings[h.Interaction.Id].OrderBy(f => f.Start).ThenBy(f => f.Id)]))).ToLookup(t => t.ContactId, t => t.Talk);
        return [.. contacts.Select(c => new ScoringSource(c, [.. talks[c.Id]]))];
    }

    /// <summary>Tells whether a cited text is still the one that was read.</summary>
    public static string Fingerprint(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
