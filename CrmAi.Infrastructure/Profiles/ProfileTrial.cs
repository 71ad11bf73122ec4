using CrmAi.Domain.Profiles;
using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.PromptTexts;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Profiles;

/// <summary>Makes a profile as its job would, for a prompt that is tried.</summary>
internal sealed class ProfileTrial(IDbContextFactory<AppDbContext> contexts, IModelCalls calls) : IPromptTrial
{
    public string Task => ProfileAnswer.SchemaName;

    public bool NeedsTalk => false;

    public async Task<PreviewSide?> TryAsync(Prompts prompts, string language, Guid contactId, Guid? interactionId, Viewer viewer, CancellationToken ct)
    {
        ProfileInput? input;
        await using (var db = await contexts.CreateDbContextAsync(ct)) input = await ProfileInputs.OfAsync(db, contactId, viewer, ct);
        if (input is null) return null;
        var analyst = new ModelProfileAnalyst(calls, prompts, (_, _) => System.Threading.Tasks.Task.FromResult(language));
        var (said, by) = await analyst.AnalyseAsync(input, viewer.Id, ct);
        var kept = ProfileCheck.Apply(input, said);
        var texts = input.Conversations.ToDictionary(c => c.InteractionId, c => c.Text);
        var claims = kept?.Claims.Select(c => new PreviewClaim(c.Key, c.Value ?? c.Level?.ToString(System.Globalization.CultureInfo.InvariantCulture), c.Evidence.Count == 0 ? null : c.Evidence[0].QuoteIn(texts[c.Evidence[0].InteractionId]), c.Confidence)).ToList() ?? [];
        return new(by.PromptVersion ?? prompts.In(language).Version, claims, kept?.Dropped ?? said.Count, by.InputTokens, by.OutputTokens, by.CostMicros, null);
    }
}
