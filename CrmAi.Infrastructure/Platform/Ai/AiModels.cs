using System.Text;
using CrmAi.Domain.AiRuns;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.Platform.Ai;

/// <summary>A configured model. No record, whose text would tell the key.</summary>
internal sealed class AiModel(AiModelOptions merged)
{
    public string Name { get; } = merged.Model!.Trim();
    public Uri BaseAddress { get; } = new(merged.BaseAddress!.TrimEnd('/'));
    public string Key { get; } = merged.Key is { Length: > 0 } key ? key : "none";
    public TimeSpan Timeout { get; } = merged.Timeout ?? TimeSpan.FromSeconds(60);
    public int Concurrency { get; } = merged.Concurrency ?? 4;

    /// <summary>0: without limit.</summary>
    public int TokensPerMinute { get; } = merged.TokensPerMinute ?? 0;
    public int MaxOutputTokens { get; } = merged.MaxOutputTokens ?? 4096;
    public AnswerFormat Format { get; } = merged.Format ?? AnswerFormat.Schema;

    /// <summary>Millionths of a yuan, rounded up: a yuan for a million tokens is one millionth for each.</summary>
    public long CostOf(int input, int output) => (long)decimal.Ceiling(input * (merged.InputPrice ?? 0) + output * (merged.OutputPrice ?? 0));
}

/// <summary>Which model serves which task.</summary>
internal sealed class AiModels(IOptions<AiOptions> options)
{
    private readonly Dictionary<AiRunType, AiModel?> byTask = Enum.GetValues<AiRunType>().ToDictionary(task => task, task => Make(options.Value, task));

    /// <summary>Null where none is configured.</summary>
    public AiModel? Of(AiRunType task) => byTask[task];

    /// <summary>All that share an address, and so its limits.</summary>
    public IEnumerable<AiModel> At(Uri address) => byTask.Values.OfType<AiModel>().Where(m => m.BaseAddress == address);

    private static AiModel? Make(AiOptions options, AiRunType task)
    {
        var merged = Merged(options, options.Tasks.GetValueOrDefault(task.ToString()));
        return string.IsNullOrWhiteSpace(merged.Model) ? null : new(merged);
    }

    public static AiModelOptions Merged(AiModelOptions all, AiModelOptions? own) => new()
    {
        BaseAddress = Given(own?.BaseAddress) ?? Given(all.BaseAddress),
        // A key is never sent to another address than the one it was set for.
        Key = Given(own?.Key) ?? (Given(own?.BaseAddress) is null ? Given(all.Key) : null),
        Model = Given(own?.Model) ?? Given(all.Model),
        Timeout = own?.Timeout ?? all.Timeout,
        Concurrency = own?.Concurrency ?? all.Concurrency,
        TokensPerMinute = own?.TokensPerMinute ?? all.TokensPerMinute,
        InputPrice = own?.InputPrice ?? all.InputPrice,
        OutputPrice = own?.OutputPrice ?? all.OutputPrice,
        MaxOutputTokens = own?.MaxOutputTokens ?? all.MaxOutputTokens,
        Format = own?.Format ?? all.Format,
    };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

/// <summary>How many tokens a text may have, before anybody has counted.</summary>
internal static class Tokens
{
    /// <summary>Rather too many: two bytes each, so one and a half for a Chinese character and one for two letters.</summary>
    public static int Estimate(string text) => Encoding.UTF8.GetByteCount(text) / 2 + 8;
}
