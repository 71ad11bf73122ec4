using CrmAi.Web.Shared;

namespace CrmAi.Web.Setup;

internal static class WebFeatures
{
    /// <summary>Services that pages share.</summary>
    public static IServiceCollection AddWebFeatures(this IServiceCollection services) => services.AddPages();
}
