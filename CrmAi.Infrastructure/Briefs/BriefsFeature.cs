using CrmAi.Domain.Briefs;
using CrmAi.Infrastructure.Data;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Briefs;

internal static class BriefsFeature
{
    public static IServiceCollection AddBriefs(this IServiceCollection services) => services
        .AddSingleton<ISavingRule, BriefTopics>()
        .AddScoped<IBriefs, Briefs>();
}
