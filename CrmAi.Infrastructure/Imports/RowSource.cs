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
    public RowSource(IAsyncEnumerable<FileRow> rows, Importer importer, int after, FileKeys seen, CancellationToken ct)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        reading = Task.Run(() => ReadAsync(rows, importer, after, seen, stop.Token), stop.Token);
    }

    /// <summary>The next rows, at most so many; none at the end.</summary>
    public async Task<IReadOnlyList<RowDraft>> TakeAsync(int count, CancellationToken ct)
    {
        var taken = new List<RowDraft>(count);
        while (taken.Count < count && await channel.Reader.WaitToReadAsync(ct))
            while (taken.Count < count && channel.Reader.TryRead(out var row)) taken.Add(row);
        return taken;
    }

    private async Task ReadAsync(IAsyncEnumerable<FileRow> rows, Importer importer, int after, FileKeys seen, CancellationToken ct)
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
                var draft = importer.Prepare(numbered, keysOnly: last <= after);
                draft.Keep();
                if (last > after) await channel.Writer.WriteAsync(draft, ct);
                else if (!draft.IsRefused) seen.Add(draft);
            }
            channel.Writer.Complete();
        }
        catch (Exception fault)
        {
            channel.Writer.Complete(fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try { await reading; }
        catch (OperationCanceledException) { }
        stop.Dispose();
    }
}
