using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Profiles.Rules;

namespace CrmAi.Infrastructure.Profiles;

/// <summary>Has a language model make a profile: of texts without names, numbers and addresses, and believed only as far as it quotes.</summary>
/// <param name="language">The language of a user's pages.</param>
internal sealed class ModelProfileAnalyst(IModelCalls calls, Prompts prompts, Func<Guid, CancellationToken, Task<string>> language) : IProfileAnalyst
{
    /// <summary>Of all texts together, the newest first, and of one among them.</summary>
    public const int MostCharacters = 60_000, MostOfOne = 8_000;

    // Less than this of a conversation says nothing.
    private const int Least = 400;

    public string Name => calls.ModelOf(AiRunType.Profile) ?? "";

    public string Version => prompts.Version;

    public async Task<string> VersionAsync(Guid userId, Guid? contactId, CancellationToken ct) => (await prompts.ForAsync(userId, contactId, ct)).Version;

    /// <exception cref="ModelUnavailableException">The model gives no answer.</exception>
    public async Task<Analysed<IReadOnlyList<ProfileClaim>>> AnalyseAsync(ProfileInput input, Guid userId, CancellationToken ct)
    {
        var told = await prompts.ForAsync(userId, input.ContactId, ct);
        if (input.Conversations.Count == 0) return new([], new(Name, told.Version));
        var data = new QuestionData(new(NamesIn(input)));
        var room = MostCharacters;
        var talks = new List<QuestionData.Talk>();
        foreach (var c in input.Conversations.Reverse())
        {
            if (room < Least) break;
            ct.ThrowIfCancellationRequested();
            var talk = data.Add(c.InteractionId, c.Type.ToString(), c.Direction.ToString(), c.At, c.Text, Math.Min(room, MostOfOne));
            talks.Add(talk);
            room -= talk.Text.Length;
        }
        var facts = new
        {
            title = data.Mask(input.Facts.Title),
            seniority = input.Facts.Seniority?.ToString(),
            decision_maker = input.Facts.DecisionMaker,
            budget_authority = input.Facts.BudgetAuthority?.ToString(),
            stage = input.Facts.Stage.ToString(),
            industry = data.Mask(input.Facts.Industry),
        };
        var prompt = told.In(await language(userId, ct));
        var instructions = prompt.Instructions(data);
        var text = QuestionData.Write(new { placeholders = data.Roles, record = facts, conversations_left_out = input.Conversations.Count - talks.Count, conversations = talks });
        var answer = await calls.AskAsync(new(AiRunType.Profile, prompt.Version, instructions, text, ProfileAnswer.SchemaName, ProfileAnswer.Schema, userId, input.ContactId, null) { IsPreview = told.IsPreview }, ct);
        var claims = new ProfileAnswers(input, data).Claims(AnswerShape.Read<ProfileAnswer>(answer.Content));
        var kept = ProfileCheck.Apply(input, claims)?.Claims ?? [];
        return new([.. claims, .. kept.Count == 0 ? [] : Prospects.Of(new ProfileReading(input), kept)], new(Name, told.Version, prompt.Version, answer.InputTokens, answer.OutputTokens, answer.CostMicros));
    }

    private static IEnumerable<KnownName> NamesIn(ProfileInput input)
    {
        // The newest texts are those that may leave; who speaks in them is taken out wherever they are named.
        var context = ChatContext.At(input.AsOf) with
        {
            ContactNames = [.. input.Names.Where(n => n.Role == NameRole.Customer).Select(n => n.Name)],
            RepNames = [.. input.Names.Where(n => n.Role == NameRole.Us).Select(n => n.Name)],
        };
        var (room, speakers) = (MostCharacters, new List<KnownName>());
        foreach (var c in input.Conversations.Reverse())
        {
            if (room < Least) break;
            speakers.AddRange(ChatParser.Parse(c.Text, context).Speakers.Select(s => new KnownName(s.Name, SpeakerRoles.RoleOf(s.Side))));
            room -= Math.Min(c.Text.Length, MostOfOne);
        }
        return [.. input.Names, .. speakers];
    }
}
