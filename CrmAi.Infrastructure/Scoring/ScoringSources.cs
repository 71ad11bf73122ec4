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
internal sealed record ScoringSource(Contact Contact, IReadOnlyList<SourceTalk> Talks)
{
    private const int OpeningLength = 60;

    public ScoringInput Input(DateTime asOf) => new(asOf, new(Contact.Stage, Contact.Lifecycle, Contact.DecisionMaker, Contact.BudgetAuthority, Contact.BudgetMinor, Contact.DealValueMinor, Contact.Currency),
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

/// <param name="Analysis">Null where it was not analysed.</param>
internal sealed record SourceTalk(Interaction Interaction, ConversationAnalysis? Analysis, IReadOnlyList<ConversationFinding> Findings);

internal static class ScoringSources
{
    /// <summary>
    /// Many contacts in three queries, in no order; those that may not be seen are left out. Private conversations stay out, whoever asks: scores are for everybody who sees the contact.
    /// Ask for some dozens at a time: texts come along.
    /// </summary>
    public static async Task<IReadOnlyList<ScoringSource>> ReadAsync(AppDbContext db, Viewer viewer, IReadOnlyCollection<Guid> contactIds, CancellationToken ct)
    {
        var contacts = await db.Contacts.VisibleTo(viewer).AsNoTracking().Where(c => contactIds.Contains(c.Id)).ToListAsync(ct);
        var ids = contacts.Select(c => c.Id).ToList();
        var held = db.Interactions.VisibleTo(viewer).AsNoTracking().Where(i => ids.Contains(i.ContactId) && !i.IsPrivate && !i.IsScheduled);
        var interactions = await held.OrderBy(i => i.At).ThenBy(i => i.Id).ToListAsync(ct);
        var analyses = await db.Analyses.AsNoTracking().Where(a => held.Any(i => i.Id == a.InteractionId)).ToDictionaryAsync(a => a.InteractionId, ct);
        var findings = (await db.Findings.AsNoTracking().Where(f => ids.Contains(f.ContactId) && held.Any(i => i.Id == f.InteractionId)).OrderBy(f => f.Start).ThenBy(f => f.Id).ToListAsync(ct)).ToLookup(f => f.InteractionId);
        var talks = interactions.Select(i => (i.ContactId, Talk: new SourceTalk(i, analyses.GetValueOrDefault(i.Id), [.. findings[i.Id]]))).ToLookup(t => t.ContactId, t => t.Talk);
        return [.. contacts.Select(c => new ScoringSource(c, [.. talks[c.Id]]))];
    }

    /// <summary>Tells whether a cited text is still the one that was read.</summary>
    public static string Fingerprint(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
