using System.Data.Common;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CrmAi.Infrastructure.Data.Sqlite;

/// <summary>What every SQLite connection needs: readers beside the one writer, and patience for it. Said once to each that the pool keeps, since it costs more than a small query.</summary>
internal sealed class SqliteConnections : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824;";

    private static readonly ConditionalWeakTable<object, object> Told = [];
    private static readonly PropertyInfo? Handle = typeof(SqliteConnection).GetProperty("Handle");

    /// <summary>Connections that EF Core does not open, for those who share the file with it.</summary>
    public static DbProviderFactory Factory { get; } = new ToldFactory();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Tell(connection);

    private static void Tell(DbConnection connection)
    {
        if (!IsNew(connection)) return;
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (!IsNew(connection)) return;
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // The handle is SQLite's own connection, which outlives the object around it. Asked for by name: its type stands in a package that is not referenced here.
    private static bool IsNew(DbConnection connection) => Handle?.GetValue(connection) is not { } handle || Told.TryAdd(handle, Told);

    private sealed class ToldFactory : DbProviderFactory
    {
        public override DbConnection CreateConnection() => new ToldConnection();

        public override DbCommand CreateCommand() => SqliteFactory.Instance.CreateCommand();

        public override DbParameter CreateParameter() => SqliteFactory.Instance.CreateParameter();
    }

    private sealed class ToldConnection : SqliteConnection
    {
        public override void Open()
        {
            base.Open();
            Tell(this);
        }
    }
}
