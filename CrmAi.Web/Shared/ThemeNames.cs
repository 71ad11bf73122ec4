using CrmAi.Domain.Users;

namespace CrmAi.Web.Shared;

/// <summary>The names of themes, as the cookie and the scripts use them.</summary>
public static class ThemeNames
{
    public const string System = "system", Light = "light", Dark = "dark", Contrast = "contrast";

    /// <summary>The cookie that remembers it; scripts write it too.</summary>
    public const string Cookie = "theme";

    public static readonly IReadOnlyList<string> All = [System, Light, Dark, Contrast];

    public static string Of(Theme theme) => theme switch { Theme.Light => Light, Theme.Dark => Dark, Theme.HighContrast => Contrast, _ => System };

    public static string IconOf(string theme) => theme switch { Light => "light_mode", Dark => "dark_mode", Contrast => "contrast", _ => "computer" };
}
