using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Conversations;

namespace CrmAi.Infrastructure.Profiles;

/// <summary>As with conversations: the configured model, and the rules where none is or where it gives no answer.</summary>
internal sealed class ProfileAnalysts(IModelCalls calls, ModelProfileAnalyst model, RulesProfileAnalyst rules) : IProfileAnalyst
{
    public string Name => calls.ModelOf(AiRunType.Profile) is null ? rules.Name : model.Name;

    public string Version => calls.ModelOf(AiRunType.Profile) is null ? rules.Version : model.Version;

    public Task<string> VersionAsync(Guid userId, Guid? contactId, CancellationToken ct) => calls.ModelOf(AiRunType.Profile) is null ? Task.FromResult(rules.Version) : model.VersionAsync(userId, contactId, ct);

    public async Task<Analysed<IReadOnlyList<ProfileClaim>>> AnalyseAsync(ProfileInput input, Guid userId, CancellationToken ct)
    {
        if (calls.ModelOf(AiRunType.Profile) is null) return await rules.AnalyseAsync(input, userId, ct);
        try
        {
            var said = await model.AnalyseAsync(input, userId, ct);
            return ProfileCheck.Apply(input, said.Result) is not null ? said : await StandInAsync(ConversationAnalysts.Uncited, said.By);
        }
        catch (ModelUnavailableException unavailable)
        {
            return await StandInAsync(unavailable.Code, null);
        }

        async Task<Analysed<IReadOnlyList<ProfileClaim>>> StandInAsync(string why, AnalystMark? paid)
        {
            var (claims, by) = await rules.AnalyseAsync(input, userId, ct);
            return new(claims, by with { Note = why, InputTokens = paid?.InputTokens, OutputTokens = paid?.OutputTokens, CostMicros = paid?.CostMicros });
        }
    }
}
