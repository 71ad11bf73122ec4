using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Infrastructure.AiRuns;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>The configured model, and the rules where none is, or where it gives no answer: nobody waits in vain.</summary>
internal sealed class ConversationAnalysts(IModelCalls calls, ModelConversationAnalyst model, RulesConversationAnalyst rules) : IConversationAnalyst
{
    /// <summary>Nothing that the model said stands in the text.</summary>
    public const string Uncited = "ai.uncited";

    public string Name => calls.ModelOf(AiRunType.Conversation) is null ? rules.Name : model.Name;

    public string Version => calls.ModelOf(AiRunType.Conversation) is null ? rules.Version : model.Version;

    public Task<string> VersionAsync(Guid userId, Guid? contactId, CancellationToken ct) => calls.ModelOf(AiRunType.Conversation) is null ? Task.FromResult(rules.Version) : model.VersionAsync(userId, contactId, ct);

    public async Task<Analysed<ConversationResult>> AnalyseAsync(ConversationInput input, Guid userId, CancellationToken ct)
    {
        if (calls.ModelOf(AiRunType.Conversation) is null) return await rules.AnalyseAsync(input, userId, ct);
        try
        {
            var said = await model.AnalyseAsync(input, userId, ct);
            return HoldsSomething(input, said.Result) ? said : await StandInAsync(Uncited, said.By);
        }
        catch (ModelUnavailableException unavailable)
        {
            return await StandInAsync(unavailable.Code, null);
        }

        // What was paid for an answer that is not used is told all the same.
        async Task<Analysed<ConversationResult>> StandInAsync(string why, AnalystMark? paid)
        {
            var (result, by) = await rules.AnalyseAsync(input, userId, ct);
            return new(result, by with { Note = why, InputTokens = paid?.InputTokens, OutputTokens = paid?.OutputTokens, CostMicros = paid?.CostMicros });
        }
    }

    // What the rules add to a model's answer does not make it stand.
    private static bool HoldsSomething(ConversationInput input, ConversationResult said) =>
        ConversationCheck.Apply(input, said) is { } kept && (kept.Dropped == 0 || kept.Result.Summary.Count > 0 || kept.Result.Findings.Any(f => f.Kind is not (FindingKind.Cue or FindingKind.Injection)));
}
