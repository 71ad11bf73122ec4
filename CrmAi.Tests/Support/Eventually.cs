namespace CrmAi.Tests.Support;

/// <summary>Waits for what other threads bring about.</summary>
internal static class Eventually
{
    // A limit for the hopeless, not a measure.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    public static Task TrueAsync(Func<bool> condition, string otherwise) => TrueAsync(() => Task.FromResult(condition()), otherwise);

    public static async Task TrueAsync(Func<Task<bool>> condition, string otherwise)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition())
        {
            try { await timer.WaitForNextTickAsync(limit.Token); }
            catch (OperationCanceledException) { throw new TimeoutException(otherwise); }
        }
    }
}
