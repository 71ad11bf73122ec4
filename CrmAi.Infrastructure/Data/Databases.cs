using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Identity;
using CrmAi.Infrastructure.Platform.Jobs;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure;

/// <summary>The database as a whole: its migrations and whether it serves.</summary>
public interface IDatabases
{
    /// <summary>SQLite migrates itself at start; SQL Server only by the verb.</summary>
    bool MigratesItself { get; }

    /// <summary>Applies what is missing, the scheduler's tables included; answers the names of the migrations applied.</summary>
    Task<IReadOnlyList<string>> MigrateAsync(CancellationToken ct);

    /// <summary>Reachable, and no migration is missing.</summary>
    Task<bool> IsCurrentAsync(CancellationToken ct);

    /// <summary>Tells SQLite how its rows are spread, for its choice between indexes; SQL Server does so by itself. At every start, and after many rows.</summary>
    Task MeasureAsync(CancellationToken ct);

    Task<bool> HasDemoPeopleAsync(CancellationToken ct);

    Task<bool> IsEmptyAsync(CancellationToken ct);
}

internal sealed class Databases(IDbContextFactory<AppDbContext> contexts, TextSweep texts, Storage storage) : IDatabases
{
    public bool MigratesItself => !storage.SqlServer;

    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var missing = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
        await db.Database.MigrateAsync(ct);
        await texts.BeginAsync(ct);
        if (storage.SqlServer) await SchedulerFeature.ProvisionAsync(storage, ct);
        else await MeasureAsync(ct);
        return missing;
    }

    public async Task MeasureAsync(CancellationToken ct)
    {
        if (storage.SqlServer) return;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync($"PRAGMA analysis_limit=1000; ANALYZE", ct);
    }

    public async Task<bool> IsCurrentAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Database.CanConnectAsync(ct) && !(await db.Database.GetPendingMigrationsAsync(ct)).Any();
    }

    public async Task<bool> HasDemoPeopleAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Logins.AnyAsync(l => l.Email!.EndsWith(DemoPeople.Domain), ct);
    }

    public async Task<bool> IsEmptyAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return !await db.Users.AnyAsync(ct);
    }
}
