using CrmAi.Domain.AiRuns;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>Where no model is configured.</summary>
internal sealed class NoModelCalls : IModelCalls
{
    public string? ModelOf(AiRunType task) => null;

    public Task<ModelAnswer> AskAsync(ModelQuestion question, CancellationToken ct) => throw new ModelUnavailableException("ai.off");
}
