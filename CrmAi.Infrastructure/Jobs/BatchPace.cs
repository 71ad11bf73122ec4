using CrmAi.Infrastructure.Data;

namespace CrmAi.Infrastructure.Jobs;

/// <summary>How many rows long work takes at a time, so that no save of it holds the database's one writer for more than about 50 ms, on whatever machine.</summary>
internal sealed class BatchPace
{
    private readonly TimeProvider time;
    private readonly int most, fewest;

    /// <param name="most">Rows at a time, however quick they are.</param>
    /// <param name="fewest">Rows at a time, however slow they are, and to begin with.</param>
    public BatchPace(TimeProvider time, int most = 200, int fewest = 20) => (this.time, this.most, this.fewest, Size) = (time, most, fewest, fewest);

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(12), Long = TimeSpan.FromMilliseconds(30);

    // One long save in three is the machine's, which had something else to do in between: fewer rows would not have been quicker.
    private bool wasLong, wasLongBefore;

    public int Size { get; private set; }

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
        if (took > Long && (wasLong || wasLongBefore))
        {
            Size = Math.Max(fewest, Size / 2);
            (wasLong, wasLongBefore) = (false, false);
            return;
        }
        (wasLong, wasLongBefore) = (took > Long, wasLong);
        if (took < Short) Size = Math.Min(most, Size * 3 / 2);
    }
}
