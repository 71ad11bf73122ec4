using CrmAi.Domain.Scoring;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Scoring;

/// <summary>Cuts each quote from the text as it stands, where the reader may see it, it is of the contact in question and still the text that was read.</summary>
internal sealed class CitedTexts
{
    private readonly Dictionary<Guid, (Guid ContactId, string Text, DateTime At, string Fingerprint)> texts;

    private CitedTexts(Dictionary<Guid, (Guid, string, DateTime, string)> texts) => this.texts = texts;

    public static async Task<CitedTexts> ReadAsync(AppDbContext db, Viewer viewer, IEnumerable<Guid> interactionIds, CancellationToken ct)
    {
        var ids = interactionIds.Distinct().ToList();
        if (ids.Count == 0) return new([]);
        var rows = await db.Interactions.VisibleTo(viewer, db).AsNoTracking().Where(i => ids.Contains(i.Id) && !i.IsPrivate).Select(i => new { i.Id, i.ContactId, i.Content, i.At }).ToListAsync(ct);
        return new(rows.ToDictionary(r => r.Id, r => (r.ContactId, r.Content, r.At, ScoringSources.Fingerprint(r.Content))));
    }

    public CitedQuote? Quote(Evidence evidence, Guid contactId, string? fingerprint) =>
        texts.TryGetValue(evidence.InteractionId, out var text) && text.ContactId == contactId && text.Fingerprint == fingerprint && evidence.QuoteIn(text.Text) is { } quote && !string.IsNullOrWhiteSpace(quote)
            ? new(evidence, quote, text.At) : null;
}
