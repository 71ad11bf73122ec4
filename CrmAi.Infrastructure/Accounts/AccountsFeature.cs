using CrmAi.Domain.Accounts;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using CrmAi.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Accounts;

internal static class AccountsFeature
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddSingleton<ISavingRule, AccountIndexing>()
        .AddSingleton<ISavingRule, AccountPeople>()
        .AddScoped<IAccounts, Accounts>()
        .AddSingleton<IRestorable, AccountRestore>()
        .AddJob<AccountNamesJob>();
}
