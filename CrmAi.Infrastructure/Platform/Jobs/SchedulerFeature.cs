using CrmAi.Domain.Jobs;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Data.Sqlite;
using CrmAi.Infrastructure.Jobs;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace CrmAi.Infrastructure.Platform.Jobs;

/// <summary>The persistent scheduler: wakes workers and keeps calendars, in the same database.</summary>
internal static class SchedulerFeature
{
    public static IServiceCollection AddScheduler(this IServiceCollection services, Storage storage, IConfiguration configuration)
    {
        var jobs = configuration.GetSection("Jobs").Get<JobOptions>() ?? new();
        services.AddSingleton<IWorkerBell, QuartzBell>();
        services.AddQuartz(quartz =>
        {
            quartz.UsePersistentStore(store => UseDatabase(store, storage, provision: !storage.SqlServer)); // SQLite migrates itself, the scheduler's tables included
            Every<PersonLaneJob>(quartz, LaneJob.KeyOf(JobLane.Person), jobs.Sweep);
            Every<WatchedLaneJob>(quartz, LaneJob.KeyOf(JobLane.Watched), jobs.Sweep);
            Every<BulkLaneJob>(quartz, LaneJob.KeyOf(JobLane.Bulk), jobs.Sweep);
            Every<SealJob>(quartz, new("seal"), TimeSpan.FromSeconds(10));
            Every<TextsJob>(quartz, new("texts"), TimeSpan.FromSeconds(5));
            Every<DuplicateChecksJob>(quartz, new("duplicate-checks"), TimeSpan.FromSeconds(2));
            Every<DuplicateScansJob>(quartz, new("duplicate-scans"), TimeSpan.FromMinutes(10));
            Every<DueJob>(quartz, new("due"), TimeSpan.FromMinutes(1));
            Every<StaleEntriesJob>(quartz, new("stale-entries"), TimeSpan.FromMinutes(10));
            Every<OldNotificationsJob>(quartz, new("old-notifications"), TimeSpan.FromDays(1));
            Every<LostFilesJob>(quartz, new("lost-files"), TimeSpan.FromDays(1));
            Every<SweepUploadsJob>(quartz, new("sweep-uploads"), TimeSpan.FromHours(6));
        });
        return services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    /// <summary>Creates the scheduler's tables where they are missing.</summary>
    public static async Task ProvisionAsync(Storage storage, CancellationToken ct)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddQuartz(quartz => quartz.UsePersistentStore(store => UseDatabase(store, storage, provision: true)));
        await using var provider = services.BuildServiceProvider();
        var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler(ct);
        await scheduler.Shutdown(waitForJobsToComplete: true, ct);
    }

    private static void UseDatabase(IPersistentStoreBuilder store, Storage storage, bool provision)
    {
        if (provision) store.ProvisionSchema();
        if (storage.SqlServer)
        {
            store.UseSqlServer(SqlClientFactory.Instance, storage.ConnectionString);
            store.UseClustering();
        }
        else
        {
            store.UseSqlite(SqliteConnections.Factory, storage.ConnectionString);
        }
    }

    private static void Every<T>(IQuartzBuilder quartz, JobKey key, TimeSpan interval) where T : class, IJob
    {
        quartz.AddJob<T>(job => job.WithIdentity(key).StoreDurably());
        quartz.AddTrigger(trigger => trigger.ForJob(key).WithIdentity($"{key.Name}-sweep")
            .StartAt(DateTimeOffset.UtcNow.AddSeconds(1))
            .WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever()));
    }
}
