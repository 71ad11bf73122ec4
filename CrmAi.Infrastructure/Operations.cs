using CrmAi.Domain.BusinessCards;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.BusinessCards;
using CrmAi.Infrastructure.Conversations;
using CrmAi.Infrastructure.Platform.Encryption;
using CrmAi.Infrastructure.Platform.Ocr;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Infrastructure;

/// <summary>What the program's verbs need without an application around it.</summary>
public static class Operations
{
    /// <summary>False where the file exists: a key ring is never overwritten.</summary>
    public static bool MakeKeyRing(string file)
    {
        if (File.Exists(file)) return false;
        KeyRing.Make().SaveNew(file);
        return true;
    }

    /// <summary>Measures analysts over labelled conversations. The rules need neither database nor server, a model those of its ledger.</summary>
    /// <param name="calls">Null where no model is to be asked.</param>
    public static Task<int> EvaluateConversationsAsync(IConfiguration configuration, EvaluationOrder order, IModelCalls? calls, TextWriter output, CancellationToken ct) =>
        Evaluations.ConversationsAsync(order, ConversationsFeature.Rules(configuration), calls, output, ct);

    /// <summary>As above, for profiles made of labelled customers' conversations.</summary>
    public static Task<int> EvaluateProfilesAsync(IConfiguration configuration, EvaluationOrder order, IModelCalls? calls, TextWriter output, CancellationToken ct) =>
        Evaluations.ProfilesAsync(order, ConversationsFeature.Rules(configuration), calls, output, ct);

    /// <summary>Measures the configured card reader over labelled cards, in need of neither database nor server.</summary>
    /// <param name="predictions">Where to write what was read; null for nowhere.</param>
    public static async Task<int> EvaluateCardsAsync(IConfiguration configuration, string folder, string? predictions, TextWriter output, CancellationToken ct)
    {
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddOcr(configuration);
        await using var provider = services.BuildServiceProvider();
        return await CardEvaluation.RunAsync(folder, predictions, provider.GetRequiredService<ICardReader>(), output, ct);
    }
}
