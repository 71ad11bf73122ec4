using CrmAi.Domain.BusinessCards;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.BusinessCards;

internal static class CardsFeature
{
    public static IServiceCollection AddCards(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CardOptions>().Bind(configuration.GetSection("Company"));
        return services
            .AddSingleton<ISavingRule, CardRequests>()
            .AddSingleton<CardPhotos>()
            .AddSingleton<CardUploads>()
            .AddSingleton<CardMatching>()
            .AddSingleton<OldCards>()
            .AddScoped<IBusinessCards, BusinessCards>()
            .AddJob<CardJob>();
    }
}

/// <summary>Settings under "Company".</summary>
public sealed class CardOptions
{
    /// <summary>Whether a card tells that a colleague, whose contact one may not see, has this person already: their name, and no more.</summary>
    public bool TellsDuplicateOwners { get; set; }
}
