using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Infrastructure.PromptTexts;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Profiles;

internal static class ProfilesFeature
{
    public static IServiceCollection AddProfiles(this IServiceCollection services) => services
        .AddSingleton<RulesProfileAnalyst>()
        .AddSingleton(s => new ModelProfileAnalyst(s.GetRequiredService<IModelCalls>(), s.GetRequiredService<PromptSource>().Of(ProfileAnswer.SchemaName), s.GetRequiredService<UserLanguages>().OfAsync))
        .AddPromptTask(AiRunType.Profile, ProfileAnswer.SchemaName, ProfileAnswer.Schema)
        .AddSingleton<IPromptTrial, ProfileTrial>()
        .AddSingleton<IProfileAnalyst, ProfileAnalysts>()
        .AddSingleton<ISavingRule, ProfileRequests>()
        .AddSingleton<ProfileMaking>()
        .AddScoped<IProfiles, Profiles>()
        .AddJob<ProfileJob>();
}
