using CrmAi.Domain.Imports;
using CrmAi.Infrastructure.History;
using CrmAi.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Imports;

internal static class ImportsFeature
{
    public static IServiceCollection AddImports(this IServiceCollection services) => services
        .AddScoped<IImports, Imports>()
        .AddScoped<IChangeGroups, ImportGroups>()
        .AddSingleton<ImportUploads>()
        .AddSingleton<ImportReports>()
        .AddSingleton<ImportSources>()
        .AddSingleton<BatchWriting>()
        .AddSingleton<ContactTermWriting>()
        .AddSingleton<ImportReversal>()
        .AddSingleton<LabelReversal>()
        .AddSingleton<TermRemoval>()
        .AddSingleton<OldImports>()
        .AddJob<ImportCheckJob>()
        .AddJob<ImportRunJob>()
        .AddJob<ImportUndoJob>();
}
