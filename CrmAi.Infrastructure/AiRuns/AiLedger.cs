using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>Keeps what was paid for, each exchange in a transaction of its own.</summary>
internal sealed class AiLedger(IDbContextFactory<AppDbContext> contexts)
{
    private static readonly Viewer Everybody = new(Guid.Empty, "ledger", Role.Admin, null, [], "zh-CN", "UTC", ChangeOrigin.Job);

    /// <summary>The call that answered this very question.</summary>
    public async Task<AiCall?> AnsweredAsync(byte[] digest, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.AiCalls.AsNoTracking().Where(c => c.Digest == digest && c.Output != null).SingleOrDefaultAsync(ct);
    }

    /// <summary>Never cancelled: it is paid for. What was set aside for it is so no more, at the same moment.</summary>
    /// <param name="goesOn">The question is asked once more, and stays with who asks it.</param>
    public async Task AddAsync(AiCall call, AiHold hold, bool goesOn)
    {
        if (!await TryAddAsync(call, hold, goesOn))
        {
            // Somebody took it over, thinking this process dead, and was first: both were paid, one answer is kept.
            call.Output = null;
            await TryAddAsync(call, hold, goesOn);
        }
        hold.IsFreed = !goesOn;
    }

    private async Task<bool> TryAddAsync(AiCall call, AiHold hold, bool goesOn)
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        db.AiCalls.Add(call);
        if (await db.TrySaveAsync(CancellationToken.None) is not null) return false;
        // Who was deleted while the model thought is spoken of no more.
        if (call is { ContactId: { } about, Output: not null } && await db.Contacts.VisibleTo(Everybody, deletedToo: true).AnyAsync(c => c.Id == about && c.DeletedAt != null, CancellationToken.None))
            await db.AiCalls.Where(c => c.Id == call.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Output, (string?)null), CancellationToken.None);
        var held = AiReservations.HeldBy(db, hold.Digest, hold.Owner);
        if (goesOn) await held.ExecuteUpdateAsync(set => set.SetProperty(r => r.Micros, 0L), CancellationToken.None);
        else await held.ExecuteDeleteAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }
}
