using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure.Platform.Ai;

namespace CrmAi.Infrastructure.AiRuns;

internal sealed class ModelCalls(AiModels models, IChatModel chat, AiBudgets budgets, AiLedger ledger, TimeProvider time) : IModelCalls
{
    // Asked for nothing, refused by us: nothing reached the model.
    private static readonly HashSet<string> Unasked = ["ai.off", "ai.budget", "ai.breaker"];

    private readonly SharedWork<ModelAnswer> underWay = new();

    public string? ModelOf(AiRunType task) => models.Of(task)?.Name;

    public async Task<ModelAnswer> AskAsync(ModelQuestion question, CancellationToken ct)
    {
        var model = models.Of(question.Task) ?? throw new ModelUnavailableException("ai.off");
        await budgets.CheckSwitchAsync(ct);
        var digest = DigestOf(model.Name, question);
        var (answer, isOwn) = await underWay.DoAsync(Convert.ToHexString(digest), stop => AnswerAsync(model, question, digest, stop), ct);
        return isOwn ? answer : answer with { CostMicros = 0, FromCache = true };
    }

    /// <summary>Equal digests are one question. Each part goes with its length, so that nothing moves from one to the next.</summary>
    public static byte[] DigestOf(string model, ModelQuestion question)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (string[])[model, question.PromptVersion, question.Instructions, question.Data, question.Schema])
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes((long)bytes.Length));
            hash.AppendData(bytes);
        }
        return hash.GetHashAndReset();
    }

    private async Task<ModelAnswer> AnswerAsync(AiModel model, ModelQuestion question, byte[] digest, CancellationToken ct)
    {
        if (await ledger.AnsweredAsync(digest, ct) is { } known)
            return new(Parse(known.Output!), known.Model, known.InputTokens, known.OutputTokens, 0, 0, FromCache: true, known.Outcome == AiCallOutcome.Repaired);
        var ask = new ChatAsk(question.Instructions, question.Data, question.SchemaName, question.Schema) { Before = budgets.CheckSwitchAsync };
        var first = await ExchangeAsync(model, question, digest, ask, ct);
        if (first.Content is { } content) return Answer(content, first.Call, null);
        var second = await ExchangeAsync(model, question, digest, ask with { Repair = (first.Text, first.Fault!) }, ct);
        return second.Content is { } repaired ? Answer(repaired, second.Call, first.Call) : throw new ModelUnavailableException("ai.schema");
    }

    private async Task<Exchange> ExchangeAsync(AiModel model, ModelQuestion question, byte[] digest, ChatAsk ask, CancellationToken ct)
    {
        using var held = await budgets.ReserveAsync(model.CostOf(ask.InputEstimate, model.MaxOutputTokens), ct);
        var began = time.GetTimestamp();
        ChatReply reply;
        try
        {
            reply = await chat.AskAsync(model, ask, ct);
        }
        catch (ModelUnavailableException none) when (!Unasked.Contains(none.Code))
        {
            await ledger.AddAsync(Row(AiCallOutcome.Failed, none.Code, null, new("", 0, 0, false)));
            throw;
        }
        var (content, fault) = Read(reply, question.Schema);
        var outcome = content is null ? AiCallOutcome.Misfit : ask.Repair is null ? AiCallOutcome.Answered : AiCallOutcome.Repaired;
        var call = Row(outcome, content is null ? "ai.schema" : null, content?.GetRawText(), reply);
        await ledger.AddAsync(call);
        return new(call, reply.Text, content, fault);

        AiCall Row(AiCallOutcome came, string? error, string? output, ChatReply spent) => new()
        {
            At = time.GetUtcNow().UtcDateTime, Task = question.Task, Model = model.Name, PromptVersion = question.PromptVersion, Digest = digest, UserId = question.UserId, ContactId = question.ContactId, InteractionId = question.InteractionId,
            InputTokens = spent.InputTokens, OutputTokens = spent.OutputTokens, CostMicros = model.CostOf(spent.InputTokens, spent.OutputTokens), Milliseconds = (int)Math.Min(int.MaxValue, time.GetElapsedTime(began).TotalMilliseconds),
            Outcome = came, ErrorCode = error, Output = output,
        };
    }

    private static (JsonElement? Content, string? Fault) Read(ChatReply reply, string schema)
    {
        if (reply.Truncated) return (null, "it was cut off before its end; be shorter");
        if (string.IsNullOrWhiteSpace(reply.Text)) return (null, "it was empty");
        try
        {
            var content = Parse(Unfenced(reply.Text));
            using var shape = JsonDocument.Parse(schema);
            return SchemaCheck.Fault(shape.RootElement, content) is { } fault ? (null, fault) : (content, null);
        }
        catch (JsonException)
        {
            return (null, "it is not JSON alone");
        }
    }

    // Many models put JSON into a Markdown fence, whatever they are told.
    private static string Unfenced(string text)
    {
        var trimmed = text.AsSpan().Trim();
        var line = trimmed.IndexOf('\n');
        return line > 0 && trimmed.StartsWith("```") && trimmed.EndsWith("```") && line < trimmed.Length - 3 ? trimmed[(line + 1)..^3].ToString() : text;
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json, new() { AllowDuplicateProperties = false });
        return document.RootElement.Clone();
    }

    private static ModelAnswer Answer(JsonElement content, AiCall call, AiCall? before) => new(content, call.Model, call.InputTokens + (before?.InputTokens ?? 0), call.OutputTokens + (before?.OutputTokens ?? 0),
        call.CostMicros + (before?.CostMicros ?? 0), call.Milliseconds + (before?.Milliseconds ?? 0), FromCache: false, Repaired: before is not null);

    private sealed record Exchange(AiCall Call, string Text, JsonElement? Content, string? Fault);
}
