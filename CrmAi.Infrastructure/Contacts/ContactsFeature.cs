using CrmAi.Domain.Contacts;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using CrmAi.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Contacts;

internal static class ContactsFeature
{
    public static IServiceCollection AddContacts(this IServiceCollection services) => services
        .AddSingleton<ISavingRule, ContactIndexing>()
        .AddSingleton<ISavingRule, TagIndexing>()
        .AddSingleton<ISavingRule, FolderPlaces>()
        .AddSingleton<ContactCounts>()
        .AddSingleton<ISavingRule>(provider => provider.GetRequiredService<ContactCounts>())
        .AddScoped<ContactReading>()
        .AddScoped<IContacts, Contacts>()
        .AddSingleton<IRestorable, ContactRestore>()
        .AddScoped<IFolders, Folders>()
        .AddSingleton<IRestorable, FolderRestore>()
        .AddScoped<ITags, Tags>()
        .AddSingleton<IRestorable, TagRestore>()
        .AddJob<TagIndexJob>()
        .AddScoped<IContactPhotos, ContactPhotos>()
        .AddSingleton<RemovedPhotos>();
}
