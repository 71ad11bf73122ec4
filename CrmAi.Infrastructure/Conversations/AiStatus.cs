using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;

namespace CrmAi.Infrastructure.Conversations;

internal sealed class AiStatus(IConversationAnalyst analyst) : IAiStatus
{
    public string Analyst => analyst.Name;

    public string Version => analyst.Version;
}
