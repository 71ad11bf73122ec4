using CrmAi.Domain.Accounts;
using CrmAi.Infrastructure.Data;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Accounts;

internal static class AccountsFeature
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddSingleton<ISavingRule, AccountIndexing>()
        .AddScoped<IAccounts, Accounts>();
}
