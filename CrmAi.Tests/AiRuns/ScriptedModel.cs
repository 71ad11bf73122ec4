using System.Collections.Concurrent;
using System.Text.Json;
using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure.AiRuns;

namespace CrmAi.Tests.AiRuns;

/// <summary>A model that answers as told, or not at all, and keeps what it was asked.</summary>
internal sealed class ScriptedModel : IModelCalls
{
    public ConcurrentQueue<ModelQuestion> Asked { get; } = [];

    /// <summary>Null: none is configured.</summary>
    public string? Model { get; set; } = "test-model";

    /// <summary>Why there is no answer; null where there is one.</summary>
    public string? Unavailable { get; set; }

    public Func<ModelQuestion, string> Answer { get; set; } = _ => "{}";

    public string? ModelOf(AiRunType task) => Model;

    public Task<ModelAnswer> AskAsync(ModelQuestion question, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Asked.Enqueue(question);
        if (Unavailable is { } why) throw new ModelUnavailableException(why);
        using var content = JsonDocument.Parse(Answer(question));
        return Task.FromResult(new ModelAnswer(content.RootElement.Clone(), Model!, 1200, 300, 4500, 20, false, false));
    }

    /// <summary>In pieces of eight characters.</summary>
    public async Task<ModelAnswer> AskAsync(ModelQuestion question, Func<AnswerPart, ValueTask> arrived, CancellationToken ct)
    {
        var answer = await AskAsync(question, ct);
        foreach (var piece in answer.Content.GetRawText().Chunk(8)) await arrived(new(new(piece), 1));
        return answer;
    }
}

/// <summary>Answers in the form that is asked for.</summary>
internal static class Said
{
    public static string Conversation(string sentiment = "Neutral", string? sentimentQuote = null, string? disc = null, string[]? discQuotes = null, string? stage = null, string? stageQuote = null, string[]? summary = null,
        string? next = null, string? nextQuote = null, string? due = null, object[]? findings = null, string[]? injections = null) => JsonSerializer.Serialize(new
        {
            sentiment = new { value = sentiment, confidence = 0.9, quote = sentimentQuote },
            disc = new { type = disc, confidence = 0.8, quotes = discQuotes ?? [] },
            stage = new { value = stage, confidence = 0.8, quote = stageQuote },
            summary = summary ?? [],
            next_action = new { kind = next, quote = nextQuote, due },
            findings = findings ?? [],
            injections = injections ?? [],
        });

    public static object Finding(string kind, string quote, string? detail = null, double? amount = null, string? currency = null, string? date = null, string? time = null, double confidence = 0.9) =>
        new { kind, quote, confidence, detail, amount, currency, date, time };

    public static string Profile(params object[] claims) => JsonSerializer.Serialize(new { claims });

    public static object Claim(string key, string? value, (string Conversation, string Quote)[] evidence, double? level = null, double? amount = null, string? currency = null, string? date = null, double confidence = 0.95) =>
        new { key, value, level, amount, currency, date, confidence, evidence = evidence.Select(e => new { conversation = e.Conversation, quote = e.Quote }) };

    /// <summary>What the question holds, as the model sees it.</summary>
    public static (string Id, string Text)[] Texts(ModelQuestion question)
    {
        using var data = JsonDocument.Parse(question.Data);
        return [.. data.RootElement.GetProperty("conversations").EnumerateArray().Select(c => (c.GetProperty("id").GetString()!, c.GetProperty("text").GetString()!))];
    }
}
