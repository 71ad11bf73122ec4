using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.NightRuns;

/// <summary>How many analyses this process does at the same time, over all batches: a provider's limit knows none.</summary>
internal sealed class NightPlaces(IOptions<NightOptions> options) : IDisposable
{
    private readonly SemaphoreSlim free = new(options.Value.AtOnce);

    /// <summary>Does it on another thread once there is a place.</summary>
    public async Task<T> DoAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        await free.WaitAsync(ct);
        try { return await Task.Run(work, ct); }
        finally { free.Release(); }
    }

    public void Dispose() => free.Dispose();
}
