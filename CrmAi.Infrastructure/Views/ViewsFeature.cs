using CrmAi.Domain.Views;
using CrmAi.Infrastructure.History;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Views;

internal static class ViewsFeature
{
    public static IServiceCollection AddViews(this IServiceCollection services) => services
        .AddScoped<IViews, Views>()
        .AddSingleton<IRestorable, ViewRestore>();
}
