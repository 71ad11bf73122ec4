using CrmAi.Domain.Search;
using CrmAi.Infrastructure.Data;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Search;

internal static class SearchFeature
{
    public static IServiceCollection AddSearch(this IServiceCollection services) => services
        .AddSingleton<ISavingRule, SearchIndexing>()
        .AddSingleton<TextSweep>()
        .AddScoped<IPalette, Palette>();
}
