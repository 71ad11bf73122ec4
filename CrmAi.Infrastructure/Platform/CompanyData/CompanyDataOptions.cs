using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.Platform.CompanyData;

/// <summary>Settings under "CompanyData".</summary>
public sealed class CompanyDataOptions
{
    /// <summary>The register of companies.</summary>
    public DataServiceOptions Tianyancha { get; } = new() { BaseAddress = "https://open.api.tianyancha.com" };

    /// <summary>Search for people.</summary>
    public DataServiceOptions Baidu { get; } = new() { BaseAddress = "https://qianfan.baidubce.com" };
}

/// <summary>One outside service.</summary>
public sealed class DataServiceOptions
{
    /// <summary>Scheme, host and port; https, but for a stand-in.</summary>
    public string BaseAddress { get; set; } = "";

    /// <summary>Without one nothing is asked.</summary>
    public string? Key { get; set; }

    /// <summary>Requests on one of the company's days, retries included, of all processes together.</summary>
    public int DailyQuota { get; set; } = 200;

    /// <summary>The share of it, 0 to 1, that is kept for people: work at night leaves it.</summary>
    public double PeopleShare { get; set; } = 0.5;

    /// <summary>Of one attempt.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an answer is given again to the same question.</summary>
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often one question is sent at most.</summary>
    public int Attempts { get; set; } = 3;

    /// <summary>Before the second attempt, about; it doubles with each.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest that is waited for another attempt, Retry-After included.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>After so many faults in a row the service is left alone...</summary>
    public int BreakerFaults { get; set; } = 5;

    /// <summary>...for so long, and then tried with one request.</summary>
    public TimeSpan BreakerPause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Addresses within one's own network may be reached: for a stand-in on one's own machine. Production refuses it.</summary>
    public bool AllowPrivateTargets { get; set; }

    public bool IsConfigured => !string.IsNullOrWhiteSpace(Key);
}

/// <summary>Says at start what could not work.</summary>
internal sealed class CompanyDataOptionsCheck(bool isProduction) : IValidateOptions<CompanyDataOptions>
{
    public ValidateOptionsResult Validate(string? name, CompanyDataOptions options)
    {
        var faults = new List<string>();
        Check("CompanyData:Tianyancha", options.Tianyancha, faults);
        Check("CompanyData:Baidu", options.Baidu, faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private void Check(string place, DataServiceOptions options, List<string> faults)
    {
        if (options.AllowPrivateTargets && isProduction) faults.Add($"{place}:AllowPrivateTargets lets requests into one's own network, for a stand-in in development; production refuses it.");
        if (!options.IsConfigured) return;
        var known = Uri.TryCreate(options.BaseAddress, UriKind.Absolute, out var address);
        if (!known || address!.Scheme is not ("https" or "http") || address.UserInfo.Length > 0 || address.PathAndQuery != "/" || address.Fragment.Length > 0)
            faults.Add($"{place}:BaseAddress must be scheme and host alone: \"https://open.example.com\".");
        else if (address.Scheme != "https" && !options.AllowPrivateTargets) faults.Add($"{place}:BaseAddress must be https: the key goes along.");
        if (options.Key!.Any(c => c is < '!' or > '~')) faults.Add($"{place}:Key has characters that no key has.");
        void Within<T>(string setting, T value, T from, T to) where T : IComparable<T>
        {
            if (value.CompareTo(from) < 0 || value.CompareTo(to) > 0) faults.Add($"{place}:{setting} must lie between {from} and {to}.");
        }
        Within(nameof(options.DailyQuota), options.DailyQuota, 0, 10_000_000);
        Within(nameof(options.PeopleShare), options.PeopleShare, 0, 1);
        Within(nameof(options.Timeout), options.Timeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5));
        Within(nameof(options.KeepFor), options.KeepFor, TimeSpan.Zero, TimeSpan.FromDays(365));
        Within(nameof(options.Attempts), options.Attempts, 1, 10);
        Within(nameof(options.RetryDelay), options.RetryDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
        Within(nameof(options.Patience), options.Patience, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10));
        Within(nameof(options.BreakerFaults), options.BreakerFaults, 1, 1000);
        Within(nameof(options.BreakerPause), options.BreakerPause, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
    }
}
