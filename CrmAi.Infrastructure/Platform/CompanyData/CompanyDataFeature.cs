using CrmAi.Domain.Enrichment;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.Platform.CompanyData;

/// <summary>The services that may be asked, each with one line to it.</summary>
internal sealed class DataLines(IOptions<CompanyDataOptions> options, IHostAddresses addresses, IConnector connector, TimeProvider time, ILogger<DataLine> log) : IDisposable
{
    public DataLine Tianyancha { get; } = new(TianyanchaRegistry.Name, options.Value.Tianyancha, addresses, connector, time, log);

    public DataLine Baidu { get; } = new(BaiduPeopleSearch.Name, options.Value.Baidu, addresses, connector, time, log);

    public void Dispose()
    {
        Tianyancha.Dispose();
        Baidu.Dispose();
    }
}

internal static class CompanyDataFeature
{
    public static IServiceCollection AddCompanyData(this IServiceCollection services, IConfiguration configuration, bool isProduction)
    {
        services.AddOptions<CompanyDataOptions>().Bind(configuration.GetSection("CompanyData")).ValidateOnStart();
        return services.AddSingleton<IValidateOptions<CompanyDataOptions>>(new CompanyDataOptionsCheck(isProduction))
            .AddSingleton<IHostAddresses, SystemHostAddresses>().AddSingleton<IConnector, SocketConnector>()
            .AddSingleton<DataLines>().AddSingleton<OutsideQuota>().AddSingleton<OutsideHolds>().AddSingleton<OutsideCalls>()
            .AddSingleton<ICompanyRegistry, TianyanchaRegistry>()
            .AddSingleton<IPeopleSearch, BaiduPeopleSearch>();
    }
}
