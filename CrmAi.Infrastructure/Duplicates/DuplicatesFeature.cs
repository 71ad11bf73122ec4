using CrmAi.Domain.Duplicates;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Duplicates;

internal static class DuplicatesFeature
{
    public static IServiceCollection AddDuplicates(this IServiceCollection services) => services
        .AddSingleton<ISavingRule, DuplicateRule>()
        .AddSingleton<ISavingRule, MergeRule>()
        .AddSingleton<DuplicateFinding>()
        .AddSingleton<DuplicateSearch>()
        .AddSingleton<DuplicateChecks>()
        .AddScoped<IDuplicates, Duplicates>()
        .AddScoped<IMerges, Merges>()
        .AddJob<DuplicateScanJob>();
}
