namespace CrmAi.Infrastructure.Platform.Ai;

/// <summary>What a model is told: instructions as the system's message, data as the user's.</summary>
/// <param name="Schema">The JSON schema of the answer; null for plain text.</param>
/// <param name="SchemaName">Its name; null without one.</param>
internal sealed record ChatAsk(string Instructions, string Data, string? SchemaName, string? Schema)
{
    /// <summary>A former answer and what is wrong with it, where it is asked again.</summary>
    public (string Answer, string Fault)? Repair { get; init; }

    /// <summary>Run before each attempt is sent; throws where the model may not be asked any more.</summary>
    public Func<CancellationToken, Task>? Before { get; init; }

    /// <summary>An upper estimate of the tokens sent.</summary>
    public int InputEstimate => Tokens.Estimate(Instructions) + Tokens.Estimate(Data) + Tokens.Estimate(Schema ?? "") + (Repair is { } repair ? Tokens.Estimate(repair.Answer) + Tokens.Estimate(repair.Fault) : 0);
}

/// <param name="Text">Empty where the model answered nothing.</param>
/// <param name="Truncated">It was cut off, at the limit of tokens or by a filter.</param>
internal sealed record ChatReply(string Text, int InputTokens, int OutputTokens, bool Truncated);

/// <summary>A piece of a streamed answer.</summary>
/// <param name="End">With the last piece: the whole.</param>
internal sealed record ChatPiece(string Text, ChatReply? End = null);

/// <summary>A language model behind its limits: attempts, time, requests at once, tokens in a minute, and a breaker for an endpoint that is down.</summary>
internal interface IChatModel
{
    /// <exception cref="AiRuns.ModelUnavailableException">No answer: ai.breaker (it was not asked), ai.timeout, ai.refused, ai.busy, ai.fault.</exception>
    Task<ChatReply> AskAsync(AiModel model, ChatAsk ask, CancellationToken ct);

    /// <summary>As it comes. Attempts are repeated up to the first piece; a fault after it ends the stream.</summary>
    /// <exception cref="AiRuns.ModelUnavailableException">As above, also between pieces.</exception>
    IAsyncEnumerable<ChatPiece> StreamAsync(AiModel model, ChatAsk ask, CancellationToken ct);
}

/// <summary>One attempt failed. Tells nothing of what was sent or answered.</summary>
/// <param name="code">As of <see cref="AiRuns.ModelUnavailableException"/>.</param>
/// <param name="detail">HTTP status and the endpoint's own code, for the log.</param>
/// <param name="retryAfter">What the endpoint asks to wait; null where it asks nothing.</param>
internal sealed class ChatFaultException(string code, string detail, TimeSpan? retryAfter = null) : Exception($"{code} ({detail})")
{
    public string Code { get; } = code;
    public string Detail { get; } = detail;
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Another attempt may succeed.</summary>
    public bool IsPassing => Code is not "ai.refused";

    /// <summary>The endpoint is down or hangs; one that is busy or refuses is well.</summary>
    public bool IsOutage => Code is "ai.fault" or "ai.timeout";
}
