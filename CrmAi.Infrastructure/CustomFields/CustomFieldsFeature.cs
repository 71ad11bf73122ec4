using CrmAi.Domain.CustomFields;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using CrmAi.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.CustomFields;

internal static class CustomFieldsFeature
{
    public static IServiceCollection AddCustomFields(this IServiceCollection services) => services
        .AddSingleton<ISavingRule, SearchableFields>()
        .AddScoped<ICustomFields, CustomFields>()
        .AddSingleton<IRestorable, CustomFieldRestore>()
        .AddJob<ReindexJob>();
}
