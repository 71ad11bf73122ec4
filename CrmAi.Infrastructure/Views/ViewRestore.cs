using CrmAi.Domain.Shared;
using CrmAi.Domain.Views;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Views;

/// <summary>Puts a view's name, what it shows, and whether the team has it, back.</summary>
internal sealed class ViewRestore(TimeProvider time) : IRestorable
{
    public string RecordType => nameof(SavedView);

    public IReadOnlyCollection<string> Fields { get; } = [.. typeof(ViewEdit).GetProperties().Select(p => p.Name)];

    public async Task<Result<OpenRecord>> OpenAsync(AppDbContext db, Viewer viewer, Guid id, CancellationToken ct)
    {
        if (await Views.Seen(db, viewer).SingleOrDefaultAsync(v => v.Id == id, ct) is not { } view) return Error.NotFound;
        if (!Views.MayChange(viewer, view)) return Error.Forbidden;
        var present = new ViewEdit { Name = view.Name, Filter = view.Filter, IsShared = view.IsShared };
        return new OpenRecord(view.Version, EditPatch.Of(present), new HashSet<Guid>(), null, async (patch, _, token) =>
        {
            if (await Views.ApplyAsync(db, view, patch.Edit<ViewEdit>(), token) is { Count: > 0 } errors) return Result.Refused<Saved>(errors);
            var command = db.Begin("view.putback", viewer, time.GetUtcNow().UtcDateTime);
            return await db.TrySaveAsync(token, Views.NameTaken) is { } refusal ? refusal : new Saved(view.Id, view.Version, command.Id);
        });
    }
}
