using System.Security.Claims;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace CrmAi.Web.Setup;

/// <summary>Says on whose behalf a request runs, and how its page is to be drawn.</summary>
internal sealed class RequestPerson(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http, IActAs acting, PagePreferences preferences)
    {
        preferences.Theme = http.Request.Cookies[ThemeNames.Cookie] is { } theme && ThemeNames.All.Contains(theme) ? theme : ThemeNames.System;
        preferences.IsInteractive = http.AcceptsInteractiveRouting();

        var origin = http.Request.Path.StartsWithSegments("/api") ? ChangeOrigin.Api : ChangeOrigin.Page;
        acting.ActAs(_ => new(http.User.UserId()), origin);
        return next(http);
    }
}

/// <summary>Says on whose behalf a circuit runs; asked anew each time, so that a session that ended ends here too.</summary>
internal sealed class CircuitPerson(IActAs acting, AuthenticationStateProvider authentication) : CircuitHandler
{
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        acting.ActAs(async _ => (await authentication.GetAuthenticationStateAsync()).User.UserId(), ChangeOrigin.Page);
        return Task.CompletedTask;
    }
}

/// <summary>Asks every minute whether the session of a circuit still holds: sign-out everywhere and deactivation reach open pages.</summary>
internal sealed class SessionRevalidation(ILoggerFactory loggers, IServiceScopeFactory scopes) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    private const string StampClaim = "AspNet.Identity.SecurityStamp";

    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return authenticationState.User.UserId() is { } id
            && await scope.ServiceProvider.GetRequiredService<ISignIns>().HoldsAsync(id, authenticationState.User.FindFirstValue(StampClaim), cancellationToken);
    }
}

internal static class Claims
{
    public static Guid? UserId(this ClaimsPrincipal person) => Guid.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
}
