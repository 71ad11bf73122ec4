using CrmAi.Domain.Exports;
using CrmAi.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Exports;

internal static class ExportsFeature
{
    public static IServiceCollection AddExports(this IServiceCollection services) => services
        .AddScoped<IExports, Exports>()
        .AddScoped<ExportRecords>()
        .AddSingleton<OldExports>()
        .AddJob<ExportJob>();
}
