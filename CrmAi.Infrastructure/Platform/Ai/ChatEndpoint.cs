using CrmAi.Infrastructure.AiRuns;

namespace CrmAi.Infrastructure.Platform.Ai;

/// <summary>What all requests to one address share: places at a time, tokens in a minute, the breaker.</summary>
internal sealed class ChatEndpoint(int concurrency, int tokensPerMinute, Breaker breaker, TimeProvider time) : IDisposable
{
    private readonly Breaker breaker = breaker;
    private readonly SemaphoreSlim places = new(concurrency);
    private readonly TokenPace pace = new(tokensPerMinute, time);

    /// <summary>Waits for a turn and holds it until it is disposed of.</summary>
    /// <param name="tokens">Estimated, of question and answer.</param>
    /// <exception cref="ModelUnavailableException">ai.breaker: the address is being left alone.</exception>
    public async Task<Turn> EnterAsync(int tokens, Func<CancellationToken, Task>? before, CancellationToken ct)
    {
        await places.WaitAsync(ct);
        var turn = new Turn(this, tokens);
        try
        {
            await turn.BeginAsync(before, ct);
            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    public void Dispose() => places.Dispose();

    internal sealed class Turn(ChatEndpoint endpoint, int tokens) : IDisposable
    {
        private bool entered, told, paced;

        public async Task BeginAsync(Func<CancellationToken, Task>? before, CancellationToken ct)
        {
            await endpoint.pace.TakeAsync(tokens, ct);
            paced = true;
            if (before is not null) await before(ct);
            if (!(entered = endpoint.breaker.TryEnter())) throw new ModelUnavailableException("ai.breaker");
        }

        public void Succeed(ChatReply reply)
        {
            told = true;
            endpoint.breaker.Succeed();
            Settle(reply.InputTokens + reply.OutputTokens);
        }

        public void Fail(ChatFaultException fault)
        {
            told = true;
            if (fault.IsOutage) endpoint.breaker.Fail();
            else if (fault.Code == "ai.refused") endpoint.breaker.Succeed();
            else endpoint.breaker.Leave();
            Settle(0);
        }

        public void Dispose()
        {
            if (entered && !told) endpoint.breaker.Leave();
            Settle(0);
            endpoint.places.Release();
        }

        private void Settle(int spent)
        {
            if (paced) endpoint.pace.Correct(tokens, spent);
            paced = false;
        }
    }
}
