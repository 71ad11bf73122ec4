using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CrmAi.Infrastructure;
using CrmAi.Web.Accounts;
using CrmAi.Web.AiRuns;
using CrmAi.Web.Briefs;
using CrmAi.Web.BulkEdits;
using CrmAi.Web.BusinessCards;
using CrmAi.Web.Contacts;
using CrmAi.Web.CustomFields;
using CrmAi.Web.Deletions;
using CrmAi.Web.Duplicates;
using CrmAi.Web.Enrichment;
using CrmAi.Web.Exports;
using CrmAi.Web.History;
using CrmAi.Web.Imports;
using CrmAi.Web.Interactions;
using CrmAi.Web.NextActions;
using CrmAi.Web.NightRuns;
using CrmAi.Web.Notifications;
using CrmAi.Web.Profiles;
using CrmAi.Web.PromptTexts;
using CrmAi.Web.Scoring;
using CrmAi.Web.Scripts;
using CrmAi.Web.Search;
using CrmAi.Web.Shared;
using CrmAi.Web.Tasks;
using CrmAi.Web.Users;
using CrmAi.Web.Views;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;
using Radzen;

namespace CrmAi.Web.Setup;

/// <summary>Puts the application together.</summary>
internal static class Application
{
    public const string ApiPolicy = "api";

    /// <summary>Bytes of one message from a browser: the longest text one may enter, in UTF-8, and some room.</summary>
    private const long CircuitMessageLimit = 2 * 1024 * 1024;

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        Configure(builder);
        var app = builder.Build();
        Map(app);
        return app;
    }

    public static void Configure(WebApplicationBuilder builder)
    {
        // appsettings.json lies beside the program wherever it is started from; environment and command line come after it.
        builder.Configuration.Sources.Insert(0, Defaults());
        builder.Host.UseDefaultServiceProvider(options => options.ValidateScopes = options.ValidateOnBuild = true);
        builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);

        var services = builder.Services;
        services.AddInfrastructure(builder.Configuration, builder.Environment);
        services.AddLocalization();
        services.AddRadzenComponents();
        services.AddRazorComponents().AddInteractiveServerComponents(options => options.DetailedErrors = builder.Environment.IsDevelopment())
            .AddHubOptions(options => options.MaximumReceiveMessageSize = CircuitMessageLimit);
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionRevalidation>();
        services.AddScoped<CircuitHandler, CircuitPerson>();
        services.AddScoped<PagePreferences>();
        services.AddWebFeatures();
        services.AddAntiforgery(options => options.HeaderName = "RequestVerificationToken");
        services.AddProblemDetails();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true); // so that the answer can name what is wrong
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(allowIntegerValues: false));
            options.SerializerOptions.TypeInfoResolver = options.SerializerOptions.TypeInfoResolver!.WithAddedModifier(NoNullItems.Apply);
            options.SerializerOptions.RespectNullableAnnotations = true;
            options.SerializerOptions.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
        services.AddAuthentication(ApiTokenAuthentication.ByPath)
            .AddPolicyScheme(ApiTokenAuthentication.ByPath, null, ApiTokenAuthentication.ChooseByPath)
            .AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, ApiTokenAuthentication>(ApiTokenAuthentication.Name, null);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(ApiPolicy, policy => policy.AddAuthenticationSchemes(ApiTokenAuthentication.Name).RequireAuthenticatedUser());
        Limits.Add(services, builder.Configuration);
        services.AddOpenApi("v1", ApiDescription.Configure);
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: [HealthEndpoints.Ready]);
        services.Configure<RequestLocalizationOptions>(Cultures.Configure);
    }

    /// <summary>The settings alone, for verbs that need no application.</summary>
    public static IConfiguration Settings(string[] args) => new ConfigurationBuilder().Add(Defaults()).AddEnvironmentVariables().AddCommandLine(args).Build();

    private static JsonConfigurationSource Defaults() => new() { Path = "appsettings.json", FileProvider = new PhysicalFileProvider(AppContext.BaseDirectory) };

    private static void Map(WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseRequestLocalization(); // before whatever may answer in words
        app.UseExceptionHandler(Faults.Handling);
        app.UseStatusCodePages(Faults.AnswerStatusAsync);
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<RequestPerson>();
        app.UseAntiforgery();

        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null); // ours says it
        app.MapHealth();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapSignIn();
        app.MapAttachments();
        app.MapPhotos();
        app.MapCalendar();
        app.MapPromptFiles();
        app.MapCardPhotos();
        app.MapExportFiles();
        app.MapImportFiles();

        var api = app.MapGroup("/api/v1").RequireAuthorization(ApiPolicy).DisableAntiforgery().AddEndpointFilter(Unreadable.FilterAsync).ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapContacts();
        api.MapAccounts();
        api.MapInteractions();
        api.MapCustomFields();
        api.MapFolders();
        api.MapTags();
        api.MapViews();
        api.MapBulkEdits();
        api.MapExports();
        api.MapDeletions();
        api.MapHistory();
        api.MapSearch();
        api.MapDuplicates();
        api.MapProfiles();
        api.MapAi();
        api.MapPrompts();
        api.MapTasks();
        api.MapNotifications();
        api.MapNightRuns();
        api.MapScores();
        api.MapActions();
        api.MapBriefs();
        api.MapScripts();
        api.MapAutomation();
        api.MapEnrichment();
        api.MapAttachmentsApi();
        api.MapCards();
        api.MapImports();
    }
}
