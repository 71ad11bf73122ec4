using CrmAi.Domain.Shared;

namespace CrmAi.Domain.AiRuns;

public enum AiRunType { Profile, Conversation, Script, NextAction, Card, Enrichment, Score }

/// <summary>One run of an analyst, of whichever kind: what went in, what it cost, what people thought of it.</summary>
public sealed class AiRun
{
    public Guid Id { get; init; } = Ids.Next();
    public AiRunType Type { get; init; }
    public Guid UserId { get; init; }
    public Guid? ContactId { get; init; }
    public Guid? InteractionId { get; init; }

    /// <summary>SHA-256 of all that the analyst read.</summary>
    public required byte[] InputDigest { get; init; }

    /// <summary>"rules", or the model's name.</summary>
    public required string Analyst { get; init; }
    public required string AnalystVersion { get; init; }
    public string? PromptVersion { get; init; }
    public int? InputTokens { get; init; }
    public int? OutputTokens { get; init; }

    /// <summary>Millionths of a yuan; null where nothing is paid.</summary>
    public long? CostMicros { get; init; }
    public int Milliseconds { get; init; }

    /// <summary>Claims shown, and claims dropped because their quote is not in the text.</summary>
    public int Claims { get; init; }
    public int Dropped { get; init; }

    /// <summary>Why there is no result, or, with a result that the rules made in a model's stead, why the model gave none.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>1 to 5.</summary>
    public int? Rating { get; set; }
    public bool? Useful { get; set; }
    public string? Comment { get; set; }
    public DateTime? RatedAt { get; set; }
    public DateTime At { get; init; }
}
