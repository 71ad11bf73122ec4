using System.ComponentModel.DataAnnotations;
using CrmAi.Domain.NightRuns;
using CrmAi.Infrastructure.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.NightRuns;

/// <summary>Settings under "Night".</summary>
public sealed class NightOptions
{
    /// <summary>Whether this process begins runs at the company's hour; one that does not still helps with those that others began.</summary>
    public bool Scheduled { get; set; } = true;

    /// <summary>Batches that one process does at the same time.</summary>
    [Range(1, 32)]
    public int Workers { get; set; } = 2;

    /// <summary>Contacts that one process has analysed at the same time.</summary>
    [Range(1, 256)]
    public int AtOnce { get; set; } = 8;

    /// <summary>Contacts that are done, and written, together.</summary>
    [Range(1, 500)]
    public int BatchSize { get; set; } = 40;

    /// <summary>How long a batch is held without a sign of life.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the plan is looked at, and work that somebody else began.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Sweep { get; set; } = TimeSpan.FromSeconds(15);
}

internal static class NightRunsFeature
{
    public static IServiceCollection AddNightRuns(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<NightOptions>().Bind(configuration.GetSection("Night")).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<NightReviews>().AddSingleton<NightMorning>().AddSingleton<NightPlaces>().AddSingleton<NightReading>().AddSingleton<NightAging>().AddSingleton<NightBatchWork>().AddSingleton<NightLeases>().AddSingleton<NightWorkers>().AddSingleton<NightShift>().AddHostedService(services => services.GetRequiredService<NightShift>()).AddScoped<INightRuns, NightRuns>();
    }
}
