using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.AiRuns;

internal static class AiRunsFeature
{
    public static IServiceCollection AddAiRuns(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CompanyOptions>().Bind(configuration.GetSection("Company"))
            .Validate(company => TimeZoneInfo.TryFindSystemTimeZoneById(company.TimeZone, out _), "Company:TimeZone names no time zone of this system; \"Asia/Shanghai\" is one.").ValidateOnStart();
        services.AddSingleton<ISavingRule, AiRunTopics>().AddScoped<IAiRuns, AiRuns>().AddScoped<IAiCalls, AiCalls>().AddScoped<IAiSettings, CompanyAi>();
        return services.AddSingleton<CompanyDays>().AddSingleton<AiSpending>().AddSingleton<AiBudgets>().AddSingleton<AiReservations>().AddSingleton<AiLedger>().AddSingleton<ModelExchanges>().AddSingleton<UserLanguages>()
            .AddSingleton<IModelCalls, ModelCalls>()
            .AddSingleton<ISavingRule, AiErasure>();
    }
}
