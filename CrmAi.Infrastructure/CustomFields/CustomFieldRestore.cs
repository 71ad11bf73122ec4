using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.CustomFields;

/// <summary>Puts name, hint, choices and rules of an administrator's own field back; archiving has a command of its own.</summary>
internal sealed class CustomFieldRestore(TimeProvider time) : IRestorable
{
    public string RecordType => nameof(CustomField);

    public IReadOnlyCollection<string> Fields { get; } = [.. typeof(CustomFieldEdit).GetProperties().Select(p => p.Name).Except([nameof(CustomFieldEdit.Target), nameof(CustomFieldEdit.Type)])];

    public async Task<Result<OpenRecord>> OpenAsync(AppDbContext db, Viewer viewer, Guid id, CancellationToken ct)
    {
        if (!viewer.May(Operation.ManageCustomFields)) return Error.Forbidden;
        if (await db.CustomFields.SingleOrDefaultAsync(f => f.Id == id, ct) is not { } field) return Error.NotFound;
        return new OpenRecord(field.Version, EditPatch.Of(CustomValues.Row(field).Fields), new HashSet<Guid>(), null, async (patch, _, token) =>
        {
            if (await CustomFields.ApplyAsync(db, field, patch.Edit<CustomFieldEdit>(), token) is { Count: > 0 } errors) return Result.Refused<Saved>(errors);
            var command = db.Begin("field.putback", viewer, time.GetUtcNow().UtcDateTime);
            return await db.TrySaveAsync(token, CustomFields.NameTaken) is { } refusal ? refusal : new Saved(field.Id, field.Version, command.Id);
        });
    }
}
