using CrmAi.Domain.Tasks;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Tasks;

internal static class TasksFeature
{
    public static IServiceCollection AddTasks(this IServiceCollection services) => services
        .AddSingleton<ISavingRule, TaskRows>()
        .AddScoped<ITasks, Tasks>()
        .AddSingleton<IRestorable, TaskRestore>();
}
