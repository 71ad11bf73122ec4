using System.Text;
using CrmAi.Infrastructure.Conversations.Rules;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>Whether an amount that a model names stands in the words that it quotes: 800,000 in "八十万" or "800k", not in "80" or "too dear".</summary>
internal static class Figures
{
    /// <summary>More than this is no deal of ours.</summary>
    public const decimal Most = 1_000_000_000_000m;

    // What is rounded on the way through a floating point number is still the same.
    private const decimal Slack = 0.001m;

    public static bool Support(string quote, decimal amount) =>
        amount is > 0 and <= Most && Amounts.ValuesIn(quote.Normalize(NormalizationForm.FormKC).ToLowerInvariant()).Any(v => Math.Abs(v - amount) <= Slack * amount);
}
