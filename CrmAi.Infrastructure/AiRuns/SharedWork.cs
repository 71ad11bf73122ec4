namespace CrmAi.Infrastructure.AiRuns;

/// <summary>Work that several ask for at the same time is done once, for as long as anybody waits for it.</summary>
internal sealed class SharedWork<T>
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Flight> flights = new(StringComparer.Ordinal);

    /// <summary>As below, of work that tells nothing before it is done.</summary>
    public Task<(T Outcome, bool IsOwn)> DoAsync(string key, Func<CancellationToken, Task<T>> work, CancellationToken ct) => DoAsync(key, (_, stop) => work(stop), null, ct);

    /// <summary>The outcome, and whether it was this caller that set the work off.</summary>
    /// <param name="arrived">Hears what the work tells before it is done, also what it told before this caller came; null for one who waits for the outcome alone.</param>
    public async Task<(T Outcome, bool IsOwn)> DoAsync(string key, Func<AnswerSoFar, CancellationToken, Task<T>> work, Func<AnswerPart, ValueTask>? arrived, CancellationToken ct)
    {
        Flight? flight;
        bool isOwn;
        lock (gate)
        {
            isOwn = !flights.TryGetValue(key, out flight) || flight.Work.IsCompleted;
            if (isOwn) flights[key] = flight = new(work);
            flight!.Waiting++;
        }
        try
        {
            if (arrived is not null) await flight.SoFar.FollowAsync(arrived, flight.Work, ct);
            return (await flight.Work.WaitAsync(ct), isOwn);
        }
        finally
        {
            Leave(key, flight);
        }
    }

    private void Leave(string key, Flight flight)
    {
        lock (gate)
        {
            if (--flight.Waiting > 0) return;
            if (flights.GetValueOrDefault(key) == flight) flights.Remove(key);
        }
        flight.Dispose();
    }

    private sealed class Flight : IDisposable
    {
        private readonly CancellationTokenSource stop = new();

        public Flight(Func<AnswerSoFar, CancellationToken, Task<T>> work) => Work = Task.Run(() => work(SoFar, stop.Token));

        public Task<T> Work { get; }
        public AnswerSoFar SoFar { get; } = new();
        public int Waiting { get; set; }

        // Nobody waits any more; work that is done hears nothing of it.
        public void Dispose()
        {
            stop.Cancel();
            stop.Dispose();
        }
    }
}
