using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace CrmAi.Web.Setup;

/// <summary>The languages of the pages: what a person chose, else what the browser asks for, else Chinese.</summary>
internal static class Cultures
{
    public static readonly IReadOnlyList<string> All = ["zh-CN", "en"];

    public static void Configure(RequestLocalizationOptions options)
    {
        options.DefaultRequestCulture = new(All[0]);
        options.SupportedCultures = options.SupportedUICultures = [.. All.Select(CultureInfo.GetCultureInfo)];
        options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
        options.FallBackToParentCultures = options.FallBackToParentUICultures = true;
    }

    public static void Remember(HttpResponse response, string language) => response.Cookies.Append(
        CookieRequestCultureProvider.DefaultCookieName,
        CookieRequestCultureProvider.MakeCookieValue(new(All.Contains(language) ? language : All[0])),
        new() { MaxAge = TimeSpan.FromDays(365), IsEssential = true, SameSite = SameSiteMode.Lax, HttpOnly = true });
}
