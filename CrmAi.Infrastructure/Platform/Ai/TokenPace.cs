namespace CrmAi.Infrastructure.Platform.Ai;

/// <summary>So many tokens in a minute: a bucket that holds one minute's and fills steadily. What is taken beyond it is waited for, in the order of asking.</summary>
/// <param name="perMinute">0: without limit.</param>
internal sealed class TokenPace(int perMinute, TimeProvider time)
{
    private readonly Lock gate = new();
    private double free = perMinute;
    private long at = time.GetTimestamp();

    /// <summary>Waits until so many may be spent.</summary>
    public async Task TakeAsync(int tokens, CancellationToken ct)
    {
        if (perMinute == 0) return;
        TimeSpan wait;
        lock (gate)
        {
            Fill();
            free -= Math.Min(tokens, perMinute);
            wait = free >= 0 ? TimeSpan.Zero : TimeSpan.FromMinutes(-free / perMinute);
        }
        if (wait == TimeSpan.Zero) return;
        try
        {
            await Task.Delay(wait, time, ct);
        }
        catch (OperationCanceledException)
        {
            Correct(tokens, 0);
            throw;
        }
    }

    /// <summary>What was estimated came to be so many: the rest is given back, or owed.</summary>
    public void Correct(int estimated, int spent)
    {
        if (perMinute == 0) return;
        lock (gate)
        {
            Fill();
            free = Math.Min(perMinute, free + Math.Min(estimated, perMinute) - spent);
        }
    }

    private void Fill()
    {
        var now = time.GetTimestamp();
        free = Math.Min(perMinute, free + time.GetElapsedTime(at, now).TotalMinutes * perMinute);
        at = now;
    }
}
