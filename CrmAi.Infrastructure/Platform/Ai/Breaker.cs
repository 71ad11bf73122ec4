namespace CrmAi.Infrastructure.Platform.Ai;

/// <summary>Opens after some faults in a row; after a pause lets one request through, and closes if that succeeds.</summary>
internal sealed class Breaker(int faults, TimeSpan pause, TimeProvider time)
{
    private readonly Lock gate = new();
    private int inARow;
    private long? opened;
    private bool probing;

    /// <summary>False: leave it alone. After true, exactly one of the other three follows.</summary>
    public bool TryEnter()
    {
        lock (gate)
        {
            if (opened is not { } since) return true;
            if (probing || time.GetElapsedTime(since) < pause) return false;
            return probing = true;
        }
    }

    public void Succeed()
    {
        lock (gate) (inARow, opened, probing) = (0, null, false);
    }

    public void Fail()
    {
        lock (gate)
        {
            // What was under way when it opened does not open it for longer.
            if (opened is not null && !probing) return;
            probing = false;
            if (++inARow >= faults) opened = time.GetTimestamp();
        }
    }

    /// <summary>It ended without telling whether the endpoint is well.</summary>
    public void Leave()
    {
        lock (gate) probing = false;
    }
}
