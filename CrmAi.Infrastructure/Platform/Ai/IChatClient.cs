namespace CrmAi.Infrastructure.Platform.Ai;

/// <summary>One attempt at a model: one request on the wire, without patience.</summary>
internal interface IChatClient
{
    /// <exception cref="ChatFaultException">No answer.</exception>
    Task<ChatReply> AskAsync(AiModel model, ChatAsk ask, CancellationToken ct);

    /// <summary>The last piece has the whole.</summary>
    /// <exception cref="ChatFaultException">No answer, or no end of it.</exception>
    IAsyncEnumerable<ChatPiece> StreamAsync(AiModel model, ChatAsk ask, CancellationToken ct);
}
