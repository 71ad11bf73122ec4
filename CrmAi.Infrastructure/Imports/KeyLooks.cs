using System.Data.Common;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CrmAi.Infrastructure.Imports;

/// <summary>An indexed column of a table.</summary>
internal sealed record KeyColumn(string Table, string Column);

/// <summary>
/// Which of many keys are in a table at all, whosever: most of a file's are not, and need no question with permissions. What is there is asked for with them.
/// On SQLite one prepared statement, since a list of four hundred is put into words anew each time; elsewhere all keys count as there.
/// </summary>
internal static class KeyLooks
{
    private const int AtOnce = 50;

    public static readonly KeyColumn Mobile = new("Contacts", "Index_Mobile"), Phone = new("Contacts", "Index_Phone"), Email = new("Contacts", "Index_Email"), WeChat = new("Contacts", "Index_WeChat"),
        Companies = new("Accounts", "NameFolded");

    public static async Task<List<T>> ThereAsync<T>(AppDbContext db, KeyColumn column, List<T> keys, CancellationToken ct) where T : class
    {
        if (keys.Count == 0 || !db.Database.IsSqlite()) return keys;
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            var parameters = Enumerable.Range(0, AtOnce).Select(i => Parameter(command, $"@p{i}")).ToArray();
            // Each key is looked for by itself; a condition on the whole list would have the index gone through.
            command.CommandText = $"WITH k(i, v) AS (VALUES {string.Join(", ", parameters.Select((p, i) => $"({i}, {p.ParameterName})"))}) SELECT i FROM k WHERE EXISTS (SELECT 1 FROM \"{column.Table}\" t WHERE t.\"{column.Column}\" = v)";
            var there = new List<T>();
            foreach (var some in keys.Chunk(AtOnce))
            {
                for (var i = 0; i < AtOnce; i++) parameters[i].Value = i < some.Length ? some[i] : DBNull.Value;
                await using var read = await command.ExecuteReaderAsync(ct);
                while (await read.ReadAsync(ct)) there.Add(some[read.GetInt32(0)]);
            }
            return there;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static DbParameter Parameter(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
