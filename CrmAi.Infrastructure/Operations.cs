using CrmAi.Infrastructure.Conversations;
using CrmAi.Infrastructure.Platform.Encryption;
using CrmAi.Infrastructure.Profiles;
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

    /// <summary>Runs the configured analyst over labelled cases; needs neither database nor server.</summary>
    public static Task<int> EvaluateConversationsAsync(IConfiguration configuration, string file, string? predictions, TextWriter output, CancellationToken ct) =>
        ConversationEvaluation.RunAsync(file, predictions, ConversationsFeature.Rules(configuration), output, ct);

    /// <summary>As above, for profiles made of labelled customers' conversations.</summary>
    public static Task<int> EvaluateProfilesAsync(IConfiguration configuration, string file, string? predictions, TextWriter output, CancellationToken ct) =>
        ProfileEvaluation.RunAsync(file, predictions, ConversationsFeature.Rules(configuration), new RulesProfileAnalyst(), output, ct);
}
