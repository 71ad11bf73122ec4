using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>Has a conversation read, by day and by night alike.</summary>
internal sealed class ConversationMaking(IConversationAnalyst analyst, TimeProvider time)
{
    /// <summary>Without a run where what stands says it already, or where only a stand-in could be asked and that is better.</summary>
    /// <param name="userId">On whose behalf.</param>
    public async Task<MadeConversation> MakeAsync(ConversationInput input, Guid userId, LastMade? last, CancellationToken ct)
    {
        var version = last is null ? "" : await analyst.VersionAsync(userId, input.ContactId, ct);
        if (last is not null && last.Digest.AsSpan().SequenceEqual(DigestOf(input, new(analyst.Name, version)))) return new(null, null, null);
        var watch = Stopwatch.StartNew();
        var (result, by) = await analyst.AnalyseAsync(input, userId, ct);
        var milliseconds = (int)watch.ElapsedMilliseconds;
        var digest = DigestOf(input, by);
        if (last?.Outdoes(by, digest, DigestOf(input, last.By)) == true) return new(null, null, by);
        var kept = ConversationCheck.Apply(input, result);
        return new(new()
        {
            Type = AiRunType.Conversation, UserId = userId, ContactId = input.ContactId, InteractionId = input.InteractionId, InputDigest = digest, Analyst = by.Analyst, AnalystVersion = by.Version,
            PromptVersion = by.PromptVersion, InputTokens = by.InputTokens, OutputTokens = by.OutputTokens, CostMicros = by.CostMicros, Milliseconds = milliseconds, Claims = kept?.Result.Findings.Count ?? 0,
            Dropped = kept?.Dropped ?? result.Findings.Count, ErrorCode = kept is null ? "analysis.uncited" : by.Note, At = time.GetUtcNow().UtcDateTime,
        }, kept?.Result, by);
    }

    /// <summary>Over everything the analyst reads and who made the result of it: what rules made in a model's stead is made anew when the model is back.</summary>
    public static byte[] DigestOf(ConversationInput input, AnalystMark by) =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { input = input with { Names = [], ContactId = null }, Name = by.Analyst, by.Version }, JsonColumns.Options));
}

/// <param name="Result">Null where nothing of it could be shown: the run's error code says so.</param>
/// <param name="By">Who was asked; null where nobody had to be.</param>
internal sealed record MadeConversation(AiRun? Run, ConversationResult? Result, AnalystMark? By);
