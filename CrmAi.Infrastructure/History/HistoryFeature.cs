using CrmAi.Domain.History;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.History;

internal static class HistoryFeature
{
    public static IServiceCollection AddHistory(this IServiceCollection services) => services
        .AddSingleton<ChangeRecorder>()
        .AddSingleton<Chain>()
        .AddScoped<Undoing>()
        .AddScoped<IHistory, Histories>();
}
