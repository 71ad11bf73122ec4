using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Profiles;

/// <summary>Gathers what an analyst may know of a contact.</summary>
internal static class ProfileInputs
{
    /// <summary>The newest are read; who said more than this has said enough.</summary>
    public const int MostConversations = 200;

    private const int OpeningLength = 60;

    /// <summary>
    /// Private conversations stay out, whoever asks: the profile is for everybody who sees the contact. The caller has decided that the contact may be seen.
    /// Null where nothing was analysed yet.
    /// </summary>
    public static async Task<ProfileInput?> OfAsync(AppDbContext db, Guid contactId, Viewer viewer, CancellationToken ct)
    {
        var contact = await db.Contacts.VisibleTo(viewer).AsNoTracking().Where(c => c.Id == contactId)
            .Select(c => new { c.Title, c.Seniority, c.DecisionMaker, c.BudgetAuthority, c.Stage, c.DealValueMinor, c.Currency, Industry = c.Account == null ? null : c.Account.Industry, Zone = db.Users.Where(u => u.Id == c.OwnerId).Select(u => u.TimeZone).First() })
            .SingleOrDefaultAsync(ct);
        if (contact is null) return null;
        var rows = await NewestAsync(db, contactId, viewer, ct);
        var ids = rows.Select(r => r.Id).ToList();
        var findings = (await db.Findings.AsNoTracking().Where(f => ids.Contains(f.InteractionId)).OrderBy(f => f.Start).ThenBy(f => f.Id).ToListAsync(ct)).ToLookup(f => f.InteractionId);
        var input = Of(contactId, new(contact.Title, contact.Seniority, contact.DecisionMaker, contact.BudgetAuthority, contact.Stage, contact.DealValueMinor, contact.Currency, contact.Industry),
            rows, findings, contact.Zone);
        return input is null ? null : (await NamedAsync(db, [input], viewer, ct))[0];
    }

    /// <summary>With the names to take out of the texts before they leave for a model, in the same order.</summary>
    public static async Task<IReadOnlyList<ProfileInput>> NamedAsync(AppDbContext db, IReadOnlyList<ProfileInput> inputs, Viewer viewer, CancellationToken ct)
    {
        var (contacts, ids) = (inputs.Select(i => i.ContactId).ToList(), inputs.SelectMany(i => i.Conversations).Select(c => c.InteractionId).ToList());
        var authors = (await db.Interactions.VisibleTo(viewer).Where(i => ids.Contains(i.Id)).Join(db.Users, i => i.AuthorId, u => u.Id, (i, u) => new { i.ContactId, u.Name }).Distinct().ToListAsync(ct)).ToLookup(a => a.ContactId, a => a.Name);
        var around = await NamesAround.OfAsync(db, contacts, ct);
        return [.. inputs.Select(i => i with { Names = [.. around.GetValueOrDefault(i.ContactId) ?? [], .. authors[i.ContactId].Order(StringComparer.Ordinal).Select(a => new KnownName(a, NameRole.Us))] })];
    }

    /// <summary>What one contact's conversations say, the newest first, no more of them than an analyst reads.</summary>
    public static async Task<List<ProfileSource>> NewestAsync(AppDbContext db, Guid contactId, Viewer viewer, CancellationToken ct) =>
        (await Sources(db, viewer).Where(s => s.ContactId == contactId).OrderByDescending(s => s.At).ThenByDescending(s => s.Id).Take(MostConversations).ToListAsync(ct)).ConvertAll(s => s.Source);

    /// <summary>Analysed conversations that everybody may read who sees their contact.</summary>
    public static IQueryable<SourceRow> Sources(AppDbContext db, Viewer viewer) =>
        db.Analyses.AsNoTracking().Join(db.Interactions.VisibleTo(viewer).Where(i => !i.IsPrivate && !i.IsScheduled), a => a.InteractionId, i => i.Id, (a, i) => new SourceRow
        {
            ContactId = i.ContactId, Id = i.Id, Type = i.Type, Direction = i.Direction, At = i.At, Content = i.Content, Sentiment = a.Sentiment, Stage = a.Stage, Summary = a.Summary,
        });

    public static ProfileInput? Of(Guid contactId, ProfileFacts facts, IReadOnlyList<ProfileSource> sources, ILookup<Guid, ConversationFinding> findings, string timeZone)
    {
        if (sources.Count == 0) return null;
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var found) ? found : TimeZoneInfo.Utc;
        var conversations = sources.OrderBy(s => s.At).ThenBy(s => s.Id).Select(s => new ProfileConversation(s.Id, s.Type, s.Direction, TimeZoneInfo.ConvertTime(new DateTimeOffset(s.At, TimeSpan.Zero), zone), s.Content,
            s.Sentiment, s.Stage, Opening(s), [.. findings[s.Id].Select(Finding)])).ToList();
        return new(contactId, conversations[^1].At, facts, conversations);
    }

    /// <summary>Over everything the analyst reads and who made the profile of it.</summary>
    public static byte[] DigestOf(ProfileInput input, AnalystMark by) =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { input = input with { Names = [] }, Name = by.Analyst, by.Version }, JsonColumns.Options));

    /// <summary>Tells whether a cited text is still the one that was read.</summary>
    public static string Fingerprint(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    // Where a claim rests on the conversation as such: its most telling sentence, or how it begins.
    private static Evidence Opening(ProfileSource source)
    {
        if (source.Summary.Count > 0) return new(source.Id, source.Summary[0].Start, source.Summary[0].Length);
        var start = source.Content.AsSpan().IndexOfAnyExcept(" \r\n\t");
        if (start < 0) return new(source.Id, 0, Math.Max(1, source.Content.Length));
        var line = source.Content.AsSpan(start);
        var end = line.IndexOf('\n');
        return new(source.Id, start, Math.Min(end < 0 ? line.Length : end, OpeningLength));
    }

    private static Finding Finding(ConversationFinding f) => new(f.Kind, f.Evidence, f.Confidence)
    {
        Objection = f.Objection, Value = f.Value, AmountMinor = f.AmountMinor, Currency = f.Currency, Date = f.Date, Time = f.Time,
    };
}

/// <summary>A conversation as it is stored, with what its analysis said.</summary>
internal sealed record ProfileSource(Guid Id, InteractionType Type, InteractionDirection Direction, DateTime At, string Content, Sentiment Sentiment, StageHint? Stage, List<TextSpan> Summary);

/// <summary>A <see cref="ProfileSource"/> as a query makes it.</summary>
internal sealed class SourceRow
{
    public Guid ContactId { get; init; }
    public Guid Id { get; init; }
    public InteractionType Type { get; init; }
    public InteractionDirection Direction { get; init; }
    public DateTime At { get; init; }
    public required string Content { get; init; }
    public Sentiment Sentiment { get; init; }
    public StageHint? Stage { get; init; }
    public required List<TextSpan> Summary { get; init; }

    public ProfileSource Source => new(Id, Type, Direction, At, Content, Sentiment, Stage, Summary);
}
