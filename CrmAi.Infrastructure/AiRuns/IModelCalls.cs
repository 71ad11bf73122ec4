using System.Text.Json;
using CrmAi.Domain.AiRuns;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>One question to a language model: instructions first and stable, data last. All texts are already free of names, numbers and addresses (placeholders).</summary>
/// <param name="Task">Chooses model and limits.</param>
/// <param name="PromptVersion">"profile/zh/1": part of the digest and of the ledger; up to 40 characters.</param>
/// <param name="Instructions">The stable prefix (system message).</param>
/// <param name="Data">Fenced data (user message).</param>
/// <param name="SchemaName">Letters, digits, "_" and "-", up to 64.</param>
/// <param name="Schema">JSON schema that the answer must fit (strict structured output).</param>
/// <param name="UserId">On whose behalf it is asked.</param>
/// <param name="ContactId">Whose data it holds; the answer is erased with them.</param>
public sealed record ModelQuestion(AiRunType Task, string PromptVersion, string Instructions, string Data, string SchemaName, string Schema, Guid UserId, Guid? ContactId, Guid? InteractionId)
{
    /// <summary>An administrator tries a prompt: the ledger says so.</summary>
    public bool IsPreview { get; init; }
}

/// <summary>An answer that fits the schema.</summary>
/// <param name="InputTokens">What it took altogether, a repair included; of an answer from the cache, what it took then.</param>
/// <param name="CostMicros">Millionths of a yuan paid for it now: 0 from the cache.</param>
/// <param name="FromCache">The same question was answered before, or is being answered for somebody else: nothing was paid for this one.</param>
/// <param name="Repaired">It fitted only when asked a second time.</param>
public sealed record ModelAnswer(JsonElement Content, string Model, int InputTokens, int OutputTokens, long CostMicros, int Milliseconds, bool FromCache, bool Repaired);

/// <summary>A piece of an answer that is still being written: raw JSON, which need not be whole or fit anything yet.</summary>
/// <param name="Attempt">1, or 2: the first answer did not fit its schema, and what was shown of it is to be thrown away.</param>
public sealed record AnswerPart(string Text, int Attempt);

/// <summary>Questions to the configured model: switch, budget, cache of identical questions, ledger of what was paid.</summary>
public interface IModelCalls
{
    /// <summary>Name of the model that serves this task; null where none is configured.</summary>
    string? ModelOf(AiRunType task);

    /// <summary>The answer to the question, at most once paid for.</summary>
    /// <exception cref="ModelUnavailableException">No answer; its code says why.</exception>
    Task<ModelAnswer> AskAsync(ModelQuestion question, CancellationToken ct);

    /// <summary>
    /// The same, shown while it is written. Only what is returned fits the schema; parts are for the eye. An answer that is there already, or that others wait for as a whole, arrives as one part.
    /// A caller that comes while it is being written is told first what there is of it.
    /// </summary>
    /// <param name="arrived">Called with one part after the other, never two at a time; a slow one holds up nobody. What it throws ends this caller's waiting.</param>
    /// <exception cref="ModelUnavailableException">No answer, perhaps after some parts; its code says why.</exception>
    Task<ModelAnswer> AskAsync(ModelQuestion question, Func<AnswerPart, ValueTask> arrived, CancellationToken ct);
}

/// <summary>The model gave no answer, or may not be asked.</summary>
/// <param name="code">
/// ai.off (switched off, or no model configured), ai.budget (spent), ai.breaker (failed too often lately), ai.timeout (also where another process asks the same and comes to no end), ai.refused (400, 401, 403, 404), ai.busy (429 beyond patience),
/// ai.fault (5xx, connection), ai.schema (did not fit the schema, asked twice).
/// </param>
public sealed class ModelUnavailableException(string code) : Exception($"The model gives no answer: {code}")
{
    public string Code { get; } = code;
}
