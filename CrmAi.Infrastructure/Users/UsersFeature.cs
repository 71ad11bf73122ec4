using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Users;

internal static class UsersFeature
{
    public static IServiceCollection AddUsers(this IServiceCollection services) => services
        .AddScoped<CurrentUser>()
        .AddScoped<ICurrentUser>(provider => provider.GetRequiredService<CurrentUser>())
        .AddScoped<IActAs>(provider => provider.GetRequiredService<CurrentUser>())
        .AddScoped<Users>()
        .AddScoped<IUsers>(provider => provider.GetRequiredService<Users>())
        .AddScoped<IApiTokens>(provider => provider.GetRequiredService<Users>());
}
