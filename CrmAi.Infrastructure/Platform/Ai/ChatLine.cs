using System.Runtime.CompilerServices;
using CrmAi.Infrastructure.AiRuns;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace CrmAi.Infrastructure.Platform.Ai;

/// <summary>Asks one model, as often as may help.</summary>
internal sealed class ChatLine
{
    private readonly AiModel model;
    private readonly IChatClient client;
    private readonly ChatEndpoint endpoint;
    private readonly TimeProvider time;
    private readonly ResiliencePipeline retries, limit;

    public ChatLine(AiModel model, IChatClient client, ChatEndpoint endpoint, AiOptions options, TimeProvider time, ILogger log)
    {
        (this.model, this.client, this.endpoint, this.time) = (model, client, endpoint, time);
        limit = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(model.Timeout).Build();
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (options.Attempts > 1)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Attempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.Patience,
                ShouldHandle = args => new(args.Outcome.Exception is ChatFaultException { IsPassing: true } fault && (fault.RetryAfter ?? TimeSpan.Zero) <= options.Patience),
                DelayGenerator = args => new((args.Outcome.Exception as ChatFaultException)?.RetryAfter),
                OnRetry = args =>
                {
                    if (args.Outcome.Exception is ChatFaultException fault) log.LogInformation("Model {Model} gave no answer at attempt {Attempt}: {Detail}; next in {Delay}", model.Name, args.AttemptNumber + 1, fault.Detail, args.RetryDelay);
                    return default;
                },
            });
        }
        retries = builder.Build();
    }

    public Task<ChatReply> AskAsync(ChatAsk ask, CancellationToken ct) => PersistAsync(async token =>
    {
        using var turn = await endpoint.EnterAsync(Estimate(ask), ask.Before, token);
        return await TellAsync(turn, async () =>
        {
            var reply = await limit.ExecuteAsync(async inTime => await client.AskAsync(model, ask, inTime), token);
            turn.Succeed(reply);
            return reply;
        });
    }, ct);

    public async IAsyncEnumerable<ChatPiece> StreamAsync(ChatAsk ask, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var stream = await PersistAsync(token => OpenAsync(ask, token, ct), ct);
        do
        {
            yield return stream.Piece;
        }
        while (await PieceAsync(stream));
    }

    // The stream outlives the attempt that opened it, so it listens to the caller.
    private async Task<Stream> OpenAsync(ChatAsk ask, CancellationToken attempt, CancellationToken ct)
    {
        var stream = new Stream(await endpoint.EnterAsync(Estimate(ask), ask.Before, attempt), model.Timeout, time, ct);
        try
        {
            await TellAsync(stream.Turn, () => stream.BeginAsync(token => client.StreamAsync(model, ask, token)));
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private static async Task<bool> PieceAsync(Stream stream)
    {
        try
        {
            return await TellAsync(stream.Turn, stream.NextAsync);
        }
        catch (ChatFaultException fault)
        {
            throw new ModelUnavailableException(fault.Code);
        }
    }

    private async Task<T> PersistAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken ct)
    {
        ChatFaultException? last = null;
        try
        {
            return await retries.ExecuteAsync(async token =>
            {
                try
                {
                    return await attempt(token);
                }
                catch (ChatFaultException fault)
                {
                    last = fault;
                    throw;
                }
            }, ct);
        }
        catch (ChatFaultException fault)
        {
            throw new ModelUnavailableException(fault.Code);
        }
        catch (ModelUnavailableException left) when (left.Code == "ai.breaker" && last is not null)
        {
            // It was asked, and that attempt was among those that opened the breaker.
            throw new ModelUnavailableException(last.Code);
        }
    }

    private static async Task<T> TellAsync<T>(ChatEndpoint.Turn turn, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (TimeoutRejectedException)
        {
            var fault = new ChatFaultException("ai.timeout", "no answer in time");
            turn.Fail(fault);
            throw fault;
        }
        catch (ChatFaultException fault)
        {
            turn.Fail(fault);
            throw;
        }
    }

    // Few answers are as long as they may be.
    private int Estimate(ChatAsk ask) => ask.InputEstimate + model.MaxOutputTokens / 4;

    /// <summary>A streamed answer that is under way; the time is taken anew with each piece.</summary>
    private sealed class Stream(ChatEndpoint.Turn turn, TimeSpan patience, TimeProvider time, CancellationToken ct) : IAsyncDisposable
    {
        private readonly CancellationTokenSource late = new(patience, time);
        private CancellationTokenSource? either;
        private IAsyncEnumerator<ChatPiece>? pieces;

        public ChatEndpoint.Turn Turn => turn;

        public ChatPiece Piece => pieces!.Current;

        public async Task<bool> BeginAsync(Func<CancellationToken, IAsyncEnumerable<ChatPiece>> open)
        {
            either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
            pieces = open(either.Token).GetAsyncEnumerator(either.Token);
            return await NextAsync() ? true : throw new ChatFaultException("ai.fault", "an empty stream");
        }

        public async Task<bool> NextAsync()
        {
            try
            {
                late.CancelAfter(patience);
                var more = await pieces!.MoveNextAsync();
                late.CancelAfter(Timeout.InfiniteTimeSpan); // the reader may take its time
                if (more && pieces.Current.End is { } whole) turn.Succeed(whole);
                return more;
            }
            catch (OperationCanceledException) when (late.IsCancellationRequested && !ct.IsCancellationRequested)
            {
                throw new TimeoutRejectedException(patience);
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (pieces is not null) await pieces.DisposeAsync();
            turn.Dispose();
            either?.Dispose();
            late.Dispose();
        }
    }
}
