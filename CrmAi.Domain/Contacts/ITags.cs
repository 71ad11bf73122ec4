using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Contacts;

/// <summary>The company's coloured labels. Operation.ManageTags adds and changes them; deleting is for managers and administrators.</summary>
public interface ITags
{
    /// <summary>By kind, then name.</summary>
    Task<IReadOnlyList<TagRow>> ListAsync(CancellationToken ct);

    /// <summary>Errors: forbidden, tag.name.empty, tag.name.taken, text.long, tag.colour, tag.limit (500).</summary>
    Task<Result<Saved>> AddAsync(TagEdit edit, CancellationToken ct);

    /// <summary>Contacts are found by the new name afterwards. Errors: as for adding; not_found, conflict.</summary>
    Task<Result<Saved>> UpdateAsync(Guid id, int version, TagEdit edit, CancellationToken ct);

    /// <summary>Takes it off every contact; undone through history. Errors: forbidden, not_found, conflict, tag.used (args: how many, where more than 5,000 contacts carry it).</summary>
    /// <param name="version">The one that was read, where it matters that nobody changed it since; null for whichever it is.</param>
    Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct, int? version = null);
}

public sealed record TagRow(Guid Id, string Name, string Colour, TagKind Kind, int Version = 1);

public sealed record TagEdit
{
    public string Name { get; init; } = "";
    public TagKind Kind { get; init; } = TagKind.Custom;

    /// <summary>#rrggbb.</summary>
    public string Colour { get; init; } = "#667085";
}
