using CrmAi.Web.Search;
using Radzen;

namespace CrmAi.Web.Shared;

public static class PagesFeature
{
    /// <summary>What pages need besides the use cases: one of each per circuit.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services) => services
        .AddScoped<ILocalizer, RadzenWords>()
        .AddScoped<UserClock>()
        .AddScoped<Toasts>()
        .AddScoped<Drafts>()
        .AddScoped<PageScripts>()
        .AddScoped<Undo>()
        .AddScoped<PageActions>()
        .AddScoped<PaletteActions>()
        .AddScoped<PaletteRecords>();
}
