using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace CrmAi.Infrastructure.Data.Sqlite;

/// <summary>
/// Makes SQLitePCLRaw 2.0.6 work where the registry has no newer one (see Packages.targets).
/// Both events are raised only for what the runtime did not find by itself, so with a newer one nothing happens here.
/// </summary>
internal static class SqliteLibrary
{
    [ModuleInitializer, SuppressMessage("Usage", "CA2255", Justification = "Must precede the first use of SQLite, by EF Core or by Quartz.")]
    internal static void Load()
    {
        // Microsoft.Data.Sqlite refers to a higher assembly version than 2.0.6 has. By name that is refused, by path it is not.
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            name.Name == "SQLitePCLRaw.core" ? context.LoadFromAssemblyPath(PathOf(name.Name)) : null;

        // The native library of 2.0.6 lacks what EF Core's JSON queries need (the ->> operator): the system's is taken instead.
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
            name == "e_sqlite3" && NativeLibrary.TryLoad("libsqlite3.so.0", out var library) ? library : 0;
    }

    private static string PathOf(string assembly) => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator).First(path => Path.GetFileNameWithoutExtension(path) == assembly);
}
