namespace CrmAi.Web.Search;

/// <param name="RecordId">The person or company it stands for; its colour follows from it.</param>
public sealed record PaletteItem(string Id, string Icon, string Text, string? Detail = null, string? Address = null, Guid? RecordId = null, Func<Task>? RunAsync = null, string? Keys = null, IReadOnlyDictionary<string, object>? Attributes = null);

/// <param name="IsRecords">Holds people or companies, not actions.</param>
public sealed record PaletteGroup(string Id, string Title, bool IsRecords, IReadOnlyList<PaletteItem> Items);
