namespace CrmAi.Domain.Shared;

/// <summary>The place a claim rests on: a run of characters in one interaction's text.</summary>
/// <param name="InteractionId">The interaction whose <c>Content</c> is quoted.</param>
/// <param name="Start">Index of the first UTF-16 code unit, from 0.</param>
/// <param name="Length">Number of UTF-16 code units, at least 1.</param>
public readonly record struct Evidence(Guid InteractionId, int Start, int Length)
{
    /// <summary>The quoted characters, or null where the text has no such place.</summary>
    public string? QuoteIn(string text) =>
        Start >= 0 && Length > 0 && Start <= text.Length - Length ? text.Substring(Start, Length) : null;
}
