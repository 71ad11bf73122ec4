using CrmAi.Domain.Notifications;
using CrmAi.Infrastructure.Data;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Notifications;

internal static class NotificationsFeature
{
    public static IServiceCollection AddNotifications(this IServiceCollection services) => services
        .AddSingleton<ISavingRule, ContactNews>()
        .AddSingleton<ISavingRule, NotificationRule>() // behind the rules that tell somebody
        .AddSingleton<DueSweep>()
        .AddSingleton<OldNotifications>()
        .AddScoped<INotifications, Notifications>();
}
