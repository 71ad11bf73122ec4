namespace CrmAi.Tests.Support;

/// <summary>Stands still until a test moves it; knows who waits for it, and how long.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Timer> timers = [];
    private DateTimeOffset now = new(2026, 11, 20, 2, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>What is waited for, shortest first.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get { lock (gate) return [.. timers.Where(t => t.Due is not null).Select(t => t.Due!.Value - now).Order()]; }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public void Advance(TimeSpan by)
    {
        List<Timer> due;
        lock (gate)
        {
            now += by;
            due = [.. timers.Where(t => t.Due <= now).OrderBy(t => t.Due)];
            foreach (var timer in due) timer.Due = null;
        }
        foreach (var timer in due) timer.Ring();
    }

    /// <summary>Waits until somebody waits for a time that the condition knows, then lets it pass.</summary>
    public async Task<TimeSpan> PassAsync(Func<TimeSpan, bool> expected)
    {
        TimeSpan? wait = null;
        await Eventually.TrueAsync(() => (wait = Waits.Where(expected).Select(w => (TimeSpan?)w).FirstOrDefault()) is not null, "nobody waited for it; waited for are " + string.Join(", ", Waits));
        Advance(wait!.Value);
        return wait.Value;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public void Ring() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == TimeSpan.Zero)
            {
                ThreadPool.QueueUserWorkItem(_ => Ring());
                return true;
            }
            lock (clock.gate)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.now + dueTime;
                if (!clock.timers.Contains(this)) clock.timers.Add(this);
            }
            return true;
        }

        public void Dispose()
        {
            lock (clock.gate) clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
