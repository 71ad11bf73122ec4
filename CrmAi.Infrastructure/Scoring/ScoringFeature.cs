using CrmAi.Domain.Scoring;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Scoring;

internal static class ScoringFeature
{
    public static IServiceCollection AddScoring(this IServiceCollection services) => services
        .AddSingleton<ISavingRule, ScoreRequests>()
        .AddSingleton<ContactReviews>()
        .AddScoped<IScores, Scores>()
        .AddJob<ScoreJob>();
}
