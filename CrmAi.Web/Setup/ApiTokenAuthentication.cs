using System.Security.Claims;
using System.Text.Encodings.Web;
using CrmAi.Domain.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CrmAi.Web.Setup;

/// <summary>Signs a program in by "Authorization: Bearer crm_…".</summary>
internal sealed class ApiTokenAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, IApiTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "ApiToken";

    /// <summary>Tokens for the API, cookies for everything else, also where no endpoint matches.</summary>
    public const string ByPath = "ByPath";

    private const string Bearer = "Bearer ";

    public static void ChooseByPath(PolicySchemeOptions options) =>
        options.ForwardDefaultSelector = http => http.Request.Path.StartsWithSegments("/api") ? Name : IdentityConstants.ApplicationScheme;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        if (await tokens.OwnerOfAsync(header[Bearer.Length..].Trim(), Context.RequestAborted) is not { } owner) return AuthenticateResult.Fail("Unknown or expired token.");
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, owner.ToString())], Name);
        return AuthenticateResult.Success(new(new(identity), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return base.HandleChallengeAsync(properties);
    }
}
