using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Profiles;

internal static class ProfilesFeature
{
    public static IServiceCollection AddProfiles(this IServiceCollection services) => services
        .AddSingleton<RulesProfileAnalyst>()
        .AddSingleton(s => new ModelProfileAnalyst(s.GetRequiredService<IModelCalls>(), Prompts.Of(ProfileAnswer.SchemaName, ProfileAnswer.Schema), s.GetRequiredService<UserLanguages>().OfAsync))
        .AddSingleton<IProfileAnalyst, ProfileAnalysts>()
        .AddSingleton<ISavingRule, ProfileRequests>()
        .AddSingleton<ProfileMaking>()
        .AddScoped<IProfiles, Profiles>()
        .AddJob<ProfileJob>();
}
