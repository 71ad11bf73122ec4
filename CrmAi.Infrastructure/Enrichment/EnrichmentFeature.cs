using CrmAi.Domain.Enrichment;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Enrichment;

internal static class EnrichmentFeature
{
    public static IServiceCollection AddEnrichment(this IServiceCollection services) => services
        .AddSingleton<ISavingRule, EnrichmentRule>()
        .AddSingleton<StaleEntries>()
        .AddScoped<ILookUps, LookUps>()
        .AddScoped<IRegistryEntries, RegistryEntries>()
        .AddScoped<INameConfirmations, NameConfirmations>()
        .AddJob<LookUpJob>()
        .AddJob<RegistryJob>()
        .AddJob<VerifyJob>();
}
