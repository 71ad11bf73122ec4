using System.Text;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Infrastructure.Conversations;
using CrmAi.Infrastructure.Data.Seed;

namespace CrmAi.Bench;

/// <summary>How the rules analyst's time grows with the length of the text.</summary>
internal static class Conversations
{
    public static async Task<int> RunAsync()
    {
        var analyst = new RulesConversationAnalyst();
        var now = new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.FromHours(8));
        var texts = DemoStory.Create(now).Interactions.Select(i => i.Content).ToList();
        Measure.Head();
        foreach (var length in (int[])[100, 1_000, 10_000, 100_000, Interaction.MaxContent])
        {
            var text = new StringBuilder();
            for (var i = 0; text.Length < length; i++) text.Append(texts[i % texts.Count]).Append('\n');
            var input = new ConversationInput(Guid.CreateVersion7(), InteractionType.WeChat, InteractionDirection.Inbound, now, text.ToString(0, length), ChatContext.At(now));
            await Measure.RunAsync($"{length:N0} characters", 5, async () => (await analyst.AnalyseAsync(input, Guid.Empty, default)).Result.Findings.Count);
        }
        return 0;
    }
}
