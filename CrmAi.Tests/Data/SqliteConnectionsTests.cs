using System.Data.Common;
using CrmAi.Infrastructure.Data.Sqlite;
using CrmAi.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz.Impl.AdoJobStore.Common;

namespace CrmAi.Tests.Data;

/// <summary>Whoever opens the file waits for its one writer with the same patience.</summary>
public sealed class SqliteConnectionsTests : IAsyncLifetime
{
    private TestDatabase db = null!;

    public async Task InitializeAsync() => db = await TestDatabase.CreateAsync();

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connection_OfTheSchedulerOrOfEfCore_IsToldAlike(bool scheduler)
    {
        // Neither may live on what the other has told a pooled connection.
        SqliteConnection.ClearPool(new SqliteConnection($"Data Source={db.DatabaseFile}"));
        if (scheduler)
        {
            await using var connection = SqliteConnections.Factory.CreateConnection()!;
            connection.ConnectionString = $"Data Source={db.DatabaseFile}";
            await connection.OpenAsync();
            await ShouldBePatientAsync(connection);
        }
        else
        {
            await using var context = db.Open();
            await context.Database.OpenConnectionAsync();
            await ShouldBePatientAsync(context.Database.GetDbConnection());
        }
    }

    [Fact]
    public async Task Scheduler_ReachesTheFileThroughConnectionsThatAreTold()
    {
        await using var app = new TestApp();
        var provider = app.Services.GetKeyedServices<IDbProvider>(KeyedService.AnyKey).Concat(app.Services.GetServices<IDbProvider>()).First();
        await using var connection = provider.CreateConnection();
        await connection.OpenAsync();
        connection.GetType().ShouldNotBe(typeof(SqliteConnection));
        await ShouldBePatientAsync(connection);
    }

    private static async Task ShouldBePatientAsync(DbConnection connection)
    {
        (await AskAsync(connection, "PRAGMA busy_timeout")).ShouldBe("5000");
        (await AskAsync(connection, "PRAGMA journal_mode")).ShouldBe("wal");
        (await AskAsync(connection, "PRAGMA synchronous")).ShouldBe("1");
    }

    private static async Task<string?> AskAsync(DbConnection connection, string pragma)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the test's own words
        command.CommandText = pragma;
#pragma warning restore CA2100
        return Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
