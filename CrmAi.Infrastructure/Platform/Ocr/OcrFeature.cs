using CrmAi.Domain.BusinessCards;
using CrmAi.Infrastructure.BusinessCards;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.Platform.Ocr;

internal static class OcrFeature
{
    /// <summary>The company's service where one is set, otherwise the programs of the machine.</summary>
    public static IServiceCollection AddOcr(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OcrOptions>().Bind(configuration.GetSection("Ocr")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DocumentIntelligenceOptions>().Bind(configuration.GetSection("Ocr:Azure")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<DocumentIntelligenceOptions>, DocumentIntelligenceCheck>();
        services.AddSingleton<OcrPrograms>().AddSingleton<ICardPreviews, CardPreviews>().AddSingleton<TesseractCardReader>().AddSingleton<DocumentIntelligenceCardReader>();
        return services.AddSingleton<ICardReader>(s => s.GetRequiredService<IOptions<DocumentIntelligenceOptions>>().Value.IsSet
            ? s.GetRequiredService<DocumentIntelligenceCardReader>() : s.GetRequiredService<TesseractCardReader>());
    }
}
