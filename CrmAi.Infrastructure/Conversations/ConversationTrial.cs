using CrmAi.Domain.Conversations;
using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.PromptTexts;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>Reads one conversation as its job would, for a prompt that is tried.</summary>
internal sealed class ConversationTrial(IDbContextFactory<AppDbContext> contexts, IModelCalls calls, RulesConversationAnalyst rules) : IPromptTrial
{
    public string Task => ConversationAnswer.SchemaName;

    public bool NeedsTalk => true;

    public async Task<PreviewSide?> TryAsync(Prompts prompts, string language, Guid contactId, Guid? interactionId, Viewer viewer, CancellationToken ct)
    {
        ConversationInput input;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            var interaction = await db.Interactions.VisibleTo(viewer, db).AsNoTracking().SingleOrDefaultAsync(i => i.Id == interactionId && i.ContactId == contactId, ct);
            if (interaction is null || string.IsNullOrWhiteSpace(interaction.Content)) return null;
            input = await ConversationInputs.OfAsync(db, interaction, ct);
        }
        var analyst = new ModelConversationAnalyst(calls, rules, prompts, (_, _) => System.Threading.Tasks.Task.FromResult(language));
        var (said, by) = await analyst.AnalyseAsync(input, viewer.Id, ct);
        var kept = ConversationCheck.Apply(input, said);
        // Cues are the rules' own, whatever a model is told.
        var claims = kept?.Result.Findings.Where(f => f.Kind != FindingKind.Cue).Select(f => new PreviewClaim(f.Kind.ToString(), f.Objection?.ToString() ?? f.Value, f.Evidence.QuoteIn(input.Text), f.Confidence)).ToList() ?? [];
        return new(by.PromptVersion!, claims, kept?.Dropped ?? said.Findings.Count, by.InputTokens, by.OutputTokens, by.CostMicros, null);
    }
}
