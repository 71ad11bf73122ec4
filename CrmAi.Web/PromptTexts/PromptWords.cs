using CrmAi.Domain.Conversations;
using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Scripts;
using CrmAi.Web.Profiles;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.PromptTexts;

/// <summary>Puts what a trial brought into words.</summary>
internal static class PromptWords
{
    /// <summary>"Objection: Price", "Style: Direct"; a task whose words are not known speaks in its own codes.</summary>
    public static string About(IStringLocalizer<Text> words, PreviewClaim claim)
    {
        if (Enum.TryParse<FindingKind>(claim.Key, out var kind)) return Joined(words.Of(kind), claim.Value is { } said ? Coded(words, kind, said) : null);
        if (Enum.TryParse<ScriptPart>(claim.Key, out var part)) return Joined(words[$"script.part.{part}"], claim.Value);
        var about = words[$"profile.key.{claim.Key}"];
        return Joined(about.ResourceNotFound ? claim.Key : about.Value, claim.Value is { } value ? words.Value(claim.Key, value) : null);
    }

    private static string Coded(IStringLocalizer<Text> words, FindingKind kind, string value)
    {
        var word = words[kind switch
        {
            FindingKind.Objection => $"{nameof(ObjectionKind)}.{value}",
            FindingKind.Topic => $"profile.topic.{value}",
            FindingKind.Sentiment => $"{nameof(Domain.Interactions.Sentiment)}.{value}",
            FindingKind.Disc => $"{nameof(DiscType)}.{value}",
            FindingKind.Stage => $"{nameof(StageHint)}.{value}",
            _ => value,
        }];
        return word.ResourceNotFound ? value : word.Value;
    }

    private static string Joined(string about, string? value) => string.IsNullOrEmpty(value) ? about : $"{about}: {value}";
}
