using CrmAi.Domain.Shared;

namespace CrmAi.Domain.History;

/// <summary>Puts fields of a contact, company, interaction, task, label, folder, view or an administrator's own field back to what they were, whatever was edited since; of a contact its photos and the corrections of its profile too. Whose it is, archives and deletions are not fields: they have commands of their own.</summary>
public interface IRestores
{
    /// <summary>What would change, and the version it is told of. Errors: not_found, forbidden, undo.late (what was recorded is erased), restore.same (it is so already).</summary>
    Task<Result<RestorePreview>> PreviewAsync(RestorePoint point, CancellationToken ct);

    /// <summary>Does so as one command, under the same rules as an edit; taken back like any other. Errors: as above and of the record's rules; conflict.</summary>
    Task<Result<Saved>> RestoreAsync(RestorePoint point, int version, CancellationToken ct);
}

/// <param name="Field">
/// The <see cref="FieldChange.Key"/> of one field, of an object's part with a slash behind ("Personal/City"): it gets the value it had before that change. Null for the whole record as it stood after it.
/// </param>
public sealed record RestorePoint(string RecordType, Guid RecordId, Guid ChangeSetId, string? Field = null);

/// <param name="Fields">Before is what stands there now, After what would.</param>
public sealed record RestorePreview(int Version, DateTime At, IReadOnlyList<FieldChange> Fields);
