using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Conversations;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.Extensions.Configuration;

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
}
