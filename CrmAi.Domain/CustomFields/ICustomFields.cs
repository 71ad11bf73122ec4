using CrmAi.Domain.Shared;

namespace CrmAi.Domain.CustomFields;

/// <summary>The administrator's own fields. Everybody reads them; Operation.ManageCustomFields changes them.</summary>
public interface ICustomFields
{
    /// <summary>In their order; archived ones last, and only where asked for.</summary>
    Task<IReadOnlyList<CustomFieldRow>> ListAsync(CustomFieldTarget target, bool archivedToo, CancellationToken ct);

    /// <summary>Errors: forbidden, field.name.empty, field.name.taken, text.long, field.choices.empty, field.choices.same, list.long, field.range (least above greatest), field.limit.</summary>
    Task<Result<Saved>> AddAsync(CustomFieldEdit edit, CancellationToken ct);

    /// <summary>Target and type stay as they were made. Errors: as for adding; not_found, conflict, field.type.fixed.</summary>
    Task<Result<Saved>> UpdateAsync(Guid id, int version, CustomFieldEdit edit, CancellationToken ct);

    /// <summary>Errors: forbidden, not_found, conflict (it has another version than <paramref name="version"/>), field.limit (bringing one back).</summary>
    Task<Result<Saved>> ArchiveAsync(Guid id, bool archived, CancellationToken ct, int? version = null);

    /// <summary>Puts a field before another, or last. Errors: forbidden, not_found.</summary>
    Task<Result<Saved>> MoveAsync(Guid id, Guid? before, CancellationToken ct);
}

public sealed record CustomFieldRow(Guid Id, int Version, CustomFieldEdit Fields, bool IsArchived);

/// <summary>All an administrator may enter of a field.</summary>
public sealed record CustomFieldEdit
{
    public CustomFieldTarget Target { get; init; }
    public CustomFieldType Type { get; init; }
    public string Name { get; init; } = "";
    public string? Hint { get; init; }
    public bool IsRequired { get; init; }
    public bool IsSearchable { get; init; }
    public decimal? Min { get; init; }
    public decimal? Max { get; init; }
    public IReadOnlyList<string> Choices { get; init; } = [];
}
