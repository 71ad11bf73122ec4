using CrmAi.Domain.Users;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CrmAi.Web.Setup;

/// <summary>The forms that set or end a session. All are checked against forged requests.</summary>
internal static class SignInEndpoints
{
    // A form among a handler's arguments is what has the framework check the request for forgery.
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-in", async (HttpContext http, ISignIns signIns, [FromForm] string? email, [FromForm] string? password, [FromForm] string? returnUrl, CancellationToken ct) =>
        {
            var outcome = string.IsNullOrWhiteSpace(email) || string.IsNullOrEmpty(password) || email.Length > 254 || password.Length > 256
                ? SignInOutcome.Wrong : await signIns.WithPasswordAsync(email, password, ct);
            if (outcome != SignInOutcome.SignedIn) return Results.LocalRedirect($"/sign-in?error={outcome.ToString().ToLowerInvariant()}&returnUrl={Uri.EscapeDataString(Local(returnUrl))}");
            if (await signIns.LookOfAsync(email!, ct) is { } look)
            {
                Cultures.Remember(http.Response, look.Language);
                if (look.Theme != Theme.System) http.Response.Cookies.Append(ThemeNames.Cookie, ThemeNames.Of(look.Theme), new() { MaxAge = TimeSpan.FromDays(365), IsEssential = true, SameSite = SameSiteMode.Lax });
            }
            return Results.LocalRedirect(Local(returnUrl));
        }).AllowAnonymous();

        if (routes.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            routes.MapPost("/sign-in/demo", async (IDemoPeople people, [FromForm] Guid userId, [FromForm] string? returnUrl, CancellationToken ct) =>
                await people.SignInAsync(userId, ct) ? Results.LocalRedirect(Local(returnUrl)) : Results.LocalRedirect("/sign-in?error=wrong")).AllowAnonymous();
        }

        routes.MapPost("/sign-out", async (ISignIns signIns, IFormCollection form) =>
        {
            await signIns.SignOutAsync();
            return Results.LocalRedirect("/sign-in?left=1");
        });
        routes.MapPost("/sign-out/everywhere", async (ISignIns signIns, IFormCollection form, CancellationToken ct) =>
        {
            await signIns.SignOutEverywhereAsync(ct);
            return Results.LocalRedirect("/sign-in?left=1");
        });
        routes.MapPost("/password", async (ISignIns signIns, [FromForm] string? current, [FromForm] string? next, CancellationToken ct) =>
        {
            if (current?.Length > 256 || next?.Length > 256) return Results.LocalRedirect("/settings?password=weak");
            var changed = await signIns.ChangePasswordAsync(current ?? "", next ?? "", ct);
            return Results.LocalRedirect($"/settings?password={(changed.Succeeded ? "changed" : changed.Errors[0].Code == "password.wrong" ? "wrong" : "weak")}");
        });
        routes.MapGet("/language/{code}", async (HttpContext http, IUsers users, string code, string? returnUrl, CancellationToken ct) =>
        {
            Cultures.Remember(http.Response, code);
            // A choice made while signed in is the person's, on other machines too.
            if (http.User.UserId() is not null && await users.MeAsync(ct) is var me && me.Language != code) await users.SaveAsync(me with { Language = code }, ct);
            return Results.LocalRedirect(Local(returnUrl));
        }).AllowAnonymous();
    }

    // Only paths of our own: "//elsewhere" and "/\elsewhere" are addresses of others.
    private static string Local(string? url) =>
        url is { Length: > 0 and < 2000 } && url[0] == '/' && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl) ? url : "/";
}
