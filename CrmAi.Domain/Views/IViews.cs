using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Views;

/// <summary>Saved views of the contact list: one's own and those shared by the team. Only the owner changes one, or an administrator.</summary>
public interface IViews
{
    /// <summary>One's own first, in their order, then the shared ones.</summary>
    Task<IReadOnlyList<ViewRow>> ListAsync(CancellationToken ct);

    /// <summary>Errors: view.name.empty, view.name.taken (among one's own), text.long, view.filter.unknown, view.limit.</summary>
    Task<Result<Saved>> AddAsync(ViewEdit edit, CancellationToken ct);

    /// <summary>Errors: as for adding; not_found, forbidden, conflict.</summary>
    Task<Result<Saved>> UpdateAsync(Guid id, int version, ViewEdit edit, CancellationToken ct);

    /// <summary>Errors: not_found, forbidden, conflict.</summary>
    /// <param name="version">The one that was read, where it matters that nobody changed it since; null for whichever it is.</param>
    Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct, int? version = null);
}

public sealed record ViewRow(Guid Id, int Version, ViewEdit Fields, string Owner, bool MayChange);

public sealed record ViewEdit
{
    public string Name { get; init; } = "";

    /// <summary>The list's part of an address: pairs of known names and values.</summary>
    public string Filter { get; init; } = "";
    public bool IsShared { get; init; }
}
