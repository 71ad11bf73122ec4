using CrmAi.Domain.Conversations;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Scripts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.PromptTexts;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Scripts;

/// <summary>Writes the words for a contact's foremost step as its job would, for a prompt that is tried.</summary>
internal sealed class ScriptTrial(IDbContextFactory<AppDbContext> contexts, IModelCalls calls, ISpokenDates dates, TimeProvider time) : IPromptTrial
{
    public string Task => ScriptAnswer.SchemaName;

    public bool NeedsTalk => false;

    public async Task<PreviewSide?> TryAsync(Prompts prompts, string language, Guid contactId, Guid? interactionId, Viewer viewer, CancellationToken ct)
    {
        ScriptInput? input;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            var contact = await db.Contacts.VisibleTo(viewer).AsNoTracking().SingleOrDefaultAsync(c => c.Id == contactId, ct);
            var step = contact is null ? null : await db.SuggestedActions.AsNoTracking().Where(s => s.ContactId == contactId && s.State == SuggestionState.Open).OrderBy(s => s.DueOn).ThenBy(s => s.Id).FirstOrDefaultAsync(ct);
            if (step is null) return null;
            var draft = new ScriptDraft { SuggestionId = step.Id, ContactId = contactId, UserId = viewer.Id, Channel = step.Channel, Category = ScriptLayout.CategoryOf(step.Reason, step.Kind), Language = await ScriptInputs.LanguageAsync(db, viewer, contact!, ct) };
            input = await ScriptInputs.OfAsync(db, viewer, draft, null, time.GetUtcNow().UtcDateTime, ct);
        }
        if (input is null) return null;
        var claims = new List<PreviewClaim>();
        var sentences = new CheckedSentences(input, dates, arrived =>
        {
            claims.Add(new(arrived.Sentence.Part.ToString(), arrived.Sentence.Text, arrived.Sentence.Evidence is { } place ? place.QuoteIn(input.Talks.First(t => t.InteractionId == place.InteractionId).Text) : null, 1));
            return ValueTask.CompletedTask;
        });
        var attempt = 1;
        var analyst = new ModelScriptAnalyst(calls, prompts, (_, _) => System.Threading.Tasks.Task.FromResult(language));
        var by = await analyst.WriteAsync(input, viewer.Id, async said =>
        {
            if (said.Attempt != attempt) claims.Clear();
            attempt = said.Attempt;
            await sentences.TakeAsync(said);
        }, ct);
        return new(by.PromptVersion!, claims, sentences.Dropped, by.InputTokens, by.OutputTokens, by.CostMicros, null);
    }
}
