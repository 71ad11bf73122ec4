using System.Data.Common;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Scripts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Infrastructure.Scoring;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Scripts;

/// <summary>The page that a take is written on. Before each sentence, and once a second while one is waited for, it asks whether it is still wanted: what a person switches off, or may not see any more, stops at once.</summary>
internal sealed class ScriptPage(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ILiveUpdates live, TimeProvider time, JobLease lease, ScriptDraft draft, CancellationToken ct) : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(ct), done = CancellationTokenSource.CreateLinkedTokenSource(ct);
    private readonly SemaphoreSlim turn = new(1); // who the person is is asked by one at a time
    private Task watching = Task.CompletedTask;
    private int attempt, position;

    /// <summary>Heard by whoever writes.</summary>
    public CancellationToken Stopped => stop.Token;

    public bool IsUnwanted { get; private set; }

    public void Watch() => watching = WatchAsync();

    /// <summary>The person still lets words be written, and may still see whom they are for.</summary>
    public async Task<bool> IsWantedAsync()
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await IsWantedAsync(db);
    }

    public async ValueTask ShowAsync(ArrivedSentence arrived)
    {
        await using var db = await contexts.CreateDbContextAsync(Stopped);
        if (!await IsWantedAsync(db)) await StopAsync();
        Stopped.ThrowIfCancellationRequested();
        var job = await db.Jobs.SingleOrDefaultAsync(j => j.Id == lease.JobId && j.LeasedBy == lease.Holder && j.State == JobState.Running, Stopped) ?? throw new LeaseLostException();
        await using var writing = await db.Database.BeginTransactionAsync(Stopped);
        if (arrived.Attempt != attempt)
        {
            await SentencesOf(db).ExecuteDeleteAsync(Stopped);
            (attempt, position) = (arrived.Attempt, 0);
        }
        var (sentence, place) = (arrived.Sentence, arrived.Sentence.Evidence);
        var source = place is { } cited ? await db.Interactions.VisibleTo(await ViewerAsync(), db).Where(i => i.Id == cited.InteractionId).Select(i => i.Content).SingleOrDefaultAsync(Stopped) : null;
        db.ScriptSentences.Add(new()
        {
            DraftId = draft.Id, Take = draft.Take, Position = position++, Part = sentence.Part, Text = sentence.Text, InteractionId = place?.InteractionId, Start = place?.Start ?? 0, Length = place?.Length ?? 0,
            Source = source is null ? null : ScoringSources.Fingerprint(source),
        });
        // Fails where somebody else has the job by now.
        job.Done = position;
        db.Entry(job).Property(j => j.Done).IsModified = true;
        await db.SaveChangesAsync(Stopped);
        await writing.CommitAsync(Stopped);
        live.Publish(LiveTopic.ScriptsFor(draft.SuggestionId));
    }

    /// <summary>Nothing of the take is left.</summary>
    public async Task ClearAsync()
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await SentencesOf(db).ExecuteDeleteAsync(ct);
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            while (await timer.WaitForNextTickAsync(done.Token))
            {
                try
                {
                    if (await IsWantedAsync()) continue;
                }
                catch (DbException)
                {
                    continue; // looked at again in a moment, and with each sentence
                }
                await StopAsync();
                return;
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // it was written first
        }
    }

    private async Task StopAsync()
    {
        IsUnwanted = true;
        await stop.CancelAsync();
    }

    private async Task<bool> IsWantedAsync(AppDbContext db)
    {
        var viewer = await ViewerAsync();
        return await lease.IsWantedAsync(db, u => u.IsActive && u.ScriptGeneration, ct) && await db.Contacts.VisibleTo(viewer).AnyAsync(c => c.Id == draft.ContactId, ct);
    }

    private async Task<Viewer> ViewerAsync()
    {
        await turn.WaitAsync(ct);
        try { return await user.GetAsync(ct); }
        finally { turn.Release(); }
    }

    private IQueryable<ScriptSentence> SentencesOf(AppDbContext db) => db.ScriptSentences.Where(s => s.DraftId == draft.Id && s.Take == draft.Take);

    public async ValueTask DisposeAsync()
    {
        await done.CancelAsync();
        await watching;
        stop.Dispose();
        done.Dispose();
        turn.Dispose();
    }
}
