using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using OpenAI;
using OpenAI.Chat;

namespace CrmAi.Infrastructure.Platform.Ai;

/// <summary>
/// Chat completions on any compatible endpoint. Bodies are ours, since endpoints differ from each other in fields and values at which typed answers fail;
/// patience is its caller's, so the package's own retries and time limits are off, and it logs nothing.
/// </summary>
internal sealed class OpenAiClient(TimeProvider time) : IChatClient, IDisposable
{
    // What is asked goes to the address that was set, and is not led on to another.
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConcurrentDictionary<AiModel, ChatClient> clients = [];

    public Task<ChatReply> AskAsync(AiModel model, ChatAsk ask, CancellationToken ct) => FaultsAsync(async () =>
    {
        using var body = BinaryContent.Create(ChatJson.Request(model, ask, streams: false));
        var result = await Of(model).CompleteChatAsync(body, new RequestOptions { CancellationToken = ct });
        using var answer = JsonDocument.Parse(result.GetRawResponse().Content.ToMemory());
        return ChatJson.Reply(answer.RootElement, ask);
    }, ct);

    public async IAsyncEnumerable<ChatPiece> StreamAsync(AiModel model, ChatAsk ask, [EnumeratorCancellation] CancellationToken ct)
    {
        using var body = BinaryContent.Create(ChatJson.Request(model, ask, streams: true));
        var result = await FaultsAsync(() => Of(model).CompleteChatAsync(body, new RequestOptions { CancellationToken = ct, BufferResponse = false }), ct);
        using var response = result.GetRawResponse();
        await using var events = SseParser.Create(response.ContentStream!).EnumerateAsync(ct).GetAsyncEnumerator(ct);
        var whole = new StreamedReply(ask);
        while (await FaultsAsync(() => events.MoveNextAsync().AsTask(), ct) && events.Current.Data is not "[DONE]")
        {
            if (await FaultsAsync(() => Task.FromResult(whole.Add(events.Current.Data)), ct) is { Length: > 0 } piece) yield return new(piece);
        }
        if (!whole.IsFinished) throw new ChatFaultException("ai.fault", "the stream broke off");
        yield return new("", whole.Reply());
    }

    public void Dispose() => http.Dispose();

    private ChatClient Of(AiModel model) => clients.GetOrAdd(model, m => new(m.Name, new ApiKeyCredential(m.Key), new OpenAIClientOptions
    {
        Endpoint = m.BaseAddress,
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        NetworkTimeout = Timeout.InfiniteTimeSpan,
        Transport = new HttpClientPipelineTransport(http),
        ClientLoggingOptions = new() { EnableLogging = false },
    }));

    private async Task<T> FaultsAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        try
        {
            return await work();
        }
        catch (ClientResultException fault)
        {
            ct.ThrowIfCancellationRequested();
            throw FaultOf(fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException)
        {
            ct.ThrowIfCancellationRequested();
            throw new ChatFaultException("ai.fault", fault.GetType().Name);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new ChatFaultException("ai.fault", "the connection was given up");
        }
    }

    private ChatFaultException FaultOf(ClientResultException fault)
    {
        var response = fault.GetRawResponse();
        var code = fault.Status switch
        {
            429 => "ai.busy",
            0 or 408 or 409 or >= 500 => "ai.fault",
            _ => "ai.refused",
        };
        var wait = response is not null && response.Headers.TryGetValue("Retry-After", out var after) && after is not null ? RetryAfter.Parse(after, time.GetUtcNow()) : null;
        return new(code, fault.Status == 0 ? "no connection" : $"{fault.Status} {ChatJson.ErrorCode(response)}".TrimEnd(), wait);
    }
}

/// <summary>A streamed answer, put together.</summary>
internal sealed class StreamedReply(ChatAsk ask)
{
    private readonly StringBuilder text = new();
    private JsonElement usage;
    private string? finish;

    public bool IsFinished => finish is not null;

    /// <summary>The text of this event.</summary>
    public string Add(string data)
    {
        using var chunk = JsonDocument.Parse(data);
        if (chunk.RootElement.TryGetProperty("usage", out var counted) && counted.ValueKind == JsonValueKind.Object) usage = counted.Clone();
        if (ChatJson.Choice(chunk.RootElement) is not { } choice) return "";
        finish = ChatJson.Text(choice, "finish_reason") ?? finish;
        var piece = choice.TryGetProperty("delta", out var delta) ? ChatJson.Text(delta, "content") ?? "" : "";
        text.Append(piece);
        return piece;
    }

    public ChatReply Reply() => ChatJson.Reply(text.ToString(), finish, usage, ask);
}
