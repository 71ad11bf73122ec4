using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>A conversation with what a person read out of it. Dates are ISO, amounts in yuan.</summary>
public sealed record LabelledCase(
    string Id, string Type, string Direction, DateTimeOffset Date, string Text, CaseLabels Labels)
{
    public ConversationInput Input => new(
        Guid.Empty,
        Enum.TryParse<InteractionType>(Type, ignoreCase: true, out var type) ? type : InteractionType.Other,
        Enum.TryParse<InteractionDirection>(Direction, ignoreCase: true, out var direction) ? direction : InteractionDirection.Inbound,
        Date, Text, ChatContext.At(Date));
}

public sealed record CaseObjection(string Quote, string Kind);

public sealed record CaseBudget(string Quote, [property: JsonPropertyName("amount_cny")] decimal AmountCny);

public sealed record CaseFollowUp(string Quote, string? Date, string? Time);

public sealed record CaseLabels(
    string Sentiment,
    [property: JsonPropertyName("buying_signals")] IReadOnlyList<string> BuyingSignals,
    IReadOnlyList<CaseObjection> Objections,
    [property: JsonPropertyName("pain_points")] IReadOnlyList<string> PainPoints,
    IReadOnlyList<string> Competitors,
    CaseBudget? Budget,
    [property: JsonPropertyName("decision_makers")] IReadOnlyList<string> DecisionMakers,
    [property: JsonPropertyName("follow_up")] CaseFollowUp? FollowUp,
    string Disc,
    [property: JsonPropertyName("stage_hint")] string StageHint,
    bool Injection)
{
    /// <summary>Yuan for one unit, coarse: good enough to compare an amount, not to book it.</summary>
    static readonly Dictionary<string, decimal> Yuan = new() { ["CNY"] = 1, ["USD"] = 7.1m, ["EUR"] = 7.8m, ["GBP"] = 9.2m, ["HKD"] = 0.91m, ["SGD"] = 5.4m, ["JPY"] = 0.048m };

    /// <summary>What an analyst says, in the cases' own form.</summary>
    public static CaseLabels Of(ConversationResult result, string text)
    {
        string Quote(Finding f) => f.Evidence.QuoteIn(text) ?? "";
        List<string> Quotes(FindingKind kind) => result.Findings.Where(f => f.Kind == kind).Select(Quote).ToList();
        Finding? Best(FindingKind kind) => result.Findings.Where(f => f.Kind == kind).MaxBy(f => f.Confidence);
        var budget = Best(FindingKind.Budget);
        var followUp = Best(FindingKind.FollowUp);
        return new(
            result.Sentiment.ToString().ToLowerInvariant(),
            Quotes(FindingKind.BuyingSignal),
            result.Findings.Where(f => f is { Kind: FindingKind.Objection, Objection: not null }).Select(f => new CaseObjection(Quote(f), f.Objection!.Value.ToString().ToLowerInvariant())).ToList(),
            Quotes(FindingKind.Pain),
            result.Findings.Where(f => f.Kind == FindingKind.Competitor).Select(f => f.Value ?? Quote(f)).Distinct().ToList(),
            budget?.AmountMinor is { } minor ? new(Quote(budget), Math.Round(Major(minor, budget.Currency) * Yuan.GetValueOrDefault(budget.Currency ?? "CNY", 1))) : null,
            Quotes(FindingKind.DecisionMaker),
            followUp?.Date is { } date ? new(Quote(followUp), date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), followUp.Time?.ToString("HH:mm", CultureInfo.InvariantCulture)) : null,
            result.Disc?.ToString() ?? "unknown",
            result.Stage switch
            {
                null => "none",
                Domain.Conversations.StageHint.Prospecting => "prospect",
                Domain.Conversations.StageHint.Qualification => "qualified",
                Domain.Conversations.StageHint.ClosedWon => "closed-won",
                Domain.Conversations.StageHint.ClosedLost => "closed-lost",
                var stage => stage.Value.ToString().ToLowerInvariant(),
            },
            result.SuspectedInjection);
    }

    static decimal Major(long minor, string? currency) => currency == "JPY" ? minor : minor / 100m;
}

/// <summary>Reads and writes cases, one JSON object a line.</summary>
public static class LabelledCases
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Every line in turn: a case, or what is wrong with the line.</summary>
    public static async IAsyncEnumerable<(int Line, LabelledCase? Case, string? Fault)> ReadAsync(string file, [EnumeratorCancellation] CancellationToken ct)
    {
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(file, ct))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            LabelledCase? read = null;
            string? fault = null;
            try
            {
                read = JsonSerializer.Deserialize<LabelledCase>(line, Json);
            }
            catch (JsonException e)
            {
                fault = e.Message;
            }

            yield return (number, read, read is null ? fault ?? "null" : null);
        }
    }
}
