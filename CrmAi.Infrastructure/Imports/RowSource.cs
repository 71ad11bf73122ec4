using System.Threading.Channels;
using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Imports;
using CrmAi.Infrastructure.Jobs;

namespace CrmAi.Infrastructure.Imports;

/// <summary>The rows of a file, read and prepared a little ahead of whoever writes them.</summary>
internal sealed class RowSource : IAsyncDisposable
{
    private const int Ahead = 600;

    private readonly Channel<RowDraft> channel = Channel.CreateBounded<RowDraft>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource stop;
    private readonly Task reading;

    /// <param name="after">Rows until this number are dealt with: of them only the keys are told.</param>
    /// <param name="made">Numbers of those among them that became records; later rows are told from no others.</param>
    public RowSource(IAsyncEnumerable<FileRow> rows, Importer importer, int after, FileKeys seen, CancellationToken ct, IReadOnlySet<int>? made = null)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        reading = Task.Run(() => ReadAsync(rows, importer, after, made, seen, stop.Token), stop.Token);
    }

    /// <summary>The next rows, at most so many; none at the end.</summary>
    public async Task<IReadOnlyList<RowDraft>> TakeAsync(int count, CancellationToken ct)
    {
        var taken = new List<RowDraft>(count);
        while (taken.Count < count && await channel.Reader.WaitToReadAsync(ct))
            while (taken.Count < count && channel.Reader.TryRead(out var row)) taken.Add(row);
        return taken;
    }

    private async Task ReadAsync(IAsyncEnumerable<FileRow> rows, Importer importer, int after, IReadOnlySet<int>? made, FileKeys seen, CancellationToken ct)
    {
        try
        {
            var (last, count) = (0, 0);
            await foreach (var row in rows.WithCancellation(ct))
            {
                if (++count > Import.MaxRows) throw new JobRefusedException("import.rows");
                // Each row has a number of its own, also what is said of the file's end.
                last = Math.Max(last + 1, row.Number);
                var numbered = row.Number == last ? row : row with { Number = last };
                var draft = Prepared(importer, numbered, keysOnly: last <= after);
                draft.Keep();
                if (last > after) await channel.Writer.WriteAsync(draft, ct);
                else if (made?.Contains(last) == true) seen.Add(draft);
            }
            channel.Writer.Complete();
        }
        catch (Exception fault)
        {
            channel.Writer.Complete(fault);
        }
    }

    // Whatever a cell has in it, it is its own row that is refused for it.
    private static RowDraft Prepared(Importer importer, FileRow row, bool keysOnly)
    {
        try { return importer.Prepare(row, keysOnly); }
        catch (Exception fault) when (fault is FormatException or OverflowException or ArgumentException) { return importer.Prepare(row with { Problem = "row.strange" }, keysOnly); }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try { await reading; }
        catch (OperationCanceledException) { }
        stop.Dispose();
    }
}
