using CrmAi.Domain.History;
using CrmAi.Infrastructure.Data;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.History;

internal static class HistoryFeature
{
    public static IServiceCollection AddHistory(this IServiceCollection services) => services
        .AddSingleton<ChangeRecorder>()
        .AddSingleton<Chain>()
        .AddSingleton<ContactParts>()
        .AddScoped<TakingBack>()
        .AddSingleton<ISavingRule, UndoTopics>()
        .AddScoped<IHistory, Histories>()
        .AddScoped<IRestores, Restores>()
        .AddScoped<IUndoing, Undoing>();
}
