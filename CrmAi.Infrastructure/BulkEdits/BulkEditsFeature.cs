using CrmAi.Domain.BulkEdits;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.BulkEdits;

internal static class BulkEditsFeature
{
    public static IServiceCollection AddBulkEdits(this IServiceCollection services) => services.AddScoped<IBulkEdits, BulkEdits>();
}
