using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Scripts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Scoring;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Scripts;

internal sealed class Scripts(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, TimeProvider time) : IScripts
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<ScriptView?> OfAsync(Guid suggestionId, int? take, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await FindAsync(db, viewer, suggestionId, ct) is not var (step, contact)) return null;
        var isOn = await IsOnAsync(db, viewer, ct);
        var draft = await Own(db, viewer).AsNoTracking().SingleOrDefaultAsync(d => d.SuggestionId == suggestionId, ct);
        return new(isOn, MayAsk(viewer, contact) && IsLive(step), draft is null ? null : await ViewAsync(db, viewer, draft, take is > 0 && take < draft.Take ? take.Value : draft.Take, ct));
    }

    public async Task<Result<Guid>> AskAsync(Guid suggestionId, ScriptTone tone, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await FindAsync(db, viewer, suggestionId, ct) is not var (step, contact)) return Error.NotFound;
        if (!MayAsk(viewer, contact)) return Error.Forbidden;
        if (!await IsOnAsync(db, viewer, ct)) return new Error("script.off", null);
        if (!IsLive(step)) return new Error("script.closed", null);
        var draft = await Own(db, viewer).SingleOrDefaultAsync(d => d.SuggestionId == suggestionId, ct);
        if (draft is not null && await UnderWay(db, draft.Id).AnyAsync(ct)) return draft.Id;
        if (draft is null) db.ScriptDrafts.Add(draft = new() { SuggestionId = step.Id, ContactId = contact.Id, UserId = viewer.Id });
        else draft.Take++;
        (draft.Channel, draft.Category, draft.Tone, draft.AskedAt) = (step.Channel, ScriptLayout.CategoryOf(step.Reason, step.Kind), tone, Now);
        draft.Language = await ScriptInputs.LanguageAsync(db, viewer, contact, ct);
        db.Jobs.Add(ScriptJob.JobOf(draft, Now));
        db.Begin("script.ask", viewer, Now);
        if (await db.TrySaveAsync(ct) is null) return draft.Id;
        // Another tab was first: its words are these.
        await using var again = await contexts.CreateDbContextAsync(ct);
        return await Own(again, viewer).Where(d => d.SuggestionId == suggestionId).Select(d => d.Id).SingleAsync(ct);
    }

    public async Task<Result<Saved>> EditAsync(Guid draftId, int version, string? text, CancellationToken ct)
    {
        if (text?.Length > ScriptDraft.MaxText) return new Error("script.text.long", nameof(text), ScriptDraft.MaxText);
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var contacts = db.Contacts.VisibleTo(viewer);
        var draft = await Own(db, viewer).SingleOrDefaultAsync(d => d.Id == draftId && contacts.Any(c => c.Id == d.ContactId), ct);
        if (draft is null) return Error.NotFound;
        if (!viewer.May(Operation.WriteInteractions)) return Error.Forbidden;
        if (draft.Version != version) return Error.Conflict;
        draft.Edited = string.IsNullOrWhiteSpace(text) ? null : text;
        var command = db.Begin("script.edit", viewer, Now);
        return await db.TrySaveAsync(ct) is { } problem ? problem : new Saved(draft.Id, draft.Version, command.Id);
    }

    private static IQueryable<ScriptDraft> Own(AppDbContext db, Viewer viewer) => db.ScriptDrafts.Where(d => d.UserId == viewer.Id);

    private static IQueryable<JobRun> UnderWay(AppDbContext db, Guid draftId) => db.Jobs.Where(j => j.SubjectId == draftId && j.Kind == ScriptJob.Kind && (j.State == JobState.Waiting || j.State == JobState.Running));

    private static Task<bool> IsOnAsync(AppDbContext db, Viewer viewer, CancellationToken ct) => db.Users.AnyAsync(u => u.Id == viewer.Id && u.ScriptGeneration, ct);

    private static bool MayAsk(Viewer viewer, Contact contact) => viewer.MayChange(contact) && viewer.May(Operation.WriteInteractions);

    // What was made a task of is still to be said.
    private static bool IsLive(SuggestedAction step) => step.State is SuggestionState.Open or SuggestionState.Snoozed or SuggestionState.Accepted;

    private static async Task<(SuggestedAction Step, Contact Contact)?> FindAsync(AppDbContext db, Viewer viewer, Guid suggestionId, CancellationToken ct)
    {
        var step = await db.SuggestedActions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == suggestionId, ct);
        var contact = step is null ? null : await db.Contacts.VisibleTo(viewer).AsNoTracking().Include(c => c.Shares).SingleOrDefaultAsync(c => c.Id == step.ContactId, ct);
        return contact is null ? null : (step!, contact);
    }

    private static async Task<DraftView> ViewAsync(AppDbContext db, Viewer viewer, ScriptDraft draft, int take, CancellationToken ct)
    {
        var job = take < draft.Take ? null : await db.Jobs.AsNoTracking().Where(j => j.SubjectId == draft.Id && j.Kind == ScriptJob.Kind).OrderByDescending(j => j.Id).FirstOrDefaultAsync(ct);
        var made = await db.ScriptTakes.AsNoTracking().SingleOrDefaultAsync(t => t.DraftId == draft.Id && t.Take == take, ct);
        var run = made is null ? null : await db.AiRuns.AsNoTracking().Where(r => r.Id == made.AiRunId).Select(r => new { r.Analyst, r.AnalystVersion, r.ErrorCode, r.Dropped, r.Useful }).SingleOrDefaultAsync(ct);
        var state = made is not null ? AnalysisState.Done : job?.State switch { JobState.Waiting => AnalysisState.Waiting, JobState.Running => AnalysisState.Running, JobState.Failed => AnalysisState.Failed, _ => AnalysisState.None };
        var rows = await db.ScriptSentences.AsNoTracking().Where(s => s.DraftId == draft.Id && s.Take == take).OrderBy(s => s.Position).ToListAsync(ct);
        var texts = await CitedTexts.ReadAsync(db, viewer, rows.Select(r => r.InteractionId).OfType<Guid>(), ct);
        // What it rests on may be gone or hidden by now; the sentence goes with it.
        var shown = rows.Select(r => new ShownSentence(r.Part, r.Text, r.Evidence is { } place ? texts.Quote(place, draft.ContactId, r.Source) : null)).Zip(rows).Where(x => x.Second.Evidence is null || x.First.Source is not null).Select(x => x.First).ToList();
        return new(draft.Id, draft.Version, state, state == AnalysisState.Failed ? job!.ErrorCode : null, draft.Category, draft.Channel, made?.Tone ?? draft.Tone, draft.Language, take, draft.Take, draft.AskedAt,
            shown, ScriptLayout.Text(draft.Channel, draft.Language, shown.Select(s => (s.Part, s.Text))), draft.Edited, made?.HasStyle ?? false, run?.Analyst, run?.AnalystVersion, run?.ErrorCode, run?.Dropped ?? 0, made?.AiRunId, run?.Useful);
    }
}
