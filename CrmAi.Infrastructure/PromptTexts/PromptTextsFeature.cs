using CrmAi.Domain.PromptTexts;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.PromptTexts;

internal static class PromptTextsFeature
{
    public static IServiceCollection AddPromptTexts(this IServiceCollection services) => services
        .AddSingleton<PromptSource>()
        .AddSingleton<ISavingRule, PromptSavingRule>()
        .AddScoped<IPromptTexts, PromptTexts>()
        .AddScoped<IPromptAdditions, PromptAdditions>()
        .AddScoped<IPromptPreviews, PromptPreviews>()
        .AddJob<PromptPreviewJob>();
}
