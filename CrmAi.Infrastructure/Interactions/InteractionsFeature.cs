using CrmAi.Domain.Interactions;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Interactions;

internal static class InteractionsFeature
{
    public static IServiceCollection AddInteractions(this IServiceCollection services) => services
        .AddSingleton<ISavingRule, InteractionRows>()
        .AddScoped<Timelines>()
        .AddScoped<IInteractions, Interactions>()
        .AddSingleton<IRestorable, InteractionRestore>()
        .AddScoped<IAttachments, Attachments>()
        .AddSingleton<UnclaimedUploads>();
}
