using System.Text;
using System.Text.Json;
using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure.Platform.Ai;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>One question and one answer, which need not fit: the row it left in the ledger, and what is wrong with it.</summary>
internal sealed record Exchange(AiCall Call, string Text, JsonElement? Content, string? Fault);

/// <summary>Sends what may be sent, and puts on record what came of it.</summary>
internal sealed class ModelExchanges(IChatModel chat, AiLedger ledger, TimeProvider time)
{
    // Asked for nothing, refused by us: nothing reached the model.
    private static readonly HashSet<string> Unasked = ["ai.off", "ai.budget", "ai.breaker"];

    /// <param name="hold">What it may cost is set aside in it. It goes with the answer, and with a refusal; a first answer that does not fit leaves it.</param>
    /// <param name="soFar">Told the pieces as they come; null where the answer is waited for as a whole.</param>
    /// <exception cref="ModelUnavailableException">No answer; what a model was asked for is on record, also what broke off.</exception>
    public async Task<Exchange> AskAsync(AiModel model, ModelQuestion question, AiHold hold, ChatAsk ask, AnswerSoFar? soFar, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        var (came, wasSent) = (new StringBuilder(), false);
        var before = ask.Before;
        ask = ask with
        {
            Before = async token =>
            {
                if (before is not null) await before(token);
                wasSent = true;
            },
        };
        ChatReply reply;
        try
        {
            reply = soFar is null ? await chat.AskAsync(model, ask, ct) : await StreamAsync(model, ask, soFar, came, ct);
        }
        catch (Exception fault) when (came.Length > 0 || (fault is ModelUnavailableException none && !Unasked.Contains(none.Code)) || (fault is OperationCanceledException && wasSent))
        {
            // A model that began to answer, or was left while it thought, is paid for, though nobody has the use of it; it counts at the end, so this is an estimate.
            var spent = came.Length == 0 && fault is not OperationCanceledException ? new("", 0, 0, false) : new ChatReply("", ask.InputEstimate, Tokens.Estimate(came.ToString()), Truncated: true);
            await ledger.AddAsync(Row(AiCallOutcome.Failed, CodeOf(fault), null, spent), hold, goesOn: false);
            throw;
        }
        var (content, misfit) = AnswerText.Read(reply, question.Schema);
        var outcome = content is null ? AiCallOutcome.Misfit : ask.Repair is null ? AiCallOutcome.Answered : AiCallOutcome.Repaired;
        var call = Row(outcome, content is null ? "ai.schema" : null, content?.GetRawText(), reply);
        await ledger.AddAsync(call, hold, goesOn: content is null && ask.Repair is null);
        return new(call, reply.Text, content, misfit);

        AiCall Row(AiCallOutcome came, string? error, string? output, ChatReply spent) => new()
        {
            At = time.GetUtcNow().UtcDateTime, Task = question.Task, Model = model.Name, PromptVersion = question.PromptVersion, Digest = hold.Digest, UserId = question.UserId, ContactId = question.ContactId, InteractionId = question.InteractionId,
            InputTokens = spent.InputTokens, OutputTokens = spent.OutputTokens, CostMicros = model.CostOf(spent.InputTokens, spent.OutputTokens), Milliseconds = (int)Math.Min(int.MaxValue, time.GetElapsedTime(began).TotalMilliseconds),
            Outcome = came, ErrorCode = error, Output = output, IsPreview = question.IsPreview,
        };
    }

    private async Task<ChatReply> StreamAsync(AiModel model, ChatAsk ask, AnswerSoFar soFar, StringBuilder came, CancellationToken ct)
    {
        await foreach (var piece in chat.StreamAsync(model, ask, ct))
        {
            if (piece.Text.Length > 0)
            {
                came.Append(piece.Text);
                soFar.Add(piece.Text, ask.Repair is null ? 1 : 2);
            }
            if (piece.End is { } whole) return whole;
        }
        throw new ModelUnavailableException("ai.fault"); // it ended without its end
    }

    private static string CodeOf(Exception fault) => fault switch
    {
        ModelUnavailableException none => none.Code,
        OperationCanceledException => "ai.left",
        _ => "ai.fault",
    };
}
