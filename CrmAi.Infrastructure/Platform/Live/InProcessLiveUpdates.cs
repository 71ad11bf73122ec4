using System.Collections.Concurrent;
using System.Collections.Immutable;
using CrmAi.Domain.Shared;
using Microsoft.Extensions.Logging;

namespace CrmAi.Infrastructure.Platform.Live;

/// <summary>Live updates within one process.</summary>
internal sealed class InProcessLiveUpdates(ILogger<InProcessLiveUpdates> log) : ILiveUpdates
{
    private readonly ConcurrentDictionary<LiveTopic, ImmutableArray<Watcher>> watchers = new();

    /// <summary>How many watch a topic, to see that none is left behind.</summary>
    public int Watching(LiveTopic topic) => watchers.TryGetValue(topic, out var all) ? all.Length : 0;

    public void Publish(LiveTopic topic)
    {
        if (!watchers.TryGetValue(topic, out var all)) return;
        // A slow circuit must hold up neither the publisher nor its neighbours.
        foreach (var watcher in all) _ = TellAsync(watcher, topic);
    }

    public IDisposable Watch(LiveTopic topic, Func<Task> changed)
    {
        var watcher = new Watcher(this, topic, changed);
        watchers.AddOrUpdate(topic, _ => [watcher], (_, all) => all.Add(watcher));
        return watcher;
    }

    private async Task TellAsync(Watcher watcher, LiveTopic topic)
    {
        await Task.Yield();
        try { await watcher.Changed(); }
        catch (ObjectDisposedException) { watcher.Dispose(); }
        catch (Exception fault) { log.LogWarning(fault, "A watcher of {Topic} failed", topic); }
    }

    private void Remove(Watcher watcher)
    {
        while (watchers.TryGetValue(watcher.Topic, out var all))
        {
            var rest = all.Remove(watcher);
            var done = rest.IsEmpty
                ? watchers.TryRemove(KeyValuePair.Create(watcher.Topic, all))
                : watchers.TryUpdate(watcher.Topic, rest, all);
            if (done) return;
        }
    }

    private sealed class Watcher(InProcessLiveUpdates owner, LiveTopic topic, Func<Task> changed) : IDisposable
    {
        public LiveTopic Topic => topic;

        public Func<Task> Changed => changed;

        public void Dispose() => owner.Remove(this);
    }
}
