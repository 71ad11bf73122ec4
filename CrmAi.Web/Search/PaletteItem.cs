using CrmAi.Domain.Search;

namespace CrmAi.Web.Search;

/// <param name="RecordId">The person or company it stands for; its colour follows from it.</param>
public sealed record PaletteItem(string Id, string Icon, string Text, string? Detail = null, string? Address = null, Guid? RecordId = null, Func<Task>? RunAsync = null, string? Keys = null, IReadOnlyDictionary<string, object>? Attributes = null)
{
    /// <summary>What of the text was typed.</summary>
    public IReadOnlyList<FoundMark> Marks { get; init; } = [];

    /// <summary>More of it, each with what was typed of it.</summary>
    public IReadOnlyList<FoundText> Details { get; init; } = [];
}

/// <param name="IsRecords">Holds people or companies, not actions.</param>
public sealed record PaletteGroup(string Id, string Title, bool IsRecords, IReadOnlyList<PaletteItem> Items)
{
    /// <summary>How many there are, where there may be more than are shown.</summary>
    public string? Count { get; init; }
}

/// <summary>What a search begins with says where to look: "&gt;" for what can be done, "@" for people, "#" for labels, also as a Chinese keyboard writes them.</summary>
public readonly record struct PaletteSearch(string Text, bool IsActions, FoundKind? Only)
{
    public bool IsAll => !IsActions && Only is null;

    public static PaletteSearch Of(string typed) => typed.Trim() switch
    {
        ['>' or '＞' or '》', .. var rest] => new(rest.Trim(), true, null),
        ['@' or '＠', .. var rest] => new(rest.Trim(), false, FoundKind.Contact),
        ['#' or '＃', .. var rest] => new(rest.Trim(), false, FoundKind.Tag),
        var all => new(all, false, null),
    };
}
