using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Scripts;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Conversations;

namespace CrmAi.Infrastructure.Scripts;

/// <summary>The configured model, and the rules where none is or where it gives nothing that stands; whoever writes, only what holds is passed on.</summary>
internal sealed class ScriptAnalysts(IModelCalls calls, ModelScriptAnalyst model, RulesScriptAnalyst rules, ISpokenDates dates)
{
    public string Name => calls.ModelOf(AiRunType.Script) is null ? rules.Name : model.Name;

    public string Version => calls.ModelOf(AiRunType.Script) is null ? rules.Version : model.Version;

    /// <param name="show">Receives each sentence that holds; a higher attempt throws away what came before.</param>
    public async Task<WrittenScript> WriteAsync(ScriptInput input, Guid userId, Func<ArrivedSentence, ValueTask> show, CancellationToken ct)
    {
        var sentences = new CheckedSentences(input, dates, show);
        AnalystMark? paid = null;
        string? why = null;
        if (calls.ModelOf(AiRunType.Script) is not null)
        {
            try
            {
                paid = await model.WriteAsync(input, userId, sentences.TakeAsync, ct);
                if (sentences.IsWhole) return new(paid, sentences.Kept, sentences.Dropped);
                why = ConversationAnalysts.Uncited;
            }
            catch (ModelUnavailableException unavailable)
            {
                why = unavailable.Code;
            }
        }
        var dropped = sentences.Dropped;
        sentences.Restart();
        var by = await rules.WriteAsync(input, userId, sentences.TakeAsync, ct);
        // What was paid for an answer that is not used is told all the same.
        return new(by with { Note = why, InputTokens = paid?.InputTokens, OutputTokens = paid?.OutputTokens, CostMicros = paid?.CostMicros }, sentences.Kept, sentences.Dropped + dropped);
    }
}

/// <param name="Kept">Sentences shown; <paramref name="Dropped"/> did not hold.</param>
internal sealed record WrittenScript(AnalystMark By, int Kept, int Dropped);
