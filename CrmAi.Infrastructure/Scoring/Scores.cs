using CrmAi.Domain.Jobs;
using CrmAi.Domain.Scoring;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Scoring;

internal sealed class Scores(IDbContextFactory<AppDbContext> contexts, ICurrentUser user) : IScores
{
    private const int MostDays = 60, Week = 7;

    public async Task<ScoresView?> GetAsync(Guid contactId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var currency = await db.Contacts.VisibleTo(viewer).Where(c => c.Id == contactId).Select(c => c.Currency).SingleOrDefaultAsync(ct);
        if (currency is null) return null;
        var pending = await db.Jobs.AnyAsync(j => j.SubjectId == contactId && j.Kind == ScoreJob.Kind && (j.State == JobState.Waiting || j.State == JobState.Running), ct);
        var days = await db.ContactScores.AsNoTracking().Where(s => s.ContactId == contactId).OrderByDescending(s => s.Day).Take(MostDays).ToListAsync(ct);
        if (days.Count == 0) return new(null, 0, currency, pending, [.. Enum.GetValues<ScoreKind>().Select(k => new ScoreView(k, null, [], null, null, [], []))]);
        var latest = days[0];
        var texts = await CitedTexts.ReadAsync(db, viewer, latest.Texts.Keys, ct);
        // The change of about a week: against the last day at least that long ago, or the first there is.
        var since = days.Skip(1).FirstOrDefault(d => d.Day <= latest.Day.AddDays(-Week)) ?? (days.Count > 1 ? days[^1] : null);
        return new(latest.At, latest.Conversations, latest.Currency, pending, [.. Enum.GetValues<ScoreKind>().Select(kind => View(kind, latest, since, days, texts))]);
    }

    private static ScoreView View(ScoreKind kind, ContactScore latest, ContactScore? since, List<ContactScore> days, CitedTexts texts)
    {
        var score = latest.Sheet[kind];
        var before = since is not null && (kind != ScoreKind.LifetimeValue || since.Currency == latest.Currency) ? since.Sheet[kind] : Score.Unknown;
        var trend = days.Where(d => kind != ScoreKind.LifetimeValue || d.Currency == latest.Currency).Where(d => d.Sheet[kind].Value is not null).Reverse().Select(d => new ScorePoint(d.Day, d.Sheet[kind].Value!.Value));
        return new(kind, score.Value,
            [.. score.Factors.Select(f => new FactorView(f.Code, f.Points, f.Count, f.Value, [.. f.Evidence.Select(e => texts.Quote(e, latest.ContactId, latest.Texts.GetValueOrDefault(e.InteractionId))).OfType<CitedQuote>()]))],
            score.Value - before.Value, before.Value is null ? null : since!.Day, ScoreMoves.Between(before, score), [.. trend]);
    }
}
