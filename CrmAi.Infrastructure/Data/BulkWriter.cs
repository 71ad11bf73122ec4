using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using CrmAi.Domain.Shared;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace CrmAi.Infrastructure.Data;

/// <summary>
/// Writes many rows of the model's tables past the change tracker, with the model's own converters: as fast as the database takes them.
/// Saving rules do not run: whoever writes so fills search columns and history itself.
/// </summary>
internal sealed class BulkWriter(AppDbContext db)
{
    private const int CopyBatch = 5_000;

    private static readonly ConditionalWeakTable<IEntityType, Table> Tables = [];

    /// <summary>Inserts the rows in the present transaction.</summary>
    public async Task WriteAsync<T>(IEnumerable<T> rows, CancellationToken ct) where T : class
    {
        var table = TableOf<T>();
        var connection = db.Database.GetDbConnection();
        var transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        var values = rows.Select(row => Array.ConvertAll(table.Columns, column => column.Stored(row) ?? DBNull.Value));
        if (connection is SqlConnection sqlServer) await CopyAsync(table, values, sqlServer, (SqlTransaction)transaction, ct);
        else Insert(table, values, connection, transaction, ct);
    }

    /// <summary>Rows as the database takes them, encrypted and all: made before a transaction, so that it need not wait for that.</summary>
    public RenderedRows Render<T>(IReadOnlyCollection<T> rows) where T : class
    {
        var table = TableOf<T>();
        return new(table, [.. rows.Select(row => Array.ConvertAll(table.Columns, column => column.Stored(row) ?? DBNull.Value))]);
    }

    /// <summary>Inserts them in the present transaction.</summary>
    public async Task WriteAsync(RenderedRows rows, CancellationToken ct)
    {
        if (rows.Values.Count == 0) return;
        var table = (Table)rows.Table;
        var transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        if (db.Database.GetDbConnection() is SqlConnection sqlServer) await CopyAsync(table, rows.Values, sqlServer, (SqlTransaction)transaction, ct);
        else Insert(table, rows.Values, db.Database.GetDbConnection(), transaction, ct);
    }

