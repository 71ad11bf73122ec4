using CrmAi.Web.Contacts;
using CrmAi.Web.Contacts.Lists;
using CrmAi.Web.Exports;
using CrmAi.Web.Search;
using CrmAi.Web.Tasks;
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
        .AddTransient<ContactEditing>()
        .AddScoped<Filing>()
        .AddScoped<BulkRuns>()
        .AddScoped<BulkStarts>()
        .AddScoped<ExportTitles>()
        .AddScoped<PlanReading>()
        .AddScoped<TaskCommands>()
        .AddScoped<TaskPageServices>()
        .AddScoped<PageActions>()
        .AddScoped<PaletteActions>()
        .AddScoped<PaletteRecords>();
}
