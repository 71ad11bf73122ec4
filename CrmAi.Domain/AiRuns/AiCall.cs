using CrmAi.Domain.Shared;

namespace CrmAi.Domain.AiRuns;

/// <summary>Answered: fits its schema at the first asking. Repaired: at the second. Misfit: was paid for and does not fit. Failed: no answer came, or none to its end.</summary>
public enum AiCallOutcome { Answered, Repaired, Misfit, Failed }

/// <summary>One exchange that reached a model, or was refused by it: what it cost, never what was asked.</summary>
public sealed class AiCall
{
    public Guid Id { get; init; } = Ids.Next();
    public DateTime At { get; init; }
    public AiRunType Task { get; init; }
    public required string Model { get; init; }
    public required string PromptVersion { get; init; }

    /// <summary>SHA-256 of model, prompt version, instructions, data and schema: one question. No two rows with one digest have an output.</summary>
    public required byte[] Digest { get; init; }

    public Guid UserId { get; init; }
    public Guid? ContactId { get; init; }
    public Guid? InteractionId { get; init; }

    /// <summary>As the model counts them; estimated where it told none and where its answer broke off, 0 where nothing was answered.</summary>
    public int InputTokens { get; init; }
    public int OutputTokens { get; init; }

    /// <summary>Millionths of a yuan, at the prices set when it was asked.</summary>
    public long CostMicros { get; init; }

    /// <summary>From the question to the whole answer, waiting and retries included.</summary>
    public int Milliseconds { get; init; }
    public AiCallOutcome Outcome { get; init; }

    /// <summary>An administrator tried a prompt; nothing of it became a contact's.</summary>
    public bool IsPreview { get; init; }

    /// <summary>Why there is no answer that fits, "ai.timeout", "ai.left" (who read it went away while it was being written); null where there is one.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The answer (JSON), encrypted at rest: given again to the same question. Null where none fits, and once it is erased with its contact.</summary>
    public string? Output { get; set; }
}
