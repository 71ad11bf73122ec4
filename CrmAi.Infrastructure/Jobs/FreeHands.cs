namespace CrmAi.Infrastructure.Jobs;

/// <summary>So many may work in a lane at the same time, whoever called them.</summary>
internal sealed class FreeHands(int count)
{
    private int idle = count;
    private int calls;

    /// <summary>There may be work.</summary>
    public void Call() => Interlocked.Increment(ref calls);

    /// <summary>Works until no call went unheard; not at all where nobody is free.</summary>
    public async Task<int> WorkAsync(Func<Task<int>> work)
    {
        var done = 0;
        int heard;
        do
        {
            if (Interlocked.Decrement(ref idle) < 0)
            {
                Interlocked.Increment(ref idle);
                return done;
            }
            try
            {
                heard = Volatile.Read(ref calls);
                done += await work();
            }
            finally
            {
                Interlocked.Increment(ref idle);
            }
            // Whoever called in between found nobody free.
        } while (heard != Volatile.Read(ref calls));
        return done;
    }
}
