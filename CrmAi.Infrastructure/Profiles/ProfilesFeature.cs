using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Profiles;

internal static class ProfilesFeature
{
    public static IServiceCollection AddProfiles(this IServiceCollection services) => services
        .AddSingleton<IProfileAnalyst, RulesProfileAnalyst>()
        .AddSingleton<ISavingRule, ProfileRequests>()
        .AddScoped<IProfiles, Profiles>()
        .AddJob<ProfileJob>();
}
