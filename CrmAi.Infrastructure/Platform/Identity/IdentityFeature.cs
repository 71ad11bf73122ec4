using System.Security.Claims;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Platform.Identity;

internal static class IdentityFeature
{
    private const string StampClaim = "AspNet.Identity.SecurityStamp";

    public static IServiceCollection AddLogins(this IServiceCollection services, Storage storage, bool demo)
    {
        services.AddHttpContextAccessor();
        services.AddIdentityCore<Login>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.Password.RequiredLength = 10;
                options.Password.RequireNonAlphanumeric = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireLowercase = false;
                options.Password.RequiredUniqueChars = 4;
                options.Lockout.MaxFailedAccessAttempts = 10;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddSignInManager().AddEntityFrameworkStores<AppDbContext>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, options =>
        {
            options.Cookie.Name = "crm";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.ExpireTimeSpan = TimeSpan.FromHours(12);
            options.SlidingExpiration = true;
            options.LoginPath = "/sign-in";
            options.ReturnUrlParameter = "returnUrl";
            options.Events.OnValidatePrincipal = ValidateAsync;
            options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
            options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
        });
        services.AddDataProtection().SetApplicationName("CrmAi").PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(storage.Folder, "session-keys")));
        services.AddScoped<SignIns>().AddScoped<ISignIns>(provider => provider.GetRequiredService<SignIns>());
        if (demo) services.AddScoped<IDemoPeople, DemoPeople>();
        return services;
    }

    // Asked at each request, which are few beside a circuit: a session that was ended elsewhere ends here at once, and its cookie goes.
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        if (Guid.TryParse(context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            && await http.RequestServices.GetRequiredService<ISignIns>().HoldsAsync(id, context.Principal.FindFirstValue(StampClaim), http.RequestAborted)) return;
        context.RejectPrincipal();
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    // Pages lead to the sign-in page; programs get the plain answer.
    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        var page = HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
            && !context.Request.Path.StartsWithSegments("/api");
        if (page) context.Response.Redirect(context.RedirectUri);
        else context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
