using System.Collections.Concurrent;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;

namespace CrmAi.Tests.Jobs;

/// <summary>An analyst that does as told: counts, waits at a gate, fails so many times, and quotes what it read.</summary>
internal sealed class ScriptedAnalyst : IConversationAnalyst
{
    private readonly ConcurrentQueue<Exception> faults = [];

    public ConcurrentQueue<string> Read { get; } = [];

    /// <summary>Called before each result; returns when the analyst may go on.</summary>
    public Func<ConversationInput, CancellationToken, Task> Gate { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Quotes a place that no text has.</summary>
    public bool Lies { get; set; }

    public string Name => "scripted";

    public string Version => "1";

    public void FailTimes(int times)
    {
        for (var i = 0; i < times; i++) faults.Enqueue(new TimeoutException("The model does not answer."));
    }

    public async Task<Analysed<ConversationResult>> AnalyseAsync(ConversationInput input, Guid userId, CancellationToken ct)
    {
        Read.Enqueue(input.Text);
        await Gate(input, ct);
        if (faults.TryDequeue(out var fault)) throw fault;
        var finding = new Finding(FindingKind.Pain, new(input.InteractionId, Lies ? 1_000_000 : 0, Math.Min(5, input.Text.Length)), 0.9);
        return new(new(Sentiment.Neutral, 0.5, null, 0, null, 0, false, [], null, [finding]), new(Name, Version));
    }
}
