using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.Platform.Ai;

/// <summary>All configured models, each behind the limits of its address.</summary>
internal sealed class ChatModels(AiModels models, IChatClient client, IOptions<AiOptions> options, TimeProvider time, ILogger<ChatModels> log) : IChatModel, IDisposable
{
    // Lazily, so that two that come first at the same time do not each make one.
    private readonly ConcurrentDictionary<Uri, Lazy<ChatEndpoint>> endpoints = [];
    private readonly ConcurrentDictionary<AiModel, Lazy<ChatLine>> lines = [];

    public Task<ChatReply> AskAsync(AiModel model, ChatAsk ask, CancellationToken ct) => LineOf(model).AskAsync(ask, ct);

    public async IAsyncEnumerable<ChatPiece> StreamAsync(AiModel model, ChatAsk ask, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var piece in LineOf(model).StreamAsync(ask, ct)) yield return piece;
    }

    public void Dispose()
    {
        foreach (var endpoint in endpoints.Values) endpoint.Value.Dispose();
    }

    private ChatLine LineOf(AiModel model) =>
        lines.GetOrAdd(model, m => new(() => new(m, client, endpoints.GetOrAdd(m.BaseAddress, address => new(() => EndpointOf(address, m))).Value, options.Value, time, log))).Value;

    private ChatEndpoint EndpointOf(Uri address, AiModel first)
    {
        var there = models.At(address).DefaultIfEmpty(first).ToList();
        var tokens = there.Select(m => m.TokensPerMinute).Where(t => t > 0).DefaultIfEmpty(0).Min();
        return new(there.Min(m => m.Concurrency), tokens, new(options.Value.BreakerFaults, options.Value.BreakerPause, time), time);
    }
}
