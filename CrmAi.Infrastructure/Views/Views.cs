using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Domain.Views;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Views;

internal sealed class Views(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, TimeProvider time) : IViews
{
    internal static readonly Error NameTaken = new("view.name.taken", nameof(ViewEdit.Name));

    public async Task<IReadOnlyList<ViewRow>> ListAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await Seen(db, viewer).Join(db.Users, v => v.OwnerId, u => u.Id, (v, u) => new { View = v, Owner = u.Name }).AsNoTracking().ToListAsync(ct);
        return [.. rows.OrderBy(r => r.View.OwnerId != viewer.Id).ThenBy(r => r.View.OwnerId == viewer.Id ? "" : r.Owner, StringComparer.CurrentCulture).ThenBy(r => r.View.Position).ThenBy(r => r.View.Id)
            .Select(r => new ViewRow(r.View.Id, r.View.Version, new() { Name = r.View.Name, Filter = r.View.Filter, IsShared = r.View.IsShared }, r.Owner, MayChange(viewer, r.View)))];
    }

    public async Task<Result<Saved>> AddAsync(ViewEdit edit, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.ReadContacts)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var view = new SavedView { Name = "", Filter = "", OwnerId = viewer.Id, Position = time.GetUtcNow().ToUnixTimeMilliseconds() };
        if (await ApplyAsync(db, view, edit, ct) is { Count: > 0 } errors) return Result.Refused<Saved>(errors);
        if (await db.Views.CountAsync(v => v.OwnerId == viewer.Id, ct) >= SavedView.MaxPerPerson) return new Error("view.limit", null, SavedView.MaxPerPerson);
        db.Views.Add(view);
        return await SaveAsync(db, view, "view.add", viewer, ct);
    }

    public async Task<Result<Saved>> UpdateAsync(Guid id, int version, ViewEdit edit, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await Seen(db, viewer).SingleOrDefaultAsync(v => v.Id == id, ct) is not { } view) return Error.NotFound;
        if (!MayChange(viewer, view)) return Error.Forbidden;
        if (view.Version != version) return Error.Conflict;
        if (await ApplyAsync(db, view, edit, ct) is { Count: > 0 } errors) return Result.Refused<Saved>(errors);
        return await SaveAsync(db, view, "view.edit", viewer, ct);
    }

    public async Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct, int? version = null)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await Seen(db, viewer).SingleOrDefaultAsync(v => v.Id == id, ct) is not { } view) return Error.NotFound;
        if (!MayChange(viewer, view)) return Error.Forbidden;
        if (version is { } read && view.Version != read) return Error.Conflict;
        db.Views.Remove(view);
        return await SaveAsync(db, view, "view.delete", viewer, ct);
    }

    // One's own, and those shared by somebody of a team one belongs to or manages.
    internal static IQueryable<SavedView> Seen(AppDbContext db, Viewer viewer) => db.Views.Where(v => v.OwnerId == viewer.Id
        || (v.IsShared && (viewer.Role == Role.Admin || (v.TeamId != null && viewer.TeamIds.Contains(v.TeamId.Value)))));

    internal static bool MayChange(Viewer viewer, SavedView view) => view.OwnerId == viewer.Id || viewer.Role == Role.Admin;

    internal static async Task<List<Error>> ApplyAsync(AppDbContext db, SavedView view, ViewEdit edit, CancellationToken ct)
    {
        var (name, errors) = (OneLine.Of(edit.Name), new List<Error>());
        if (name.Length == 0) errors.Add(new("view.name.empty", nameof(edit.Name)));
        if (name.Length > SavedView.MaxName) errors.Add(new("text.long", nameof(edit.Name), SavedView.MaxName));
        if (edit.Filter.Length > SavedView.MaxFilter) errors.Add(new("text.long", nameof(edit.Filter), SavedView.MaxFilter));
        var pairs = ViewFilter.Parse(edit.Filter);
        if (pairs is null) errors.Add(new("view.filter.unknown", nameof(edit.Filter)));
        var names = await db.Views.Where(v => v.OwnerId == view.OwnerId && v.Id != view.Id).Select(v => v.Name).ToListAsync(ct);
        if (name.Length > 0 && names.Exists(n => ContactKeys.Fold(n) == ContactKeys.Fold(name))) errors.Add(new("view.name.taken", nameof(edit.Name)));
        if (errors.Count > 0) return errors;
        (view.Name, view.Filter, view.IsShared) = (name, ViewFilter.Write(pairs!), edit.IsShared);
        if (view.Filter.Length > SavedView.MaxFilter) return [new("text.long", nameof(edit.Filter), SavedView.MaxFilter)];
        // Shared with the team that its owner is in now.
        view.TeamId = await db.Users.Where(u => u.Id == view.OwnerId).Select(u => u.TeamId).SingleAsync(ct);
        return [];
    }

    private async Task<Result<Saved>> SaveAsync(AppDbContext db, SavedView view, string name, Viewer viewer, CancellationToken ct)
    {
        var command = db.Begin(name, viewer, time.GetUtcNow().UtcDateTime);
        if (await db.TrySaveAsync(ct, NameTaken) is { } refusal) return refusal;
        return new Saved(view.Id, view.Version, command.Id);
    }
}
