using CrmAi.Domain.Notifications;
using CrmAi.Infrastructure.Data;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Notifications;

internal static class NotificationsFeature
{
    public static IServiceCollection AddNotifications(this IServiceCollection services) => services
        .AddSingleton<ISavingRule, NotificationRule>() // behind the rules that tell somebody
        .AddScoped<INotifications, Notifications>();
}
