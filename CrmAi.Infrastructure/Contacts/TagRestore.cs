using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>Puts a label's name, kind and colour back.</summary>
internal sealed class TagRestore(TimeProvider time) : IRestorable
{
    public string RecordType => nameof(Tag);

    public IReadOnlyCollection<string> Fields { get; } = [.. typeof(TagEdit).GetProperties().Select(p => p.Name)];

    public async Task<Result<OpenRecord>> OpenAsync(AppDbContext db, Viewer viewer, Guid id, CancellationToken ct)
    {
        if (!viewer.May(Operation.ManageTags)) return Error.Forbidden;
        if (await db.Tags.SingleOrDefaultAsync(t => t.Id == id, ct) is not { } tag) return Error.NotFound;
        var present = new TagEdit { Name = tag.Name, Kind = tag.Kind, Colour = tag.Colour };
        return new OpenRecord(tag.Version, EditPatch.Of(present), new HashSet<Guid>(), null, async (patch, _, token) =>
        {
            if (await Tags.ApplyAsync(db, tag, patch.Edit<TagEdit>(), token) is { Count: > 0 } errors) return Result.Refused<Saved>(errors);
            var command = db.Begin("tag.putback", viewer, time.GetUtcNow().UtcDateTime);
            return await db.TrySaveAsync(token, Tags.NameTaken) is { } refusal ? refusal : new Saved(tag.Id, tag.Version, command.Id);
        });
    }
}
