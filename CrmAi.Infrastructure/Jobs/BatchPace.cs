using CrmAi.Infrastructure.Data;

namespace CrmAi.Infrastructure.Jobs;

/// <summary>How many rows long work takes at a time, so that no save of it holds the database's one writer for more than about 50 ms, on whatever machine.</summary>
/// <param name="most">Rows at a time, however quick they are.</param>
/// <param name="first">Rows to begin with.</param>
internal sealed class BatchPace(TimeProvider time, int most = 200, int first = 20)
{
    private const int Fewest = 20;

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(12), Long = TimeSpan.FromMilliseconds(30);

    public int Size { get; private set; } = first;

    /// <summary>The longest save so far.</summary>
    public TimeSpan Longest { get; set; }

    public async Task SaveAsync(AppDbContext db, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        await db.SaveChangesAsync(ct);
        Note(time.GetElapsedTime(started));
    }

    /// <summary>A batch was written by other means, and held the writer for so long.</summary>
    public void Note(TimeSpan took)
    {
        if (took > Longest) Longest = took;
        if (took > Long) Size = Math.Max(Fewest, Size / 2);
        else if (took < Short) Size = Math.Min(most, Size * 3 / 2);
    }
}
