using System.Globalization;
using CrmAi.Domain.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Shared;

/// <summary>A part of a page that reads again when what it shows has changed, at most a few times a second.</summary>
public abstract class LiveComponent : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly CancellationTokenSource gone = new();
    private readonly Dictionary<LiveTopic, IDisposable> watches = [];
    // A change is told from another thread, which speaks its own language.
    private readonly (CultureInfo Format, CultureInfo Words) culture = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private bool reading;
    private bool again;

    [Inject] private ILiveUpdates Live { get; set; } = null!;

    /// <summary>Cancelled when the component leaves the page.</summary>
    protected CancellationToken Gone => gone.Token;

    /// <summary>Watches these and no others. Call it before the first read, so that nothing falls in between.</summary>
    protected void Watch(params IEnumerable<LiveTopic> topics)
    {
        var wanted = topics.ToHashSet();
        foreach (var (topic, watch) in watches.Where(w => !wanted.Contains(w.Key)).ToList())
        {
            watch.Dispose();
            watches.Remove(topic);
        }
        foreach (var topic in wanted.Where(t => !gone.IsCancellationRequested && !watches.ContainsKey(t))) watches[topic] = Live.Watch(topic, () => InvokeAsync(ReadAgainAsync));
    }

    /// <summary>Reads under the person's own rights. The component renders afterwards.</summary>
    protected abstract Task ReadAsync(CancellationToken ct);

    // Runs on the circuit only, so the two flags need no lock: a change during a read causes one more read.
    private async Task ReadAgainAsync()
    {
        again = true;
        if (reading) return;
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = culture;
        reading = true;
        try
        {
            while (again && !gone.IsCancellationRequested)
            {
                again = false;
                await ReadAsync(Gone);
                StateHasChanged();
                await Task.Delay(Pause, Gone);
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested) { }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await DispatchExceptionAsync(e);
        }
        finally
        {
            reading = false;
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var watch in watches.Values) watch.Dispose();
        watches.Clear();
        if (!gone.IsCancellationRequested) await gone.CancelAsync();
    }
}
