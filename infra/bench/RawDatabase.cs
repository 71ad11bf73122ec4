using Microsoft.Data.Sqlite;

namespace CrmAi.Bench;

/// <summary>The rows behind an answer, read and written with nothing but the provider: what no program over this database can undercut.</summary>
internal sealed class RawDatabase : IDisposable
{
    private const string Seen = """
        c."DeletedAt" IS NULL AND c."IsArchived" = 0 AND (c."OwnerId" = $me OR c."Visibility" = 'Public' OR (c."Visibility" = 'Team' AND c."TeamId" = $team))
        """;

    private const string Whole = """
        SELECT c.*, a."Name", a."Class", a."Industry", a."City", a."Size", a."Employees", a."Website", u."Name"
        FROM "Contacts" c LEFT JOIN "Accounts" a ON a."Id" = c."AccountId" JOIN "Users" u ON u."Id" = c."OwnerId"
        """;

    private readonly SqliteConnection connection;
    private readonly byte[] me;
    private readonly object team;

    public RawDatabase(string folder, Guid userId, Guid? teamId)
    {
        (me, team) = (userId.ToByteArray(bigEndian: true), teamId is { } id ? id.ToByteArray(bigEndian: true) : DBNull.Value);
        connection = new($"Data Source={Path.Combine(folder, "crm.db")}");
        connection.Open();
        Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000; PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824");
    }

    public int FirstPage() => Run($"{Whole} WHERE {Seen} ORDER BY c.\"LastContactAt\" DESC, c.\"Id\" DESC LIMIT 51");

    public int LastPage() => Run($"{Whole} WHERE {Seen} AND c.\"LastContactAt\" IS NOT NULL ORDER BY c.\"LastContactAt\", c.\"Id\" LIMIT 50");

    public int FilteredPage() => Run($"{Whole} WHERE {Seen} AND c.\"Priority\" = 'High' AND c.\"Stage\" = 'Proposal' ORDER BY c.\"SortName\", c.\"Id\" LIMIT 51");

    public int Contact(Guid id)
    {
        var key = ("$id", (object)id.ToByteArray(bigEndian: true));
        return Run($"{Whole} WHERE {Seen} AND c.\"Id\" = $id", key)
            + Run("SELECT t.*, g.* FROM \"ContactTags\" t JOIN \"Tags\" g ON g.\"Id\" = t.\"TagId\" WHERE t.\"ContactId\" = $id", key)
            + Run("SELECT i.*, a.*, u.\"Name\" FROM \"Interactions\" i LEFT JOIN \"ConversationAnalyses\" a ON a.\"InteractionId\" = i.\"Id\" JOIN \"Users\" u ON u.\"Id\" = i.\"AuthorId\" WHERE i.\"ContactId\" = $id AND i.\"DeletedAt\" IS NULL ORDER BY i.\"At\" DESC, i.\"Id\" DESC LIMIT 51", key)
            + Run("SELECT f.* FROM \"ConversationFindings\" f WHERE f.\"ContactId\" = $id", key)
            + Run("SELECT t.* FROM \"Attachments\" t JOIN \"Interactions\" i ON i.\"Id\" = t.\"InteractionId\" WHERE i.\"ContactId\" = $id", key);
    }

    /// <summary>The same rows as the program wrote for a contact it added: itself, its terms, its change set.</summary>
    public void Create(Guid like)
    {
        using var transaction = connection.BeginTransaction();
        var (made, set) = (Key(), Key());
        var from = ("$like", (object)like.ToByteArray(bigEndian: true));
        Copy("Contacts", "\"Id\" = $like", from, ("Id", made));
        Copy("ContactTerms", "\"ContactId\" = $like", from, ("ContactId", made));
        Recorded(from, made, set);
        transaction.Commit();
    }

    public void Update(Guid id, string notes)
    {
        using var transaction = connection.BeginTransaction();
        var from = ("$like", (object)id.ToByteArray(bigEndian: true));
        Run("UPDATE \"Contacts\" SET \"Notes\" = $notes, \"Version\" = \"Version\" + 1 WHERE \"Id\" = $like", from, ("$notes", notes));
        Recorded(from, id.ToByteArray(bigEndian: true), Key());
        transaction.Commit();
    }

    public void Dispose() => connection.Dispose();

    private void Recorded((string, object) from, byte[] record, byte[] set)
    {
        const string first = "(SELECT \"ChangeSetId\" FROM \"ChangeEntries\" WHERE \"RecordId\" = $like AND \"RecordType\" = 'Contact' ORDER BY \"Id\" LIMIT 1)";
        Copy("ChangeSets", $"\"Id\" = {first}", from, ("Id", set));
        Copy("ChangeEntries", $"\"RecordId\" = $like AND \"ChangeSetId\" = {first}", from, ("Id", Key()), ("ChangeSetId", set), ("RecordId", record));
    }

    private void Copy(string table, string where, (string, object) from, params (string Column, byte[] Value)[] changed)
    {
        if (!columns.TryGetValue(table, out var all)) columns.Add(table, all = Columns(table));
        var changes = changed.ToDictionary(c => c.Column, c => c.Value);
        Run($"INSERT INTO \"{table}\" ({string.Join(", ", all.Select(c => $"\"{c}\""))}) SELECT {string.Join(", ", all.Select(c => changes.ContainsKey(c) ? $"${c}" : $"\"{c}\""))} FROM \"{table}\" WHERE {where}",
            [from, .. changes.Select(c => ($"${c.Key}", (object)c.Value))]);
    }

    private readonly Dictionary<string, string[]> columns = [];

    private string[] Columns(string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM pragma_table_info($table)";
        command.Parameters.AddWithValue("$table", table);
        using var reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read()) found.Add(reader.GetString(0));
        return [.. found];
    }

    private static byte[] Key() => Guid.CreateVersion7().ToByteArray(bigEndian: true);

    private int Run(string sql, params (string Name, object Value)[] values)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the benchmark's own statements
        command.CommandText = sql;
#pragma warning restore CA2100
        if (sql.Contains("$me", StringComparison.Ordinal)) command.Parameters.AddWithValue("$me", me);
        if (sql.Contains("$team", StringComparison.Ordinal)) command.Parameters.AddWithValue("$team", team);
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        using var reader = command.ExecuteReader();
        var (rows, row) = (0, new object[reader.FieldCount]);
        for (; reader.Read(); rows++) reader.GetValues(row);
        return rows;
    }
}
