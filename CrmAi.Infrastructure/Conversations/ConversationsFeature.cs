using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Conversations.Rules;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Interactions;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Infrastructure.PromptTexts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure.Conversations;

internal static class ConversationsFeature
{
    public static IServiceCollection AddConversations(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<ISpokenDates>(new SpokenDates(configuration["Conversations:Lexicons"] is { Length: > 0 } folder ? folder : LexiconFiles.DefaultFolder))
        .AddSingleton(Rules(configuration))
        .AddSingleton(s => new ModelConversationAnalyst(s.GetRequiredService<IModelCalls>(), s.GetRequiredService<RulesConversationAnalyst>(), s.GetRequiredService<PromptSource>().Of(ConversationAnswer.SchemaName), s.GetRequiredService<UserLanguages>().OfAsync))
        .AddPromptTask(AiRunType.Conversation, ConversationAnswer.SchemaName, ConversationAnswer.Schema)
        .AddSingleton<IPromptTrial, ConversationTrial>()
        .AddSingleton<IConversationAnalyst, ConversationAnalysts>()
        .AddSingleton<ConversationMaking>()
        .AddSingleton<ISavingRule, AnalysisRequests>()
        .AddSingleton<IAnalysisViews, AnalysisViews>()
        .AddSingleton<IAiStatus, AiStatus>()
        .AddScoped<IConversations, Conversations>()
        .AddJob<ConversationJob>();

    /// <summary>Lexicons of the company's own may lie in the folder that Conversations:Lexicons names; a mistake in one is told before anything is served.</summary>
    public static RulesConversationAnalyst Rules(IConfiguration configuration) =>
        configuration["Conversations:Lexicons"] is { Length: > 0 } folder ? new RulesConversationAnalyst(folder) : new RulesConversationAnalyst();
}
