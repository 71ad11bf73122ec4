using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using CrmAi.Domain.Jobs;
using CrmAi.Infrastructure;
using CrmAi.Infrastructure.Data.Sqlite;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace CrmAi.Bench;

/// <summary>
/// A process that does the bulk jobs of a data folder, and ends as by kill -9 at the step that standard input names: the so-manieth statement, begun, ending or ended transaction. 0 is never.
/// Settings are the program's own, on the command line (--Data:Folder=…).
/// </summary>
internal static class ImportWorker
{
    public const string Ready = "ready", Done = "done";

    public static async Task<int> RunAsync(string[] settings)
    {
        var configuration = new ConfigurationBuilder().AddCommandLine(settings).Build();
        var steps = new Steps();
        var all = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
        all.AddInfrastructure(configuration, new HostingEnvironment { EnvironmentName = Environments.Development });
        all.ConfigureDbContext<SqliteAppDbContext>(options => options.AddInterceptors(steps));
        await using var services = all.BuildServiceProvider();
        // The model and the first statement take their time: all of it goes by before there is anything to do.
        var workers = services.GetRequiredService<Workers>();
        await workers.DrainAsync(JobLane.Watched, default);
        await Console.Out.WriteLineAsync(Ready);
        if (await Console.In.ReadLineAsync() is not { } line) return 1;
        steps.Last = int.Parse(line, CultureInfo.InvariantCulture);
        await workers.DrainAsync(JobLane.Bulk, default);
        await Console.Out.WriteLineAsync(Done);
        return 0;
    }

    private sealed class Steps : IDbCommandInterceptor, IDbTransactionInterceptor
    {
        private int taken;

        public int Last { get; set; }

        public ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) => Step(result);

        public ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => Step(result);

        public ValueTask<DbTransaction> TransactionStartedAsync(DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default) => Step(result);

        public ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) => Step(result);

        public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) => Step(true).AsTask();

        private ValueTask<T> Step<T>(T result)
        {
            if (Last > 0 && Interlocked.Increment(ref taken) >= Last)
            {
                using var own = Process.GetCurrentProcess();
                own.Kill();
                Thread.Sleep(Timeout.Infinite); // nothing more, until it arrives
            }
            return ValueTask.FromResult(result);
        }
    }
}
