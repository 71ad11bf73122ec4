using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.Platform.Ai;

internal static class AiFeature
{
    public static IServiceCollection AddAi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AiOptions>().Bind(configuration.GetSection("Ai")).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IValidateOptions<AiOptions>, AiOptionsCheck>()
            .AddSingleton<AiModels>()
            .AddSingleton<IChatClient, OpenAiClient>()
            .AddSingleton<IChatModel, ChatModels>();
    }
}
