using CrmAi.Infrastructure.Data.Sqlite;
using CrmAi.Infrastructure.Data.SqlServer;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Data;

/// <summary>Which database, and where things are kept. Read once at start.</summary>
internal sealed record Storage(string Folder, bool SqlServer, string ConnectionString)
{
    /// <summary>The user's own data folder where none is set; ConnectionStrings:SqlServer wins over Sqlite.</summary>
    public static Storage From(IConfiguration configuration)
    {
        var folder = configuration["Data:Folder"] is { Length: > 0 } set ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "CrmAi");
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); // an existing one stays as it is
        if (configuration.GetConnectionString("SqlServer") is { Length: > 0 } sqlServer) return new(folder, true, sqlServer);
        return new(folder, false, configuration.GetConnectionString("Sqlite") is { Length: > 0 } sqlite ? sqlite : $"Data Source={Path.Combine(folder, "crm.db")}");
    }
}

internal static class DataFeature
{
    public static IServiceCollection AddData(this IServiceCollection services, Storage storage, KeyRing keys)
    {
        services.AddSingleton(storage).AddSingleton(keys).AddSingleton<FieldCipher>().AddSingleton<Saving>();
        if (storage.SqlServer) services.AddDb<SqlServerAppDbContext>(options => options.UseSqlServer(storage.ConnectionString, server => server.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery)));
        else services.AddDb<SqliteAppDbContext>(options => options.UseSqlite(storage.ConnectionString, sqlite => sqlite.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery)).AddInterceptors(new SqliteConnections()).ReplaceService<IMigrationsSqlGenerator, SqliteTables>());
        return services;
    }

    private static void AddDb<T>(this IServiceCollection services, Action<DbContextOptionsBuilder> configure) where T : AppDbContext
    {
        services.AddDbContextFactory<T>(options =>
        {
            configure(options);
            options.AddInterceptors(new AfterCommit());
            options.ReplaceService<IModelCacheKeyFactory, CipherModelKey>();
            // What is counted up to a limit needs no order, and one would have all of it read; tests refuse rows that are taken in none.
            options.ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning));
        });
        services.AddSingleton<IDbContextFactory<AppDbContext>>(provider => new Factory<T>(provider.GetRequiredService<IDbContextFactory<T>>()));
        // Identity's stores want one for the length of a request.
        services.AddScoped<AppDbContext>(provider => provider.GetRequiredService<IDbContextFactory<T>>().CreateDbContext());
    }

    private sealed class Factory<T>(IDbContextFactory<T> inner) : IDbContextFactory<AppDbContext> where T : AppDbContext
    {
        public AppDbContext CreateDbContext() => inner.CreateDbContext();
    }

    // The model holds the cipher in its converters: one model for each key ring.
    private sealed class CipherModelKey : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) => (context.GetType(), ((AppDbContext)context).Cipher.Fingerprint, designTime);
    }
}
