using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Jobs;

/// <summary>Settings under "Jobs".</summary>
public sealed class JobOptions
{
    /// <summary>How long a worker holds a job without a sign of life; after that another takes it over.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often waiting jobs are looked for, beside being woken at once.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Sweep { get; set; } = TimeSpan.FromSeconds(15);

    [Range(1, 64)]
    public int PersonWorkers { get; set; } = 2;

    [Range(1, 64)]
    public int BulkWorkers { get; set; } = 1;

    /// <summary>Of what somebody looks on at while it is done.</summary>
    [Range(1, 8)]
    public int WatchedWorkers { get; set; } = 4;

    public int WorkersOf(Domain.Jobs.JobLane lane) => lane switch { Domain.Jobs.JobLane.Person => PersonWorkers, Domain.Jobs.JobLane.Bulk => BulkWorkers, _ => WatchedWorkers };
}

/// <summary>Which handler does which kind of job.</summary>
internal sealed class JobKinds(IEnumerable<JobKind> kinds)
{
    private readonly Dictionary<string, Type> handlers = kinds.ToDictionary(k => k.Name, k => k.Handler);

    public IJobHandler HandlerOf(string kind, IServiceProvider services) =>
        handlers.TryGetValue(kind, out var handler) ? (IJobHandler)services.GetRequiredService(handler) : throw new JobRefusedException("job.unknown");
}

internal sealed record JobKind(string Name, Type Handler);

internal static class JobsFeature
{
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<JobOptions>().Bind(configuration.GetSection("Jobs")).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<JobKinds>().AddSingleton<Workers>();
    }

    /// <summary>Registers a handler for its kind of job.</summary>
    public static IServiceCollection AddJob<T>(this IServiceCollection services) where T : class, IJobHandler =>
        services.AddScoped<T>().AddSingleton(new JobKind(T.Kind, typeof(T)));
}