    /// <summary>Writes rows that are there already, each whole, in the present transaction. Versions go up by one as with a save.</summary>
    /// <exception cref="DbUpdateConcurrencyException">A row is gone, or somebody else saved it since it was read.</exception>
    public async Task UpdateAsync<T>(IReadOnlyCollection<T> rows, CancellationToken ct) where T : class
    {
        if (rows.Count == 0) return;
        var table = TableOf<T>();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        var (set, known) = (table.Columns.Where(c => !c.IsKey).ToList(), table.Columns.Where(c => c.IsKey || c.IsToken).ToList());
        command.CommandText = $"UPDATE \"{table.Name}\" SET {string.Join(", ", set.Select((c, i) => $"\"{c.Name}\" = @s{i}"))} WHERE {string.Join(" AND ", known.Select((c, i) => $"\"{c.Name}\" = @k{i}"))}";
        foreach (var row in rows)
        {
            command.Parameters.Clear();
            for (var i = 0; i < known.Count; i++) command.Parameters.Add(known[i].Parameter(command, $"@k{i}", row));
            if (row is IVersioned versioned) versioned.Version++;
            for (var i = 0; i < set.Count; i++) command.Parameters.Add(set[i].Parameter(command, $"@s{i}", row));
            if (await command.ExecuteNonQueryAsync(ct) != 1) throw new DbUpdateConcurrencyException($"A row of {table.Name} was saved by somebody else.");
        }
    }

    /// <summary>Deletes search terms of records in the present transaction, one by one and in the order given. On SQLite alone.</summary>
    /// <param name="key">The column with the record's id.</param>
    /// <param name="condition">What must hold of a row beside its key.</param>
    public void Delete(string table, string key, string condition, IEnumerable<(string Term, Guid Id)> terms, CancellationToken ct)
    {
        using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = $"DELETE FROM \"{table}\" WHERE \"Term\" = @t AND \"{key}\" = @i AND {condition}";
        var (term, id) = (command.CreateParameter(), command.CreateParameter());
        (term.ParameterName, id.ParameterName) = ("@t", "@i");
        command.Parameters.AddRange(new[] { term, id });
        foreach (var (text, record) in terms)
        {
            ct.ThrowIfCancellationRequested();
            (term.Value, id.Value) = (text, record.ToByteArray(bigEndian: true));
            command.ExecuteNonQuery();
        }
    }

    private Table TableOf<T>() => Tables.GetValue(db.Model.FindEntityType(typeof(T))!, Table.Of);

    // One prepared statement: SQLite works within the call, so asynchrony would only cost.
    private static void Insert(Table table, IEnumerable<object[]> rows, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"INSERT INTO \"{table.Name}\" ({string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"@p{i}"))})";
        var parameters = table.Columns.Select((_, i) =>
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            command.Parameters.Add(parameter);
            return parameter;
        }).ToArray();
        foreach (var row in rows)
        {
            ct.ThrowIfCancellationRequested();
            for (var i = 0; i < parameters.Length; i++) parameters[i].Value = row[i];
            command.ExecuteNonQuery();
        }
    }

    private static async Task CopyAsync(Table table, IEnumerable<object[]> rows, SqlConnection connection, SqlTransaction transaction, CancellationToken ct)
    {
        using var copy = new SqlBulkCopy(connection, SqlBulkCopyOptions.CheckConstraints, transaction) { DestinationTableName = $"[{table.Name}]", BatchSize = CopyBatch };
        foreach (var column in table.Columns) copy.ColumnMappings.Add(column.Name, column.Name);
        foreach (var batch in rows.Chunk(CopyBatch))
        {
            using var data = new DataTable();
            foreach (var column in table.Columns) data.Columns.Add(column.Name, column.StoredType);
            foreach (var row in batch) data.Rows.Add(row);
            await copy.WriteToServerAsync(data, ct);
        }
    }

    private sealed record Table(string Name, Column[] Columns)
    {
        public static Table Of(IEntityType type)
        {
            var table = StoreObjectIdentifier.Table(type.GetTableName()!);
            var columns = type.GetProperties().Where(p => !p.IsShadowProperty()).Select(p => new Column(p, null, table)).ToList();
            // Parts kept in the same row, such as search columns.
            foreach (var part in type.GetNavigations().Where(n => n.TargetEntityType.IsOwned() && !n.IsCollection && n.TargetEntityType.GetTableName() == type.GetTableName()))
                columns.AddRange(part.TargetEntityType.GetProperties().Where(p => !p.IsShadowProperty()).Select(p => new Column(p, part, table)));
            return new(type.GetTableName()!, [.. columns]);
        }
    }

    private sealed class Column(IProperty property, INavigation? part, StoreObjectIdentifier table)
    {
        private readonly RelationalTypeMapping mapping = property.GetRelationalTypeMapping();

        public string Name { get; } = property.GetColumnName(table)!;

        public bool IsKey { get; } = part is null && property.IsPrimaryKey();

        public bool IsToken { get; } = property.IsConcurrencyToken;

        public Type StoredType
        {
            get
            {
                var type = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
                return Nullable.GetUnderlyingType(type) ?? type;
            }
        }

        public object? Stored(object row)
        {
            var value = Value(row);
            return value is null ? null : mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value;
        }

        public DbParameter Parameter(DbCommand command, string name, object row) => mapping.CreateParameter(command, name, Value(row), property.IsNullable);

        private object? Value(object row) => property.GetGetter().GetClrValue(part is null ? row : part.GetGetter().GetClrValue(row)!);
    }
}

/// <summary>Rows of one table, each with the values of its columns.</summary>
internal sealed record RenderedRows(object Table, IReadOnlyList<object[]> Values);
