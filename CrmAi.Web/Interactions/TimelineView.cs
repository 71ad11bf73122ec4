using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;

namespace CrmAi.Web.Interactions;

/// <summary>What of a timeline is shown, as it stands in the address. The list of contacts has names of its own there, "archived" among them.</summary>
public sealed record TimelineView(InteractionType? Type = null, FindingKind? Finding = null, string? Find = null, bool Important = false, bool Scheduled = false, bool Private = false, bool Archived = false)
{
    /// <summary>Characters that may be searched for.</summary>
    public const int MaxFind = 100;

    public bool IsNarrowed => this != new TimelineView();

    /// <summary>What lies ahead has a place of its own, unless something is looked for.</summary>
    public TimelineFilter Filter => new(Type, Finding, Find, Important) { PrivateOnly = Private, Archived = Archived, Scheduled = Scheduled ? true : IsNarrowed ? null : false };

    public static TimelineView Parse(string? type, string? finding, string? find, string? important, string? scheduled, string? @private, string? archived) => new(
        Known<InteractionType>(type), Known<FindingKind>(finding), string.IsNullOrWhiteSpace(find) ? null : Cut(find.Trim()), important == "1", scheduled == "1", @private == "1", archived == "1");

    /// <summary>For the address; null takes a part out of it. The sentence pointed to belonged to what was shown before.</summary>
    public IReadOnlyDictionary<string, object?> Query => new Dictionary<string, object?>
    {
        ["type"] = Type?.ToString().ToLowerInvariant(),
        ["finding"] = Finding?.ToString().ToLowerInvariant(),
        ["find"] = Find,
        ["important"] = One(Important),
        ["scheduled"] = One(Scheduled),
        ["private"] = One(Private),
        ["archive"] = One(Archived),
        ["interaction"] = null,
        ["start"] = null,
        ["length"] = null,
    };

    private static string? One(bool on) => on ? "1" : null;

    private static string Cut(string text) => text.Length > MaxFind ? text[..MaxFind] : text;

    private static T? Known<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
