using CrmAi.Domain.AiRuns;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Notifications;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Scoring;
using CrmAi.Domain.Scripts;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Duplicates;

/// <summary>One row of each kind that hangs on a contact, and whose each is.</summary>
internal static class MergeRows
{
    public static async Task<int> FillAsync(TestDatabase db, Acting my, User rep, Guid keep, Guid lose)
    {
        await my.Interactions.AddAsync(keep, Samples.Interaction("前者聊的"), default);
        var talk = (await my.Interactions.AddAsync(lose, Samples.Interaction(), default)).Value.Id;
        await db.DrainAsync();
        var now = db.Clock.Now;
        var (shared, own) = (new Tag { Name = "共有" }, new Tag { Name = "只在后者" });
        var run = new AiRun { Type = AiRunType.Profile, UserId = rep.Id, ContactId = lose, InputDigest = new byte[32], Analyst = "rules", AnalystVersion = "1", At = now };
        var step = new SuggestedAction { ContactId = lose, OwnerId = rep.Id, Key = "step.one", Reason = ActionReason.GoneQuiet, Currency = "CNY", BestAt = now, CreatedAt = now };
        await db.WriteAsync(d =>
        {
            d.AddRange(shared, own, run, step);
            d.AddRange(new ContactTag { ContactId = keep, TagId = shared.Id }, new ContactTag { ContactId = lose, TagId = shared.Id }, new ContactTag { ContactId = lose, TagId = own.Id });
            d.Add(new TaskItem { OwnerId = rep.Id, CreatedBy = rep.Id, Title = "回电", ContactId = lose, CreatedAt = now });
            d.Add(new BusinessCard { OwnerId = rep.Id, BatchId = Guid.CreateVersion7(), Number = 1, FileName = "1.jpg", ContentType = "image/jpeg", Digest = new byte[32], State = CardState.Saved, ContactId = lose, CreatedAt = now });
            d.Add(new ContactPhoto { ContactId = lose, StorageKey = "photo", ContentType = "image/png", AddedAt = now });
            d.Add(new ProfileCorrection { ContactId = lose, Claim = "disc", Value = "D", UserId = rep.Id, At = now });
            d.Add(new ContactProfile { ContactId = lose, AiRunId = run.Id, Analyst = "rules", AnalystVersion = "1", InputDigest = new byte[32], At = now });
            d.Add(new Notification { UserId = rep.Id, Kind = NotificationKind.FollowUpDue, Key = "due", ContactId = lose, CreatedAt = now });
            d.Add(new ScriptDraft { SuggestionId = step.Id, ContactId = lose, UserId = rep.Id, AskedAt = now });
            foreach (var (contact, day) in ((Guid, int)[])[(keep, 1), (lose, 1), (lose, 2)]) d.Add(ScoreOf(contact, new DateOnly(2026, 1, day), now));
        });
        return (await db.ReadAsync(d => d.Findings.CountAsync(f => f.InteractionId == talk))) + (await StateAsync(db)).Count;
    }

    /// <summary>Each row by what it is, with whose it is.</summary>
    public static Task<Dictionary<string, Guid>> StateAsync(TestDatabase db) => db.ReadAsync(async d =>
    {
        var state = new Dictionary<string, Guid>();
        foreach (var i in await d.Interactions.AsNoTracking().ToListAsync()) state[$"Interaction.{i.Id}"] = i.ContactId;
        foreach (var a in await d.Analyses.AsNoTracking().ToListAsync()) state[$"Analysis.{a.InteractionId}"] = a.ContactId;
        foreach (var f in await d.Findings.AsNoTracking().ToListAsync()) state[$"Finding.{f.Id}"] = f.ContactId;
        state["Task"] = (await d.Tasks.AsNoTracking().SingleAsync()).ContactId!.Value;
        state["Card"] = (await d.BusinessCards.AsNoTracking().SingleAsync()).ContactId!.Value;
        state["Photo"] = (await d.ContactPhotos.AsNoTracking().SingleAsync()).ContactId;
        state["Correction"] = (await d.ProfileCorrections.AsNoTracking().SingleAsync()).ContactId;
        state["Notification"] = (await d.Notifications.AsNoTracking().SingleAsync()).ContactId!.Value;
        state["Script"] = (await d.ScriptDrafts.AsNoTracking().SingleAsync()).ContactId;
        state["Step"] = (await d.SuggestedActions.AsNoTracking().SingleAsync(s => s.Key == "step.one")).ContactId;
        state["Profile.lose"] = (await d.Profiles.AsNoTracking().SingleAsync()).ContactId;
        state["Score.only"] = (await d.ContactScores.AsNoTracking().SingleAsync(s => s.Day == new DateOnly(2026, 1, 2))).ContactId;
        var twice = await d.ContactScores.AsNoTracking().Where(s => s.Day == new DateOnly(2026, 1, 1)).OrderBy(s => s.ContactId).ToListAsync();
        (state["Score.both"], state["Score.both.lose"]) = (twice[0].ContactId, twice[1].ContactId);
        return state;
    });

    private static ContactScore ScoreOf(Guid contact, DateOnly day, DateTime now) => new() { ContactId = contact, Day = day, Sheet = new(Domain.Scoring.Score.Unknown, Domain.Scoring.Score.Unknown, Domain.Scoring.Score.Unknown, Domain.Scoring.Score.Unknown, "CNY"), Currency = "CNY", InputDigest = new byte[32], At = now };
}
