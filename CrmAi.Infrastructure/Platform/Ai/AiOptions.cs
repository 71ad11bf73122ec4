using System.ComponentModel.DataAnnotations;
using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure.AiRuns;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.Platform.Ai;

/// <summary>How an endpoint is told which JSON to answer: by its strict JSON schema, or, where it knows none, in the instructions.</summary>
public enum AnswerFormat { Schema, Json }

/// <summary>One model at one address. For a task, what is not set is as for all.</summary>
public class AiModelOptions
{
    /// <summary>Of a chat completions API, "https://api.example.com/v1".</summary>
    public string? BaseAddress { get; set; }

    /// <summary>Sent as a bearer token; empty for a model that wants none.</summary>
    public string? Key { get; set; }

    /// <summary>As the endpoint names it. Without one nothing is asked and rules do the work.</summary>
    public string? Model { get; set; }

    /// <summary>Of one attempt, from the sending to the whole answer; streamed, from piece to piece.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>Requests to one address at a time; of several that name the same address the smallest holds, here and below.</summary>
    public int? Concurrency { get; set; }

    /// <summary>Tokens to and from one address in a minute; 0 is without limit.</summary>
    public int? TokensPerMinute { get; set; }

    /// <summary>Yuan for a million tokens.</summary>
    public decimal? InputPrice { get; set; }
    public decimal? OutputPrice { get; set; }

    /// <summary>A longer answer is cut by the model, and then does not fit.</summary>
    public int? MaxOutputTokens { get; set; }
    public AnswerFormat? Format { get; set; }
}

/// <summary>Settings under "Ai".</summary>
public sealed class AiOptions : AiModelOptions
{
    /// <summary>By task, <see cref="AiRunType"/>.</summary>
    public Dictionary<string, AiModelOptions> Tasks { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How often one question is sent at most.</summary>
    [Range(1, 10)]
    public int Attempts { get; set; } = 4;

    /// <summary>Before the second attempt, about; it doubles with each.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest that is waited for another attempt. An endpoint that asks for more (Retry-After) is asked no more.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a process has a question to itself without a sign of life; after that another asks it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:30:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>After so many faults in a row an address is left alone...</summary>
    [Range(1, 1000)]
    public int BreakerFaults { get; set; } = 5;

    /// <summary>...for so long, and then tried with one request.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan BreakerPause { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Says at start what could not work.</summary>
internal sealed class AiOptionsCheck : IValidateOptions<AiOptions>
{
    public ValidateOptionsResult Validate(string? name, AiOptions options)
    {
        var faults = new List<string>();
        foreach (var task in options.Tasks.Keys.Where(t => !Enum.GetNames<AiRunType>().Contains(t, StringComparer.OrdinalIgnoreCase)))
            faults.Add($"Ai:Tasks:{task} is no task; there are {string.Join(", ", Enum.GetNames<AiRunType>())}.");
        Check("Ai", options, AiModels.Merged(options, null), faults);
        foreach (var (task, own) in options.Tasks) Check($"Ai:Tasks:{task}", own, AiModels.Merged(options, own), faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Distinct());
    }

    private static void Check(string place, AiModelOptions own, AiModelOptions merged, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(merged.Model)) return;
        if (merged.Model.Length > AiCallConfig.MaxModel) faults.Add($"{place}:Model is longer than {AiCallConfig.MaxModel} characters.");
        if (string.IsNullOrWhiteSpace(merged.BaseAddress)) faults.Add($"{place}:BaseAddress is not set, but a model is: name its address, \"https://api.example.com/v1\", or no model.");
        else if (!Uri.TryCreate(merged.BaseAddress, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) faults.Add($"{place}:BaseAddress is no address: \"https://api.example.com/v1\" is one.");
        if (merged.Key?.Any(c => c is < '!' or > '~') == true) faults.Add($"{place}:Key has characters that no key has.");
        void Within<T>(string name, T? given, T from, T to) where T : struct, IComparable<T>
        {
            if (given is { } value && (value.CompareTo(from) < 0 || value.CompareTo(to) > 0)) faults.Add($"{place}:{name} must lie between {from} and {to}.");
        }
        Within(nameof(own.Timeout), own.Timeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(30));
        Within(nameof(own.Concurrency), own.Concurrency, 1, 1000);
        Within(nameof(own.TokensPerMinute), own.TokensPerMinute, 0, 1_000_000_000);
        Within(nameof(own.InputPrice), own.InputPrice, 0m, 100_000m);
        Within(nameof(own.OutputPrice), own.OutputPrice, 0m, 100_000m);
        Within(nameof(own.MaxOutputTokens), own.MaxOutputTokens, 16, 1_000_000);
    }
}
