using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Accounts;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Briefs;
using CrmAi.Infrastructure.BulkEdits;
using CrmAi.Infrastructure.BusinessCards;
using CrmAi.Infrastructure.ContactFiles;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Conversations;
using CrmAi.Infrastructure.CustomFields;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Data.Seed;
using CrmAi.Infrastructure.Deletions;
using CrmAi.Infrastructure.Duplicates;
using CrmAi.Infrastructure.Enrichment;
using CrmAi.Infrastructure.Exports;
using CrmAi.Infrastructure.History;
using CrmAi.Infrastructure.Imports;
using CrmAi.Infrastructure.Interactions;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Infrastructure.NextActions;
using CrmAi.Infrastructure.NightRuns;
using CrmAi.Infrastructure.Notifications;
using CrmAi.Infrastructure.Platform.Ai;
using CrmAi.Infrastructure.Platform.CompanyData;
using CrmAi.Infrastructure.Platform.Encryption;
using CrmAi.Infrastructure.Platform.Files;
using CrmAi.Infrastructure.Platform.Identity;
using CrmAi.Infrastructure.Platform.Jobs;
using CrmAi.Infrastructure.Platform.Live;
using CrmAi.Infrastructure.Platform.Ocr;
using CrmAi.Infrastructure.Profiles;
using CrmAi.Infrastructure.PromptTexts;
using CrmAi.Infrastructure.Scoring;
using CrmAi.Infrastructure.Scripts;
using CrmAi.Infrastructure.Search;
using CrmAi.Infrastructure.Tasks;
using CrmAi.Infrastructure.Users;
using CrmAi.Infrastructure.Views;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CrmAi.Infrastructure;

/// <summary>Everything behind the pages, put together once.</summary>
public static class InfrastructureFeature
{
    /// <exception cref="InvalidOperationException">A setting that cannot be done without is missing or no good; the message says which.</exception>
    public static IServiceCollection AddInfrastructure(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var storage = Storage.From(configuration);
        var keyFile = configuration["Keys:File"];
        var embedded = environment.IsDevelopment() && !storage.SqlServer;
        if (string.IsNullOrEmpty(keyFile) && !embedded)
            throw new InvalidOperationException("Keys:File is not set. Outside development the key ring must be named: make one with the verb 'keys FILE' and keep a copy outside the database.");
        var keys = KeyRing.Load(string.IsNullOrEmpty(keyFile) ? Path.Combine(storage.Folder, "keys.json") : keyFile, makeWhenMissing: embedded);
        services.AddSingleton(TimeProvider.System);
        services.AddData(storage, keys);
        services.AddSingleton<LostFiles>();
        services.AddSingleton<IFileStore>(new FolderFileStore(Path.Combine(storage.Folder, "files")));
        services.AddSingleton<InProcessLiveUpdates>().AddSingleton<ILiveUpdates>(provider => provider.GetRequiredService<InProcessLiveUpdates>());
        services.AddLogins(storage, demo: environment.IsDevelopment());
        services.AddAi(configuration).AddOcr(configuration);
        services.AddCompanyData(configuration, environment.IsProduction());
        services.AddJobs(configuration).AddScheduler(storage, configuration);
        services.AddSingleton<IDatabases, Databases>().AddScoped<IAdministrators, Administrators>().AddSingleton<IAuditChain, AuditChain>();
        services.AddSingleton<DemoLogins>().AddSingleton<IDemoSeed, DemoSeed>();
        return services
            .AddHistory()
            .AddUsers()
            .AddAccounts()
            .AddContacts()
            .AddInteractions()
            .AddAiRuns(configuration)
            .AddPromptTexts()
            .AddConversations(configuration)
            .AddProfiles()
            .AddScoring()
            .AddNextActions()
            .AddScripts()
            .AddBriefs()
            .AddNightRuns(configuration)
            .AddCustomFields()
            .AddViews()
            .AddContactFiles()
            .AddExports()
            .AddBulkEdits()
            .AddDeletions()
            .AddSearch()
            .AddDuplicates()
            .AddEnrichment()
            .AddCards(configuration)
            .AddImports()
            .AddTasks()
            .AddNotifications(); // last: its rule runs behind those that tell somebody
    }
}
