using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Briefs;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Scripts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Scoring;
using CrmAi.Infrastructure.Scripts;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>Words that reps had drafted for today's steps: some in several takes, one changed by hand, most of them rated.</summary>
internal sealed class DemoScripts(IDbContextFactory<AppDbContext> contexts, ISpokenDates dates, RulesScriptAnalyst analyst, DateTime now)
{
    private const int EachRep = 3;

    // So that some steps still show the button.
    private static readonly ScriptTone[][] Tones = [[ScriptTone.Formal, ScriptTone.Friendly], [ScriptTone.Friendly], [ScriptTone.Casual, ScriptTone.Formal, ScriptTone.Friendly]];

    public async Task RunAsync(IReadOnlyCollection<User> people, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        foreach (var rep in people.Where(p => p.Role == Role.SalesRep))
        {
            var viewer = new Viewer(rep.Id, rep.Name, rep.Role, rep.TeamId, rep.TeamId is { } team ? [team] : [], rep.Language, rep.TimeZone, ChangeOrigin.Page);
            var today = await db.MorningBriefs.AsNoTracking().Where(b => b.UserId == rep.Id).OrderByDescending(b => b.Day).FirstOrDefaultAsync(ct);
            if (today is null) continue;
            // The first step is left for whoever looks: its words are one press away.
            foreach (var (id, place) in today.Items.Select(i => i.SuggestionId).Skip(1).Take(EachRep).Select((id, place) => (id, place)))
            {
                var step = await db.SuggestedActions.AsNoTracking().SingleAsync(s => s.Id == id, ct);
                var contact = await db.Contacts.VisibleTo(viewer).AsNoTracking().SingleOrDefaultAsync(c => c.Id == step.ContactId, ct);
                if (contact is not null) await DraftAsync(db, viewer, step, contact, place, ct);
            }
        }
    }

    private async Task DraftAsync(AppDbContext db, Viewer rep, SuggestedAction step, Contact contact, int place, CancellationToken ct)
    {
        var at = now.AddMinutes(-50 + (12 * place));
        var draft = new ScriptDraft { SuggestionId = step.Id, ContactId = contact.Id, UserId = rep.Id, Channel = step.Channel, Category = ScriptLayout.CategoryOf(step.Reason, step.Kind), AskedAt = at, Take = 0 };
        draft.Language = await ScriptInputs.LanguageAsync(db, rep, contact, ct);
        db.ScriptDrafts.Add(draft);
        var last = "";
        foreach (var tone in Tones[place % Tones.Length])
        {
            (draft.Take, draft.Tone, draft.AskedAt) = (draft.Take + 1, tone, at.AddMinutes(draft.Take));
            last = await TakeAsync(db, rep, draft, ct) ?? last;
            db.Begin("script.ask", rep, draft.AskedAt);
            await db.SaveChangesAsync(ct);
        }
        if (place != 1 || last.Length == 0) return;
        draft.Edited = last + (draft.Language == "zh" ? "周一上午我给您打电话，咱们细聊。" : " I will call you on Monday morning to go through it.");
        db.Begin("script.edit", rep, at.AddMinutes(6));
        await db.SaveChangesAsync(ct);
    }

    private async Task<string?> TakeAsync(AppDbContext db, Viewer rep, ScriptDraft draft, CancellationToken ct)
    {
        if (await ScriptInputs.OfAsync(db, rep, draft, await ProfileAsync(db, draft.ContactId, ct), draft.AskedAt, ct) is not { } input) return null;
        var sentences = new List<WrittenSentence>();
        var check = new CheckedSentences(input, dates, arrived => { sentences.Add(arrived.Sentence); return ValueTask.CompletedTask; });
        var by = await analyst.WriteAsync(input, rep.Id, check.TakeAsync, ct);
        var useful = draft.Take % 2 == 1;
        var run = new AiRun
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(draft.AskedAt)), Type = AiRunType.Script, UserId = rep.Id, ContactId = draft.ContactId, InputDigest = ScriptJob.DigestOf(input, by), Analyst = by.Analyst, AnalystVersion = by.Version,
            Milliseconds = 12, Claims = check.Kept, Dropped = check.Dropped, At = draft.AskedAt, Useful = useful, Rating = useful ? 5 : 1, RatedAt = draft.AskedAt.AddMinutes(1),
            Comment = useful ? null : draft.Language == "zh" ? "太客气了，不像我说话" : "Too stiff, not how I talk",
        };
        db.AiRuns.Add(run);
        db.ScriptTakes.Add(new() { DraftId = draft.Id, Take = draft.Take, AiRunId = run.Id, Tone = draft.Tone, HasStyle = input.Style.IsKnown });
        db.ScriptSentences.AddRange(sentences.Select((s, position) => new ScriptSentence
        {
            DraftId = draft.Id, Take = draft.Take, Position = position, Part = s.Part, Text = s.Text, InteractionId = s.Evidence?.InteractionId, Start = s.Evidence?.Start ?? 0, Length = s.Evidence?.Length ?? 0,
            Source = s.Evidence is { } cited ? ScoringSources.Fingerprint(input.Talks.First(t => t.InteractionId == cited.InteractionId).Text) : null,
        }));
        return ScriptLayout.Text(draft.Channel, draft.Language, sentences.Select(s => (s.Part, s.Text)));
    }

    // As the page reads it, of what is needed here.
    private static async Task<ProfileView?> ProfileAsync(AppDbContext db, Guid contactId, CancellationToken ct) =>
        await db.Profiles.AsNoTracking().Where(p => p.ContactId == contactId).OrderByDescending(p => p.Id).FirstOrDefaultAsync(ct) is { } profile
            ? new(AnalysisState.Done, null, profile.AiRunId, profile.Analyst, profile.AnalystVersion, profile.At, profile.Conversations, new(0, 0, 0), true, [.. profile.Claims.Select(c => new ShownClaim(c, []))]) : null;
}
