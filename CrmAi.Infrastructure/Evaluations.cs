using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Conversations;
using CrmAi.Infrastructure.Profiles;

namespace CrmAi.Infrastructure;

public enum EvaluatedAnalyst { Rules, Model }

/// <summary>What is to be measured.</summary>
/// <param name="Compare">Rules and model side by side, and where <paramref name="Prompts"/> names a folder the model with those prompts as well.</param>
/// <param name="Prompts">Another folder of prompts; null for those that come with the program.</param>
public sealed record EvaluationOrder(string File, string? Predictions = null, EvaluatedAnalyst Analyst = EvaluatedAnalyst.Rules, bool Compare = false, string? Prompts = null)
{
    public bool NeedsModel => Compare || Analyst == EvaluatedAnalyst.Model;

    /// <summary>Options after the file; null where there is one that nobody knows.</summary>
    public static EvaluationOrder? Read(string file, IReadOnlyList<string> options)
    {
        var order = new EvaluationOrder(file);
        for (var at = 0; at < options.Count; at++)
        {
            var value = at + 1 < options.Count ? options[at + 1] : null;
            switch (options[at])
            {
                case "--compare":
                    order = order with { Compare = true };
                    continue;
                case "--predictions" when value is not null:
                    order = order with { Predictions = value };
                    break;
                case "--prompts" when value is not null:
                    order = order with { Prompts = value };
                    break;
                case "--analyst" when value is "rules" or "model":
                    order = order with { Analyst = value == "model" ? EvaluatedAnalyst.Model : EvaluatedAnalyst.Rules };
                    break;
                default:
                    return null;
            }
            at++;
        }
        return order.Prompts is not null && !order.NeedsModel ? order with { Analyst = EvaluatedAnalyst.Model } : order;
    }
}

/// <summary>Measures analysts against labelled cases, alone or side by side.</summary>
internal static class Evaluations
{
    private const string NoModel = "No model is configured: set Ai:BaseAddress, Ai:Key and Ai:Model (as environment variables Ai__BaseAddress, Ai__Key and Ai__Model).";

    // Nobody's pages: the prompts of the company's own language.
    private static readonly Func<Guid, CancellationToken, Task<string>> Language = (_, _) => Task.FromResult(UserLanguages.Otherwise);

    public static async Task<int> ConversationsAsync(EvaluationOrder order, RulesConversationAnalyst rules, IModelCalls? calls, TextWriter output, CancellationToken ct)
    {
        if (!order.NeedsModel) return await ConversationEvaluation.RunAsync(order.File, order.Predictions, rules, output, ct);
        if (await RefusalAsync(order, calls, AiRunType.Conversation, output) is { } code) return code;
        ModelConversationAnalyst Model(string? prompts) => new(calls!, rules, AiRuns.Prompts.Of(ConversationAnswer.SchemaName, ConversationAnswer.Schema, prompts), Language);
        var columns = new List<EvaluationColumn>();
        foreach (var analyst in Chosen<IConversationAnalyst>(order, rules, Model))
        {
            var meter = new EvaluationMeter();
            var (m, bad, spent) = await ConversationEvaluation.MeasureAsync(order.File, Predictions(order, columns.Count), analyst == rules ? rules : new MeteredConversations(analyst, meter), output, ct);
            columns.Add(new(analyst.Name, analyst.Version, [.. EvaluationMeasures.Labels.Select(l => ($"{l} F1", m[l].F1)), .. EvaluationMeasures.Classes.Select(c => ($"{c} macro-F1", (double?)m.MacroF1(c))), ("quotes exact", m.QuotesExact)], m.Cases, bad, spent, meter));
        }
        return await EvaluationTable.WriteAsync(columns, output);
    }

    /// <summary>The conversations are read by rules, so that what differs is the profile's own.</summary>
    public static async Task<int> ProfilesAsync(EvaluationOrder order, RulesConversationAnalyst reader, IModelCalls? calls, TextWriter output, CancellationToken ct)
    {
        var rules = new RulesProfileAnalyst();
        if (!order.NeedsModel) return await ProfileEvaluation.RunAsync(order.File, order.Predictions, reader, rules, output, ct);
        if (await RefusalAsync(order, calls, AiRunType.Profile, output) is { } code) return code;
        ModelProfileAnalyst Model(string? prompts) => new(calls!, AiRuns.Prompts.Of(ProfileAnswer.SchemaName, ProfileAnswer.Schema, prompts), Language);
        var columns = new List<EvaluationColumn>();
        foreach (var analyst in Chosen<IProfileAnalyst>(order, rules, Model))
        {
            var meter = new EvaluationMeter();
            var (m, bad, spent) = await ProfileEvaluation.MeasureAsync(order.File, Predictions(order, columns.Count), reader, analyst == rules ? rules : new MeteredProfiles(analyst, meter), output, ct);
            columns.Add(new(analyst.Name, analyst.Version,
                [.. ProfileMeasures.Classes.SelectMany(c => new[] { ($"{c} accuracy", (double?)m.Accuracy(c)), ($"{c} macro-F1", m.MacroF1(c)) }), ("needs F1", m.Needs.F1), ("objections F1", m.Objections.F1), ("silent where thin", m.ThinSilence), ("quotes exact", m.QuotesExact)],
                m.Cases, bad, spent, meter));
        }
        return await EvaluationTable.WriteAsync(columns, output);
    }

    private static IEnumerable<T> Chosen<T>(EvaluationOrder order, T rules, Func<string?, T> model)
    {
        if (order.Compare) yield return rules;
        if (order.Compare || order.Prompts is null) yield return model(null);
        if (order.Prompts is not null) yield return model(order.Prompts);
    }

    private static string? Predictions(EvaluationOrder order, int place) => order.Predictions is { } file && order.Compare ? $"{file}.{place + 1}" : order.Predictions;

    private static async Task<int?> RefusalAsync(EvaluationOrder order, IModelCalls? calls, AiRunType task, TextWriter output)
    {
        var fault = !File.Exists(order.File) ? $"{order.File}: no such file" : calls?.ModelOf(task) is null ? NoModel : null;
        if (fault is null) return null;
        await output.WriteLineAsync(fault);
        return 2;
    }
}
