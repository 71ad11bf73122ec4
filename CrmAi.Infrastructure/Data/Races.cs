using CrmAi.Domain.Shared;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data;

/// <summary>Saves in which somebody else may be first.</summary>
internal static class Races
{
    /// <summary>Null where it is saved.</summary>
    /// <param name="taken">The refusal where what must be there once is there by now; without one it is a conflict, as for a row that was saved in between.</param>
    public static async Task<Error?> TrySaveAsync(this AppDbContext db, CancellationToken ct, Error? taken = null)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (DbUpdateConcurrencyException) { return Error.Conflict; }
        catch (DbUpdateException fault) when (IsTaken(fault.InnerException)) { return taken ?? Error.Conflict; }
    }

    /// <summary>What was to go is pointed to by something else.</summary>
    public static bool IsStillNeeded(DbUpdateException fault) => fault.InnerException switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is 787,
        SqlException server => server.Number is 547,
        _ => false,
    };

    // Result codes 2067 and 1555 of SQLite (a unique index, a primary key), 2601 and 2627 of SQL Server.
    private static bool IsTaken(Exception? fault) => fault switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is 2067 or 1555,
        SqlException server => server.Number is 2601 or 2627,
        _ => false,
    };
}
