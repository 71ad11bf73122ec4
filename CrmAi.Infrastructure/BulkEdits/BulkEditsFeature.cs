using CrmAi.Domain.BulkEdits;
using CrmAi.Infrastructure.History;
using CrmAi.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.BulkEdits;

internal static class BulkEditsFeature
{
    public static IServiceCollection AddBulkEdits(this IServiceCollection services) => services
        .AddScoped<IBulkEdits, BulkEdits>()
        .AddScoped<IChangeGroups, BulkGroups>()
        .AddSingleton<BulkSelections>()
        .AddJob<BulkEditJob>();
}
