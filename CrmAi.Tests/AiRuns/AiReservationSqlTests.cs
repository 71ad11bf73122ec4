using System.Data.Common;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Data.SqlServer;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CrmAi.Tests.AiRuns;

/// <summary>Both databases are asked the same; no server is needed to see that.</summary>
public sealed class AiReservationSqlTests
{
    public static TheoryData<string> Providers => ["Sqlite", "SqlServer"];

    [Theory, MemberData(nameof(Providers))]
    public void Reservation_IsFoundByItsKey_AndBelongsToWhoHoldsIt(string provider)
    {
        using var db = Open(provider);
        Unquoted(AiReservations.HeldBy(db, new byte[32], Guid.CreateVersion7()).ToQueryString()).ShouldMatch(@"WHERE \w+\.Digest = @\w+ AND \w+\.Owner = @\w+");
        var table = db.Model.FindEntityType(typeof(Domain.AiRuns.AiReservation))!;
        table.FindPrimaryKey()!.Properties.Select(p => p.Name).ShouldBe(["Digest"], "two processes cannot both insert one question");
        if (provider == "SqlServer") table.FindProperty("Digest")!.GetColumnType().ShouldBe("varbinary(32)");
    }

    [Theory, MemberData(nameof(Providers))]
    public void Aside_IsWhatTheLivingHaveUnderWay_OfOtherQuestions(string provider)
    {
        using var db = Open(provider);
        Unquoted(AiBudgets.SetAside(db, new byte[32], DateTime.UtcNow).ToQueryString()).ShouldMatch(@"WHERE \w+\.Digest <> @\w+ AND \w+\.Until >= @\w+");
    }

    [Fact]
    public async Task Door_OfSqlServer_IsAnUpdateThatChangesNothing()
    {
        var caught = new CaughtUpdate();
        await using var db = new SqlServerAppDbContext(new DbContextOptionsBuilder<SqlServerAppDbContext>().UseSqlServer("Server=none").AddInterceptors(caught, new NoConnection()).Options, new(KeyRing.Make()), null!);
        await AiBudgets.QueueAsync(db, default);
        Unquoted(caught.Sql!).ShouldMatch(@"^UPDATE (\w+)\s+SET \1\.Enabled = \1\.Enabled\s+FROM AiSettings AS \1\s+WHERE \1\.Id = ");
    }

    private static AppDbContext Open(string provider) => provider == "Sqlite" ? new SqliteDesign().CreateDbContext([]) : new SqlServerDesign().CreateDbContext([]);

    private static string Unquoted(string sql) => sql.Replace("\"", "", StringComparison.Ordinal).Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    private sealed class CaughtUpdate : DbCommandInterceptor
    {
        public string? Sql { get; private set; }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Sql = command.CommandText;
            return new(InterceptionResult<int>.SuppressWithResult(1));
        }
    }

    private sealed class NoConnection : DbConnectionInterceptor
    {
        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            new(InterceptionResult.Suppress());
    }
}
