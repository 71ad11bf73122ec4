namespace CrmAi.Domain.AiRuns;

/// <summary>Who made a result, and what it cost.</summary>
/// <param name="Analyst">"rules", or the model's name.</param>
/// <param name="Version">Changes whenever the same input may give another result.</param>
/// <param name="PromptVersion">Null where no model was asked.</param>
/// <param name="CostMicros">Millionths of a yuan; null where nothing is paid.</param>
/// <param name="Note">Why the rules stood in for the model ("ai.off", "ai.budget", …); null where nobody stood in.</param>
public sealed record AnalystMark(string Analyst, string Version, string? PromptVersion = null, int? InputTokens = null, int? OutputTokens = null, long? CostMicros = null, string? Note = null);

/// <summary>What an analyst says, with its mark.</summary>
public sealed record Analysed<T>(T Result, AnalystMark By);
