using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure.Platform.Ai;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.AiRuns;

internal sealed class ModelCalls(AiModels models, ModelExchanges exchanges, AiBudgets budgets, AiReservations reservations, AiLedger ledger, IOptions<AiOptions> options, TimeProvider time) : IModelCalls
{
    // How often another process's answer is looked for.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(25), LongestWait = TimeSpan.FromSeconds(1);

    private readonly SharedWork<ModelAnswer> underWay = new();

    public string? ModelOf(AiRunType task) => models.Of(task)?.Name;

    public Task<ModelAnswer> AskAsync(ModelQuestion question, CancellationToken ct) => SharedAsync(question, null, ct);

    public async Task<ModelAnswer> AskAsync(ModelQuestion question, Func<AnswerPart, ValueTask> arrived, CancellationToken ct)
    {
        var told = false;
        var answer = await SharedAsync(question, part =>
        {
            told = true;
            return arrived(part);
        }, ct);
        if (!told) await arrived(new(answer.Content.GetRawText(), 1));
        return answer;
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

    private async Task<ModelAnswer> SharedAsync(ModelQuestion question, Func<AnswerPart, ValueTask>? arrived, CancellationToken ct)
    {
        var model = models.Of(question.Task) ?? throw new ModelUnavailableException("ai.off");
        await budgets.CheckSwitchAsync(ct);
        var digest = DigestOf(model.Name, question);
        // Streamed where the one who sets it off reads it so; who joins hears the same pieces, or the whole.
        var (answer, isOwn) = await underWay.DoAsync(Convert.ToHexString(digest), (soFar, stop) => AnswerAsync(model, question, digest, arrived is null ? null : soFar, stop), arrived, ct);
        return isOwn ? answer : answer with { CostMicros = 0, FromCache = true };
    }

    private async Task<ModelAnswer> AnswerAsync(AiModel model, ModelQuestion question, byte[] digest, AnswerSoFar? soFar, CancellationToken ct)
    {
        var ask = new ChatAsk(question.Instructions, question.Data, question.SchemaName, question.Schema) { Before = budgets.CheckSwitchAsync };
        // As long as a question and its repair may take: who keeps another waiting for longer does not come to an end.
        var (began, patience) = (time.GetTimestamp(), 2 * options.Value.Attempts * model.Timeout);
        for (var wait = ShortestWait; ; wait = wait < LongestWait ? wait * 2 : LongestWait)
        {
            if (await KnownAsync(digest, ct) is { } known) return known;
            await using (var hold = await reservations.TakeAsync(digest, MostOf(model, ask), ct))
            {
                // Between the look and the taking another process may have been answered.
                if (hold is not null && (await KnownAsync(digest, ct) ?? await AskAsync(model, question, hold, ask, soFar, ct)) is { } answer) return answer;
            }
            if (time.GetElapsedTime(began) > patience) throw new ModelUnavailableException("ai.timeout");
            await Task.Delay(wait, time, ct);
        }
    }

    // Null: somebody else has the question by now.
    private async Task<ModelAnswer?> AskAsync(AiModel model, ModelQuestion question, AiHold hold, ChatAsk ask, AnswerSoFar? soFar, CancellationToken ct)
    {
        var first = await exchanges.AskAsync(model, question, hold, ask, soFar, ct);
        if (first.Content is { } content) return Answer(content, first.Call, null);
        var again = ask with { Repair = (first.Text, first.Fault!) };
        if (!await reservations.SetAsideAsync(hold, MostOf(model, again), ct)) return null;
        var second = await exchanges.AskAsync(model, question, hold, again, soFar, ct);
        return second.Content is { } repaired ? Answer(repaired, second.Call, first.Call) : throw new ModelUnavailableException("ai.schema");
    }

    private async Task<ModelAnswer?> KnownAsync(byte[] digest, CancellationToken ct) => await ledger.AnsweredAsync(digest, ct) is { } known
        ? new(AnswerText.Parse(known.Output!), known.Model, known.InputTokens, known.OutputTokens, 0, 0, FromCache: true, known.Outcome == AiCallOutcome.Repaired) : null;

    private static long MostOf(AiModel model, ChatAsk ask) => model.CostOf(ask.InputEstimate, model.MaxOutputTokens);

    private static ModelAnswer Answer(JsonElement content, AiCall call, AiCall? before) => new(content, call.Model, call.InputTokens + (before?.InputTokens ?? 0), call.OutputTokens + (before?.OutputTokens ?? 0),
        call.CostMicros + (before?.CostMicros ?? 0), call.Milliseconds + (before?.Milliseconds ?? 0), FromCache: false, Repaired: before is not null);
}
