using System.Data.Common;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Logging;

namespace CrmAi.Infrastructure.Platform.CompanyData;

/// <summary>A question that one process is asking; all others that share the database wait for its answer.</summary>
internal sealed class OutsideHold
{
    public required byte[] Digest { get; init; }
    public Guid Owner { get; set; }

    /// <summary>Without a sign of life until then, another asks.</summary>
    public DateTime Until { get; set; }
}

/// <summary>Which questions are under way, in any process.</summary>
internal sealed class OutsideHolds(IDbContextFactory<AppDbContext> contexts, TimeProvider time, ILogger<OutsideHolds> log)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>The right to ask; null while somebody else has it.</summary>
    public async Task<HeldQuestion?> TakeAsync(byte[] digest, CancellationToken ct)
    {
        var owner = Ids.Next();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (now, until) = (Now, Now + Lease);
        var there = await db.OutsideHolds.AsNoTracking().SingleOrDefaultAsync(h => h.Digest == digest, ct);
        if (there?.Until >= now) return null;
        // A stop is heard while looking, not while taking, so that what is taken is known.
        if (there is not null)
        {
            var taken = await db.OutsideHolds.Where(h => h.Digest == digest && h.Owner == there.Owner && h.Until < now).ExecuteUpdateAsync(set => set.SetProperty(h => h.Owner, owner).SetProperty(h => h.Until, until), CancellationToken.None);
            return taken == 1 ? new(this, digest, owner) : null;
        }
        db.OutsideHolds.Add(new() { Digest = digest, Owner = owner, Until = until });
        return await db.TrySaveAsync(CancellationToken.None) is null ? new(this, digest, owner) : null;
    }

    /// <summary>Signs of life until stopped.</summary>
    public async Task BeatAsync(HeldQuestion held, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Lease / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) await LiveAsync(held, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the call ended first
        }
    }

    public async Task FreeAsync(HeldQuestion held)
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        await db.OutsideHolds.Where(h => h.Digest == held.Digest && h.Owner == held.Owner).ExecuteDeleteAsync(CancellationToken.None);
    }

    private async Task LiveAsync(HeldQuestion held, CancellationToken stop)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(stop);
            var (now, until) = (Now, Now + Lease);
            await db.OutsideHolds.Where(h => h.Digest == held.Digest && h.Owner == held.Owner).ExecuteUpdateAsync(set => set.SetProperty(h => h.Until, until), stop);
            // What the dead left behind.
            await db.OutsideHolds.Where(h => h.Until < now - Lease).ExecuteDeleteAsync(stop);
        }
        catch (DbException fault)
        {
            log.LogWarning(fault, "A question to a service outside is under way without a sign of life; the next may come through");
        }
    }
}

/// <summary>A question that this process asks for all; free again when disposed of.</summary>
internal sealed class HeldQuestion : IAsyncDisposable
{
    private readonly OutsideHolds holds;
    private readonly CancellationTokenSource stop = new();
    private readonly Task beats;

    public HeldQuestion(OutsideHolds holds, byte[] digest, Guid owner)
    {
        (this.holds, Digest, Owner) = (holds, digest, owner);
        beats = holds.BeatAsync(this, stop.Token);
    }

    public byte[] Digest { get; }

    public Guid Owner { get; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await beats;
        stop.Dispose();
        await holds.FreeAsync(this);
    }
}

internal sealed class OutsideHoldConfig : IEntityTypeConfiguration<OutsideHold>
{
    public void Configure(EntityTypeBuilder<OutsideHold> builder)
    {
        builder.HasKey(h => h.Digest);
        builder.Property(h => h.Digest).HasMaxLength(32);
    }
}
