using CrmAi.Domain.ContactFiles;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.ContactFiles;

internal static class ContactFilesFeature
{
    public static IServiceCollection AddContactFiles(this IServiceCollection services) => services.AddSingleton<IContactFiles, ContactFiles>();
}
