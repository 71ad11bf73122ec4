using CrmAi.Domain.NextActions;
using CrmAi.Infrastructure.Data;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.NextActions;

internal static class NextActionsFeature
{
    public static IServiceCollection AddNextActions(this IServiceCollection services) => services
        .AddSingleton<INextActionAnalyst, RulesNextActionAnalyst>()
        .AddSingleton<Suggestions>()
        .AddSingleton<ISavingRule, SuggestionTopics>()
        .AddScoped<INextActions, NextActions>();
}
