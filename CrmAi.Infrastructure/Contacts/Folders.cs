using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

internal sealed class Folders(IDbContextFactory<AppDbContext> contexts, ICurrentUser user) : IFolders
{
    public async Task<IReadOnlyList<FolderRow>> ListAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var contacts = db.Contacts.VisibleTo(viewer);
        return await db.Folders.Where(f => f.OwnerId == viewer.Id).OrderBy(f => f.Position).ThenBy(f => f.Name)
            .Select(f => new FolderRow(f.Id, f.Version, f.Name, f.ParentId, 0, contacts.Count(c => c.FolderId == f.Id))).ToListAsync(ct);
    }

    public Task<Result<Saved>> AddAsync(string name, Guid? parentId, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> RenameAsync(Guid id, int version, string name, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> MoveAsync(Guid id, Guid? parentId, Guid? before, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> FileAsync(IReadOnlyList<Guid> contactIds, Guid? folderId, Guid? before, CancellationToken ct) => throw new NotImplementedException();
}
