using CrmAi.Domain.Scoring;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Scoring;

/// <summary>Keeps one row of scores for each contact and day on which they moved.</summary>
internal static class StoredScores
{
    public static ContactScore Row(ScoringSource source, DateTime asOf, string timeZone, DateTime? at = null)
    {
        var (input, sheet) = source.At(asOf);
        var row = new ContactScore { ContactId = source.Contact.Id, Day = DayOf(asOf, timeZone), Sheet = sheet, Currency = source.Contact.Currency, InputDigest = ScoringSource.DigestOf(input), At = at ?? asOf };
        return Filled(row, row.Sheet, source, input.Talks.Count);
    }

    /// <summary>The newest rows of these contacts.</summary>
    public static IQueryable<ContactScore> Newest(AppDbContext db, IReadOnlyList<Guid> contactIds) =>
        db.ContactScores.Where(s => contactIds.Contains(s.ContactId) && !db.ContactScores.Any(o => o.ContactId == s.ContactId && o.Day > s.Day));

    /// <summary>Brings the newest rows up to date in place, and answers what is new, which of them changed, and how many contacts' scores moved.</summary>
    /// <param name="zones">By owner: whose day it is.</param>
    public static (IReadOnlyList<ContactScore> Added, IReadOnlyList<ContactScore> Changed, int Moved) Bring(IReadOnlyList<ScoringSource> sources, IReadOnlyList<ContactScore> newest, Func<Guid, string> zones, CompanyDays days, DateTime now)
    {
        var last = newest.ToDictionary(s => s.ContactId);
        var (added, changed, moved) = (new List<ContactScore>(), new List<ContactScore>(), 0);
        foreach (var source in sources)
        {
            var made = Row(source, now, zones(source.Contact.OwnerId));
            made.ChangesOn = ChangesOn(made, source, days);
            var before = last.GetValueOrDefault(source.Contact.Id);
            if (before is null ? source.Talks.Count == 0 && made.LifetimeMinor is null : before.Day >= made.Day || Says(before.Sheet) == Says(made.Sheet))
            {
                if (before is null) continue;
                if (Says(before.Sheet) != Says(made.Sheet)) moved++;
                Filled(before, made.Sheet, source, made.Conversations);
                (before.InputDigest, before.At, before.ChangesOn) = (made.InputDigest, made.At, made.ChangesOn);
                changed.Add(before);
                continue;
            }
            if (before?.ChangesOn is not null)
            {
                before.ChangesOn = null;
                changed.Add(before);
            }
            added.Add(made);
            moved++;
        }
        return (added, changed, moved);
    }

    /// <summary>What a row says so much later when nothing was said in between; its day is the owner's by then.</summary>
    public static ContactScore Aged(ContactScore row, string timeZone, CompanyDays days, DateTime now)
    {
        var aged = new ContactScore
        {
            ContactId = row.ContactId, Day = DayOf(now, timeZone), Sheet = ScoreAging.After(row.Sheet, now - row.At), Currency = row.Currency, Conversations = row.Conversations, InputDigest = row.InputDigest, Texts = row.Texts, At = now,
        };
        PutBeside(aged);
        aged.ChangesOn = ChangesOn(aged, days);
        return aged;
    }

    /// <summary>Another row's scores in a row's place, on its day.</summary>
    public static void Take(ContactScore row, ContactScore from)
    {
        (row.Sheet, row.At, row.ChangesOn) = (from.Sheet, from.At, from.ChangesOn);
        PutBeside(row);
    }

    /// <summary>The company's day at whose beginning the scores are others; null where they stay.</summary>
    /// <param name="source">What the row was made of just now.</param>
    public static DateOnly? ChangesOn(ContactScore row, ScoringSource source, CompanyDays days)
    {
        // What is dated ahead counts once its time has come.
        var ahead = source.Talks.Where(t => t.Interaction.At > row.At).Select(t => (DateOnly?)days.Of(t.Interaction.At).AddDays(1)).Min();
        var fades = ChangesOn(row, days);
        return ahead < fades || fades is null ? ahead ?? fades : fades;
    }

    private static DateOnly? ChangesOn(ContactScore row, CompanyDays days)
    {
        var today = days.Of(row.At);
        return ScoreAging.DaysUntilChange(row.Sheet, ahead => days.StartOf(today.AddDays(ahead)) - row.At) is { } ahead ? today.AddDays(ahead) : null;
    }

    public static DateOnly DayOf(DateTime utc, string timeZone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(new DateTimeOffset(utc, TimeSpan.Zero), Zones.Of(timeZone)).DateTime);

    private static ContactScore Filled(ContactScore row, ScoreSheet sheet, ScoringSource source, int conversations)
    {
        var cited = Enum.GetValues<ScoreKind>().SelectMany(k => sheet[k].Factors).SelectMany(f => f.Evidence).Select(e => e.InteractionId).ToHashSet();
        (row.Sheet, row.Conversations, row.Currency) = (sheet, conversations, sheet.Currency);
        PutBeside(row);
        row.Texts = source.Talks.Where(t => cited.Contains(t.Interaction.Id)).ToDictionary(t => t.Interaction.Id, t => ScoringSources.Fingerprint(t.Interaction.Content));
        return row;
    }

    private static void PutBeside(ContactScore row) =>
        (row.Intent, row.Engagement, row.Relationship, row.LifetimeMinor) = ((int?)row.Sheet.Intent.Value, (int?)row.Sheet.Engagement.Value, (int?)row.Sheet.Relationship.Value, row.Sheet.LifetimeValue.Value);

    // Days that passed are no move: a day on which nothing but the count of days is another needs no row.
    public static string Says(ScoreSheet sheet) => string.Join(';', Enum.GetValues<ScoreKind>().Select(k => $"{sheet[k].Value}:{string.Join(',', sheet[k].Factors.Select(f => $"{f.Code}{f.Points}").Order(StringComparer.Ordinal))}"));
}

internal static class Zones
{
    public static TimeZoneInfo Of(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) ? found : TimeZoneInfo.Utc;
}
