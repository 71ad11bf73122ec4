using CrmAi.Domain.Deletions;
using CrmAi.Infrastructure.Data;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Deletions;

internal static class DeletionsFeature
{
    public static IServiceCollection AddDeletions(this IServiceCollection services) => services
        .AddSingleton<ISavingRule, DeletionTopics>()
        .AddScoped<IDeletions, Deletions>();
}
