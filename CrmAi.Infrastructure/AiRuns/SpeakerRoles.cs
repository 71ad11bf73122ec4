using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Interactions;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>Whose names speak in a text.</summary>
internal static class SpeakerRoles
{
    public static NameRole RoleOf(ChatSide side) => side switch { ChatSide.Us => NameRole.Us, ChatSide.Customer => NameRole.Customer, _ => NameRole.Other };
}
