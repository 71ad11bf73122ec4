using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.Data.Sqlite;

namespace CrmAi.Tests.Support;

/// <summary>Folders of this test run, under one that goes when the run ends.</summary>
internal static class TestFolders
{
    private static readonly string Root = MakeRoot();

    /// <summary>One key ring for all tests: the model of the database is built once for each ring.</summary>
    public static string KeyFile { get; } = MakeKeys();

    public static string New() => Directory.CreateDirectory(Path.Combine(Root, Guid.NewGuid().ToString("N"))).FullName;

    public static void Remove(string folder)
    {
        SqliteConnection.ClearPool(new SqliteConnection($"Data Source={Path.Combine(folder, "crm.db")}"));
        // A scheduler that is just stopping may still write; what is left goes with the run's folder.
        try { Directory.Delete(folder, recursive: true); }
        catch (IOException) { }
    }

    private static string MakeRoot()
    {
        var root = Directory.CreateTempSubdirectory("crm-tests-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            try { Directory.Delete(root, recursive: true); }
            catch (IOException) { } // a file still open stays to the system's cleaning
        };
        return root;
    }

    private static string MakeKeys()
    {
        var file = Path.Combine(Root, "keys.json");
        KeyRing.Make().SaveNew(file);
        return file;
    }
}
