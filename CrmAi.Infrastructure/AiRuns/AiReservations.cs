using System.Data.Common;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Ai;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>Which questions are under way, in any process that shares the database, and what they may cost.</summary>
internal sealed class AiReservations(IDbContextFactory<AppDbContext> contexts, AiBudgets budgets, IOptions<AiOptions> options, TimeProvider time, ILogger<AiReservations> log) : IDisposable
{
    // Of one process only one at a time, so that they do not stand in each other's way at the database.
    private readonly SemaphoreSlim turn = new(1);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>The right to ask this question, which may cost so much; null while somebody else has it.</summary>
    /// <exception cref="ModelUnavailableException">ai.off, ai.budget.</exception>
    public async Task<AiHold?> TakeAsync(byte[] digest, long micros, CancellationToken ct)
    {
        var owner = Ids.Next();
        var taken = await InTurnAsync(digest, micros, async db =>
        {
            var (now, until) = (Now, Now + options.Value.Lease);
            var there = await db.AiReservations.AsNoTracking().SingleOrDefaultAsync(r => r.Digest == digest, ct);
            if (there?.Until >= now) return false;
            // A stop is heard while looking, not while taking, so that what is taken is known.
            if (there is not null) return await HeldBy(db, digest, there.Owner).Where(r => r.Until < now).ExecuteUpdateAsync(set => set.SetProperty(r => r.Owner, owner).SetProperty(r => r.Until, until).SetProperty(r => r.Micros, micros), CancellationToken.None) == 1;
            db.AiReservations.Add(new() { Digest = digest, Owner = owner, Until = until, Micros = micros });
            return await db.TrySaveAsync(CancellationToken.None) is null;
        }, ct);
        return taken ? new(this, digest, owner) : null;
    }

    /// <summary>The same question once more, for so much; false where somebody else has it by now.</summary>
    /// <exception cref="ModelUnavailableException">ai.off, ai.budget.</exception>
    public Task<bool> SetAsideAsync(AiHold hold, long micros, CancellationToken ct) => InTurnAsync(hold.Digest, micros,
        async db => await HeldBy(db, hold.Digest, hold.Owner).ExecuteUpdateAsync(set => set.SetProperty(r => r.Micros, micros), CancellationToken.None) == 1, ct);

    /// <summary>Gives the question back, without an answer.</summary>
    public async Task FreeAsync(AiHold hold)
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        await HeldBy(db, hold.Digest, hold.Owner).ExecuteDeleteAsync(CancellationToken.None);
    }

    /// <summary>Signs of life until stopped.</summary>
    public async Task BeatAsync(AiHold hold, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(options.Value.Lease / 3, time);
        try
        {
            // Who lost it, because this process stood still for so long, sees it to its end nevertheless: it is paid for.
            while (await timer.WaitForNextTickAsync(stop) && await LivesAsync(hold, stop)) { }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the call ended first
        }
    }

    public static IQueryable<AiReservation> HeldBy(AppDbContext db, byte[] digest, Guid owner) => db.AiReservations.Where(r => r.Digest == digest && r.Owner == owner);

    public void Dispose() => turn.Dispose();

    private async Task<bool> LivesAsync(AiHold hold, CancellationToken stop)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(stop);
            var (now, until) = (Now, Now + options.Value.Lease);
            if (await HeldBy(db, hold.Digest, hold.Owner).ExecuteUpdateAsync(set => set.SetProperty(r => r.Until, until), stop) == 0) return false;
            // What the dead left behind.
            await db.AiReservations.Where(r => r.Until < now - options.Value.Lease).ExecuteDeleteAsync(stop);
        }
        catch (DbException fault)
        {
            log.LogWarning(fault, "A question to a model is under way without a sign of life; the next may come through");
        }
        return true;
    }

    // With budgets, looking and taking are one step for all processes.
    private async Task<bool> InTurnAsync(byte[] digest, long micros, Func<AppDbContext, Task<bool>> take, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (!await AiBudgets.AreSetAsync(db, ct)) return await take(db);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await budgets.CheckAsync(db, digest, micros, Now, ct);
            var taken = await take(db);
            await transaction.CommitAsync(CancellationToken.None);
            return taken;
        }
        finally
        {
            turn.Release();
        }
    }
}

/// <summary>A question that this process asks for all. Disposed of, it is free again, if the ledger has not freed it already.</summary>
internal sealed class AiHold : IAsyncDisposable
{
    private readonly AiReservations reservations;
    private readonly CancellationTokenSource stop = new();
    private readonly Task beats;

    public AiHold(AiReservations reservations, byte[] digest, Guid owner)
    {
        (this.reservations, Digest, Owner) = (reservations, digest, owner);
        beats = reservations.BeatAsync(this, stop.Token);
    }

    public byte[] Digest { get; }

    public Guid Owner { get; }

    /// <summary>Its row went with the answer.</summary>
    public bool IsFreed { get; set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await beats;
        stop.Dispose();
        if (!IsFreed) await reservations.FreeAsync(this);
    }
}
