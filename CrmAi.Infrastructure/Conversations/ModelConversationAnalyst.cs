using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Infrastructure.AiRuns;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>Has a language model read a conversation: without names, numbers and addresses, and believed only as far as it quotes.</summary>
/// <param name="language">The language of a user's pages.</param>
internal sealed class ModelConversationAnalyst(IModelCalls calls, RulesConversationAnalyst rules, Prompts prompts, Func<Guid, CancellationToken, Task<string>> language) : IConversationAnalyst
{
    /// <summary>Of one text; the rest of a longer one stays at home.</summary>
    public const int MostCharacters = 24_000;

    public string Name => calls.ModelOf(AiRunType.Conversation) ?? "";

    public string Version => prompts.Version;

    public async Task<string> VersionAsync(Guid userId, Guid? contactId, CancellationToken ct) => (await prompts.ForAsync(userId, contactId, ct)).Version;

    /// <exception cref="ModelUnavailableException">The model gives no answer.</exception>
    public async Task<Analysed<ConversationResult>> AnalyseAsync(ConversationInput input, Guid userId, CancellationToken ct)
    {
        var (byRules, _) = await rules.AnalyseAsync(input, userId, ct);
        var told = await prompts.ForAsync(userId, input.ContactId, ct);
        if (string.IsNullOrWhiteSpace(input.Text)) return new(byRules, new(Name, told.Version));
        var data = new QuestionData(new(NamesIn(input)));
        var talk = data.Add(input.InteractionId, input.Type.ToString(), input.Direction.ToString(), input.At, input.Text, MostCharacters);
        var prompt = told.In(await language(userId, ct));
        var instructions = prompt.Instructions(data);
        var text = QuestionData.Write(new { placeholders = data.Roles, conversations = new[] { talk } });
        var answer = await calls.AskAsync(new(AiRunType.Conversation, prompt.Version, instructions, text, ConversationAnswer.SchemaName, ConversationAnswer.Schema, userId, input.ContactId, input.InteractionId) { IsPreview = told.IsPreview }, ct);
        var result = new ConversationAnswers(input, data, byRules).Result(AnswerShape.Read<ConversationAnswer>(answer.Content));
        return new(result, new(Name, told.Version, prompt.Version, answer.InputTokens, answer.OutputTokens, answer.CostMicros));
    }

    // Also those who speak in the text itself, whoever they are.
    private static IEnumerable<KnownName> NamesIn(ConversationInput input) =>
        [.. input.Names, .. input.Chat.ContactNames.Select(n => new KnownName(n, NameRole.Customer)), .. input.Chat.RepNames.Select(n => new KnownName(n, NameRole.Us)),
            .. input.Chat.Speakers.Select(s => new KnownName(s.Key, SpeakerRoles.RoleOf(s.Value))), .. ChatParser.Parse(input.Text, input.Chat).Speakers.Select(s => new KnownName(s.Name, SpeakerRoles.RoleOf(s.Side)))];
}
