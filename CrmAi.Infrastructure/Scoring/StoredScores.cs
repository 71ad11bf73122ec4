using CrmAi.Domain.Scoring;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Scoring;

/// <summary>Keeps one row of scores for each contact and day on which they moved.</summary>
internal static class StoredScores
{
    public static ContactScore Row(ScoringSource source, DateTime asOf, string timeZone, DateTime? at = null)
    {
        var input = source.Input(asOf);
        var row = new ContactScore { ContactId = source.Contact.Id, Day = DayOf(asOf, timeZone), Sheet = ContactScoring.Of(input), Currency = source.Contact.Currency, InputDigest = ScoringSource.DigestOf(input), At = at ?? asOf };
        return Filled(row, row.Sheet, source, input.Talks.Count);
    }

    /// <summary>The newest rows of these contacts.</summary>
    public static IQueryable<ContactScore> Newest(AppDbContext db, IReadOnlyList<Guid> contactIds) =>
        db.ContactScores.Where(s => contactIds.Contains(s.ContactId) && !db.ContactScores.Any(o => o.ContactId == s.ContactId && o.Day > s.Day));

    /// <summary>Brings the newest rows up to date in place, and answers what is new, which of them changed, and how many contacts' scores moved.</summary>
    /// <param name="zones">By owner: whose day it is.</param>
    public static (IReadOnlyList<ContactScore> Added, IReadOnlyList<ContactScore> Changed, int Moved) Bring(IReadOnlyList<ScoringSource> sources, IReadOnlyList<ContactScore> newest, Func<Guid, string> zones, DateTime now)
    {
        var last = newest.ToDictionary(s => s.ContactId);
        var (added, changed, moved) = (new List<ContactScore>(), new List<ContactScore>(), 0);
        foreach (var source in sources)
        {
            var made = Row(source, now, zones(source.Contact.OwnerId));
            var before = last.GetValueOrDefault(source.Contact.Id);
            if (before is null ? source.Talks.Count == 0 && made.LifetimeMinor is null : before.Day >= made.Day || Says(before.Sheet) == Says(made.Sheet))
            {
                if (before is null) continue;
                if (Says(before.Sheet) != Says(made.Sheet)) moved++;
                Filled(before, made.Sheet, source, made.Conversations);
                (before.InputDigest, before.At) = (made.InputDigest, made.At);
                changed.Add(before);
                continue;
            }
            added.Add(made);
            moved++;
        }
        return (added, changed, moved);
    }

    public static DateOnly DayOf(DateTime utc, string timeZone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(new DateTimeOffset(utc, TimeSpan.Zero), Zones.Of(timeZone)).DateTime);

    private static ContactScore Filled(ContactScore row, ScoreSheet sheet, ScoringSource source, int conversations)
    {
        var cited = Enum.GetValues<ScoreKind>().SelectMany(k => sheet[k].Factors).SelectMany(f => f.Evidence).Select(e => e.InteractionId).ToHashSet();
        (row.Sheet, row.Conversations, row.Currency) = (sheet, conversations, sheet.Currency);
        (row.Intent, row.Engagement, row.Relationship, row.LifetimeMinor) = ((int?)sheet.Intent.Value, (int?)sheet.Engagement.Value, (int?)sheet.Relationship.Value, sheet.LifetimeValue.Value);
        row.Texts = source.Talks.Where(t => cited.Contains(t.Interaction.Id)).ToDictionary(t => t.Interaction.Id, t => ScoringSources.Fingerprint(t.Interaction.Content));
        return row;
    }

    // Days that passed are no move: a day on which nothing but the count of days is another needs no row.
    public static string Says(ScoreSheet sheet) => string.Join(';', Enum.GetValues<ScoreKind>().Select(k => $"{sheet[k].Value}:{string.Join(',', sheet[k].Factors.Select(f => $"{f.Code}{f.Points}").Order(StringComparer.Ordinal))}"));
}

internal static class Zones
{
    public static TimeZoneInfo Of(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) ? found : TimeZoneInfo.Utc;
}
