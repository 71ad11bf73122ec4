using CrmAi.Domain.AiRuns;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>The result that stands at present, and who made it.</summary>
internal sealed record LastMade(byte[] Digest, AnalystMark By)
{
    /// <summary>Whether it stays where another came of the same input: the rules never take a model's place, nor say twice what they said.</summary>
    /// <param name="digest">Of the new result.</param>
    /// <param name="sameInput">Of the present input with this one's maker.</param>
    public bool Outdoes(AnalystMark by, byte[] digest, byte[] sameInput) =>
        by.PromptVersion is null && (By.PromptVersion is not null ? Digest.AsSpan().SequenceEqual(sameInput) : Digest.AsSpan().SequenceEqual(digest) && (by.Note is null) == (By.Note is null));
}
