using CrmAi.Domain.Conversations;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Profiles;

/// <summary>Cuts each quote from the text as it stands, where the reader may see it and it is still the text that was read.</summary>
internal sealed class ProfileTexts
{
    private readonly Dictionary<Guid, (string Text, DateTime At, string Fingerprint)> texts;

    private ProfileTexts(Dictionary<Guid, (string, DateTime, string)> texts) => this.texts = texts;

    public static async Task<ProfileTexts> ReadAsync(AppDbContext db, Viewer viewer, Guid contactId, IEnumerable<ContactProfile> profiles, CancellationToken ct)
    {
        var ids = profiles.SelectMany(p => p.Texts.Keys).Distinct().ToList();
        var rows = await db.Interactions.VisibleTo(viewer, db).AsNoTracking().Where(i => i.ContactId == contactId && !i.IsPrivate && ids.Contains(i.Id)).Select(i => new { i.Id, i.Content, i.At }).ToListAsync(ct);
        return new(rows.ToDictionary(r => r.Id, r => (r.Content, r.At, ProfileInputs.Fingerprint(r.Content))));
    }

    public IReadOnlyList<ClaimQuote> Quotes(IEnumerable<Evidence> evidence, ContactProfile profile) =>
        [.. evidence.Select(e => Quote(e, profile)).OfType<ClaimQuote>()];

    public DateTime HeldAt(Guid interactionId) => texts.TryGetValue(interactionId, out var text) ? text.At : DateTime.MinValue;

    private ClaimQuote? Quote(Evidence evidence, ContactProfile profile) =>
        texts.TryGetValue(evidence.InteractionId, out var text) && profile.Texts.GetValueOrDefault(evidence.InteractionId) == text.Fingerprint && evidence.QuoteIn(text.Text) is { } quote
            ? new(evidence, quote, text.At) : null;
}

/// <summary>Puts an analyst's claims and people's corrections together for pages.</summary>
internal static class ProfileViews
{
    public static IReadOnlyList<ShownClaim> Claims(ContactProfile profile, ProfileTexts texts, IReadOnlyDictionary<string, (ProfileCorrection Correction, string By)> corrections)
    {
        var shown = new List<ShownClaim>();
        foreach (var claim in profile.Claims)
        {
            var quotes = texts.Quotes(claim.Evidence, profile);
            // One that an earlier version let through is not shown either, unless a person spoke of it.
            if (quotes.Count == 0 || (!ProfileCheck.IsSure(claim) && !corrections.ContainsKey(claim.Identity))) continue;
            var seen = claim with { Evidence = [.. quotes.Select(q => q.Evidence)] };
            shown.Add(corrections.TryGetValue(claim.Identity, out var c) ? Corrected(seen, quotes, c.Correction, c.By, texts) : new(seen, quotes));
        }
        // What a person said stands also where the analyst no longer speaks of it.
        var spoken = profile.Claims.Select(c => c.Identity).ToHashSet();
        foreach (var (identity, (correction, by)) in corrections.Where(c => !spoken.Contains(c.Key) && c.Value.Correction is not { Value: null, Level: null }))
        {
            if (ProfileKeys.PartOf(identity) is { } part)
                shown.Add(new(new(part, identity, correction.Value, 1, []) { Level = correction.Level }, [], View(correction, by)));
        }
        return Followed(shown);
    }

    // Strategy goes by the type: by the one that a person gave, at once, and by none where they said that it is not this one.
    private static List<ShownClaim> Followed(List<ShownClaim> shown)
    {
        if (shown.Find(c => c.Claim.Key == ProfileKeys.Disc) is not { Correction: { } by } disc || (!by.IsRejection && disc.Analysed?.Value == disc.Claim.Value)) return shown;
        var at = shown.FindIndex(c => c.Claim.Key == ProfileKeys.Approach);
        if (at >= 0 && shown[at].Correction is not null) return shown;
        if (!by.IsRejection && Enum.TryParse<DiscType>(disc.Claim.Value, out var type))
        {
            var before = at < 0 ? null : shown[at].Claim;
            var value = Corrections.ApproachTo(type).ToString();
            var follows = new ShownClaim((before ?? disc.Claim) with { Part = ProfilePart.Strategy, Key = ProfileKeys.Approach, Value = value, Level = null, Confidence = 1 }, at < 0 ? [] : shown[at].Quotes, Analysed: before?.Value == value ? null : before, Follows: by);
            if (at < 0) shown.Add(follows);
            else shown[at] = follows;
        }
        else if (at >= 0) shown.RemoveAt(at);
        return shown;
    }

    private static ShownClaim Corrected(ProfileClaim claim, IReadOnlyList<ClaimQuote> quotes, ProfileCorrection correction, string by, ProfileTexts texts)
    {
        var contradicted = Corrections.Contradicts(claim, correction, texts.HeldAt);
        var holds = correction is { Value: null, Level: null } ? claim : claim with { Value = correction.Value, Level = correction.Level ?? claim.Level, Confidence = 1 };
        return new(holds, quotes, View(correction, by), contradicted, holds == claim ? null : claim);
    }

    private static CorrectionView View(ProfileCorrection c, string by) => new(c.Id, by, c.At, c.Note, c is { Value: null, Level: null });
}
