using System.Text;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>An answer as it comes, for all who wait for it: each reads at a pace of their own, and nobody holds up the model.</summary>
internal sealed class AnswerSoFar
{
    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private int attempt = 1;
    private TaskCompletionSource more = Unset();

    /// <summary>A piece of this attempt; the first of another takes the place of all that came before.</summary>
    public void Add(string piece, int of)
    {
        TaskCompletionSource waited;
        lock (gate)
        {
            if (of != attempt) text.Clear();
            attempt = of;
            text.Append(piece);
            (waited, more) = (more, Unset());
        }
        waited.SetResult();
    }

    /// <summary>Tells what has come and what comes until the work is over, however it ends. Pieces that came while the reader was busy are told as one.</summary>
    public async Task FollowAsync(Func<AnswerPart, ValueTask> arrived, Task work, CancellationToken ct)
    {
        var (told, of) = (0, 0);
        while (true)
        {
            var over = work.IsCompleted; // asked before the text: what came last is still told
            AnswerPart? part;
            Task next;
            lock (gate)
            {
                if (of != attempt) (told, of) = (0, attempt);
                part = text.Length > told ? new(text.ToString(told, text.Length - told), of) : null;
                (told, next) = (text.Length, more.Task);
            }
            ct.ThrowIfCancellationRequested();
            if (part is not null) await arrived(part);
            else if (over) return;
            else await Task.WhenAny(next, work).WaitAsync(ct);
        }
    }

    private static TaskCompletionSource Unset() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
