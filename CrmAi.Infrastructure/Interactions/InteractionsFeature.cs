using CrmAi.Domain.Interactions;
using CrmAi.Infrastructure.Data;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Interactions;

internal static class InteractionsFeature
{
    public static IServiceCollection AddInteractions(this IServiceCollection services) => services
        .AddSingleton<ISavingRule, InteractionRows>()
        .AddScoped<Timelines>()
        .AddScoped<IInteractions, Interactions>()
        .AddScoped<IAttachments, Attachments>()
        .AddSingleton<UnclaimedUploads>();
}
