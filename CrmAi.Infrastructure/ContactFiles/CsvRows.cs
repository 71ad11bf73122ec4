using System.Runtime.CompilerServices;
using System.Text;
using CrmAi.Domain.ContactFiles;

namespace CrmAi.Infrastructure.ContactFiles;

/// <summary>
/// Rows of a table in text, as RFC 4180 writes them and as programs really do: quotes stand anywhere, lines end in three ways. One row is held at a time, and of that no more than it may have.
/// A quotation mark that never ends costs its own line alone: the lines that it swallowed are read again.
/// </summary>
internal sealed class CsvRows(TextSource source, char delimiter)
{
    private const char Quote = '"';
    private const int MaxRecoveries = 100;

    private readonly List<string> cells = [];
    private readonly StringBuilder cell = new(), behind = new();
    private State state;
    private string? problem;
    private int line = 1, start = 1, length;
    private bool isBehind, isStray, afterReturn, isFilled;
    private int recoveries;

    private enum State { Start, Plain, Quoted, Closing }

    public async IAsyncEnumerable<FileRow> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var ready = new Queue<FileRow>();
        for (; ; )
        {
            var block = await source.NextAsync(ct);
            if (block.IsEmpty)
            {
                if (!isFilled && cells.Count == 0 && state == State.Start) yield break;
                if (state == State.Quoted && isBehind)
                {
                    yield return Recovered();
                    continue;
                }
                if (state == State.Quoted) problem ??= "row.quote";
                yield return Ended();
                yield break;
            }
            for (var i = 0; i < block.Length; i++)
            {
                if (Take(block.Span[i]) is { } row) ready.Enqueue(row);
                if (isStray || (isBehind && length > FileLimits.MaxRow))
                {
                    source.GiveBack(block[(i + 1)..].ToString().AsMemory());
                    ready.Enqueue(Recovered());
                    break;
                }
            }
            while (ready.TryDequeue(out var row)) yield return row;
        }
    }

    private FileRow? Take(char c)
    {
        if (afterReturn)
        {
            afterReturn = false;
            if (c == '\n')
            {
                if (state == State.Quoted) Keep(c);
                return null;
            }
        }
        length++;
        if (c is '\n' or '\r')
        {
            afterReturn = c == '\r';
            line++;
            if (state != State.Quoted || recoveries >= MaxRecoveries)
            {
                if (state == State.Quoted) problem ??= "row.quote";
                return Ended();
            }
            Keep(c);
            isBehind = true;
            return null;
        }
        isFilled = true;
        if (isBehind) behind.Append(c);
        switch (state)
        {
            case State.Start when c == Quote:
                state = State.Quoted;
                break;
            case State.Start or State.Plain when c == delimiter:
            case State.Closing when c == delimiter:
                EndCell();
                break;
            case State.Quoted when c == Quote:
                state = State.Closing;
                break;
            case State.Closing when c == Quote:
                cell.Append(c);
                state = State.Quoted;
                break;
            case State.Start when c == ' ':
                break;
            default:
                // Text behind a quotation mark that ended other lines: it did not end there, but begins here.
                isStray = state == State.Closing && isBehind;
                if (state != State.Quoted) state = State.Plain;
                Add(c);
                break;
        }
        return null;
    }

    private void Keep(char c)
    {
        if (isBehind) behind.Append(c);
        Add(c);
    }

    private void Add(char c)
    {
        if (length > FileLimits.MaxRow) return;
        if (c == TextSource.Broken) problem ??= "row.encoding";
        if (cell.Length <= FileLimits.MaxCell) cell.Append(c == TextSource.Broken ? '\uFFFD' : c);
        else problem ??= "row.cell";
    }

    private void EndCell()
    {
        if (cells.Count < FileLimits.MaxColumns) cells.Add(Cells.Clean(cell.ToString()));
        else if (cell.Length > 0) problem ??= "row.columns";
        cell.Clear();
        state = State.Start;
    }

    private FileRow Ended()
    {
        if (length > FileLimits.MaxRow) problem ??= "row.long";
        EndCell();
        var row = Cells.Row(start, [.. cells], problem);
        Begin(line);
        return row;
    }

    // The first line as it stands, up to its first line end; what came behind it is read as lines of their own.
    private FileRow Recovered()
    {
        recoveries++;
        var next = start + 1;
        var text = behind.ToString();
        var cut = cell.ToString().IndexOfAny(['\n', '\r']);
        cells.Add(Cells.Clean(cut < 0 ? cell.ToString() : cell.ToString()[..cut]));
        var row = Cells.Row(start, [.. cells], "row.quote");
        cell.Clear();
        Begin(next);
        // The line end of the first line is behind us; a line feed after its return is not.
        source.GiveBack(text.StartsWith('\n') ? text.AsMemory(1) : text.AsMemory());
        return row;
    }

    private void Begin(int at)
    {
        cells.Clear();
        behind.Clear();
        (start, line, length, isBehind, isStray, isFilled, problem, state) = (at, at, 0, false, false, false, null, State.Start);
    }
}
