using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Scripts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Infrastructure.PromptTexts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Scripts;

internal static class ScriptsFeature
{
    public static IServiceCollection AddScripts(this IServiceCollection services) => services
        .AddSingleton(s => new RulesScriptAnalyst(s.GetRequiredService<Domain.Conversations.ISpokenDates>()))
        .AddSingleton(s => new ModelScriptAnalyst(s.GetRequiredService<IModelCalls>(), s.GetRequiredService<PromptSource>().Of(ScriptAnswer.SchemaName), s.GetRequiredService<UserLanguages>().OfAsync))
        .AddPromptTask(AiRunType.Script, ScriptAnswer.SchemaName, ScriptAnswer.Schema)
        .AddSingleton<IPromptTrial, ScriptTrial>()
        .AddSingleton<ScriptAnalysts>()
        .AddSingleton<ISavingRule, ScriptTopics>()
        .AddScoped<IScripts, Scripts>()
        .AddJob<ScriptJob>();
}

/// <summary>A person's other windows hear that words were asked for or changed.</summary>
internal sealed class ScriptTopics : ISavingRule
{
    public Task BeforeAsync(AppDbContext db, CancellationToken ct) => Task.CompletedTask;

    public IEnumerable<LiveTopic> Topics(AppDbContext db) =>
        db.ChangeTracker.Entries<ScriptDraft>().Where(e => e.State is EntityState.Added or EntityState.Modified).Select(e => LiveTopic.ScriptsFor(e.Entity.SuggestionId));
}
