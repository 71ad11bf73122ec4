using CrmAi.Domain.Deletions;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Deletions;

internal static class DeletionsFeature
{
    public static IServiceCollection AddDeletions(this IServiceCollection services) => services.AddScoped<IDeletions, Deletions>();
}
