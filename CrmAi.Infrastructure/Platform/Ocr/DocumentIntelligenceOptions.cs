using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>Settings under "Ocr:Azure": the company's own resource of Azure Document Intelligence. Without an endpoint nothing leaves the machine.</summary>
public sealed class DocumentIntelligenceOptions
{
    /// <summary>"https://NAME.cognitiveservices.azure.com".</summary>
    public string? Endpoint { get; set; }

    /// <summary>The resource's key; empty where an application of Entra ID signs in instead.</summary>
    public string? Key { get; set; }

    /// <summary>Of the application that may read: with <see cref="ClientId"/> and <see cref="ClientSecret"/> instead of a key.</summary>
    public string? TenantId { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>Who gives tokens out.</summary>
    public string Authority { get; set; } = "https://login.microsoftonline.com";

    /// <summary>For one card, waiting and polling included.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Between two questions whether it is done, where the service does not name a time (Retry-After).</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan PollDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often one request is sent at most, after 429, 5xx and lost connections.</summary>
    [Range(1, 10)]
    public int Attempts { get; set; } = 3;

    public bool IsSet => !string.IsNullOrWhiteSpace(Endpoint);
}

/// <summary>Says at start what could not work.</summary>
internal sealed class DocumentIntelligenceCheck : IValidateOptions<DocumentIntelligenceOptions>
{
    public ValidateOptionsResult Validate(string? name, DocumentIntelligenceOptions options)
    {
        if (!options.IsSet) return ValidateOptionsResult.Success;
        var faults = new List<string>();
        if (!IsAddress(options.Endpoint)) faults.Add("Ocr:Azure:Endpoint is no address: \"https://NAME.cognitiveservices.azure.com\" is one; without https only on this machine.");
        if (!IsAddress(options.Authority)) faults.Add("Ocr:Azure:Authority is no address: \"https://login.microsoftonline.com\" is one.");
        var entra = new[] { options.TenantId, options.ClientId, options.ClientSecret };
        if (string.IsNullOrWhiteSpace(options.Key) && entra.Any(string.IsNullOrWhiteSpace)) faults.Add("Ocr:Azure has an endpoint, but neither Key nor TenantId, ClientId and ClientSecret.");
        if (options.Key?.Any(c => c is < '!' or > '~') == true) faults.Add("Ocr:Azure:Key has characters that no key has.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    // A key sent in the clear is everybody's.
    private static bool IsAddress(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
