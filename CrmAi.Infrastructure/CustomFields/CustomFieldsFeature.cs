using CrmAi.Domain.CustomFields;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.CustomFields;

internal static class CustomFieldsFeature
{
    public static IServiceCollection AddCustomFields(this IServiceCollection services) => services.AddScoped<ICustomFields, CustomFields>();
}
