using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>Keeps what was paid for, each exchange in a transaction of its own.</summary>
internal sealed class AiLedger(IDbContextFactory<AppDbContext> contexts)
{
    /// <summary>The call that answered this very question.</summary>
    public async Task<AiCall?> AnsweredAsync(byte[] digest, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.AiCalls.AsNoTracking().Where(c => c.Digest == digest && c.Output != null).SingleOrDefaultAsync(ct);
    }

    /// <summary>Never cancelled: it is paid for.</summary>
    public async Task AddAsync(AiCall call)
    {
        await using (var db = await contexts.CreateDbContextAsync(CancellationToken.None))
        {
            db.AiCalls.Add(call);
            if (await db.TrySaveAsync(CancellationToken.None) is null) return;
        }
        // Another process asked the same at the same time and was first: both were paid, one answer is kept.
        call.Output = null;
        await using var again = await contexts.CreateDbContextAsync(CancellationToken.None);
        again.AiCalls.Add(call);
        await again.SaveChangesAsync(CancellationToken.None);
    }
}
