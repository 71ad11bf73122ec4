using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.CustomFields;

internal sealed class CustomFields(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, TimeProvider time) : ICustomFields
{
    public static readonly Error NameTaken = new("field.name.taken", nameof(CustomFieldEdit.Name));

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<IReadOnlyList<CustomFieldRow>> ListAsync(CustomFieldTarget target, bool archivedToo, CancellationToken ct)
    {
        await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var fields = await db.CustomFields.AsNoTracking().Where(f => f.Target == target && (archivedToo || !f.IsArchived))
            .OrderBy(f => f.IsArchived).ThenBy(f => f.Position).ThenBy(f => f.Id).ToListAsync(ct);
        return [.. fields.Select(CustomValues.Row)];
    }

    public async Task<Result<Saved>> AddAsync(CustomFieldEdit edit, CancellationToken ct)
    {
        edit = Normal(edit);
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.ManageCustomFields)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var beside = await db.CustomFields.AsNoTracking().Where(f => f.Target == edit.Target).ToListAsync(ct);
        var errors = Check(edit, beside);
        if (errors.Count > 0) return Result.Refused<Saved>(errors);
        if (IsFull(beside)) return new Error("field.limit", null, CustomField.MaxPerTarget);
        var field = new CustomField { Target = edit.Target, Type = edit.Type, Name = "", Position = beside.Select(f => f.Position).DefaultIfEmpty().Max() + 1 };
        Apply(field, edit);
        db.CustomFields.Add(field);
        return await SaveAsync(db, viewer, field, "field.add", ct);
    }

    public async Task<Result<Saved>> UpdateAsync(Guid id, int version, CustomFieldEdit edit, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.ManageCustomFields)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.CustomFields.SingleOrDefaultAsync(f => f.Id == id, ct) is not { } field) return Error.NotFound;
        if (field.Type != edit.Type || field.Target != edit.Target) return new Error("field.type.fixed", nameof(edit.Type));
        if (await ApplyAsync(db, field, edit, ct) is { Count: > 0 } errors) return Result.Refused<Saved>(errors);
        if (field.Version != version) return Error.Conflict;
        return await SaveAsync(db, viewer, field, "field.edit", ct);
    }

    public async Task<Result<Saved>> ArchiveAsync(Guid id, bool archived, CancellationToken ct, int? version = null)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.ManageCustomFields)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.CustomFields.SingleOrDefaultAsync(f => f.Id == id, ct) is not { } field) return Error.NotFound;
        if (version is { } seen && field.Version != seen) return Error.Conflict;
        if (field.IsArchived && !archived && IsFull(await db.CustomFields.AsNoTracking().Where(f => f.Target == field.Target).ToListAsync(ct))) return new Error("field.limit", null, CustomField.MaxPerTarget);
        field.IsArchived = archived;
        return await SaveAsync(db, viewer, field, archived ? "field.archive" : "field.unarchive", ct);
    }

    public async Task<Result<Saved>> MoveAsync(Guid id, Guid? before, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.ManageCustomFields)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.CustomFields.SingleOrDefaultAsync(f => f.Id == id, ct) is not { } field) return Error.NotFound;
        var others = await db.CustomFields.AsNoTracking().Where(f => f.Target == field.Target && f.Id != id).OrderBy(f => f.Position).ThenBy(f => f.Id).ToListAsync(ct);
        var at = before is { } next ? others.FindIndex(f => f.Id == next) : others.Count;
        if (at < 0) return Error.NotFound;
        field.Position = (at, others.Count) switch
        {
            (_, 0) => 1,
            (0, _) => others[0].Position - 1,
            var (place, count) when place == count => others[^1].Position + 1,
            _ => (others[at - 1].Position + others[at].Position) / 2,
        };
        return await SaveAsync(db, viewer, field, "field.move", ct);
    }

    /// <summary>Puts the edit into the row where nothing stands against it.</summary>
    public static async Task<List<Error>> ApplyAsync(AppDbContext db, CustomField field, CustomFieldEdit edit, CancellationToken ct)
    {
        edit = Normal(edit);
        var errors = Check(edit, await db.CustomFields.AsNoTracking().Where(f => f.Target == field.Target && f.Id != field.Id).ToListAsync(ct));
        if (errors.Count == 0) Apply(field, edit);
        return errors;
    }

    private static bool IsFull(List<CustomField> beside) => beside.Count(f => !f.IsArchived) >= CustomField.MaxPerTarget;

    private static List<Error> Check(CustomFieldEdit edit, List<CustomField> beside)
    {
        var errors = CustomFieldRules.Check(edit).ToList();
        if (beside.Exists(f => ContactKeys.Fold(f.Name) == ContactKeys.Fold(edit.Name))) errors.Add(NameTaken);
        return errors;
    }

    private static CustomFieldEdit Normal(CustomFieldEdit edit) => edit with { Name = OneLine.Of(edit.Name), Hint = OneLine.OrNone(edit.Hint), Choices = OneLine.Each(edit.Choices) };

    private static void Apply(CustomField field, CustomFieldEdit edit)
    {
        field.Name = edit.Name;
        field.Hint = edit.Hint;
        field.IsRequired = edit.IsRequired;
        field.IsSearchable = edit.IsSearchable && CustomFieldRules.CanBeSearched(edit.Target, edit.Type);
        (field.Min, field.Max) = CustomFieldRules.HasRange(edit.Type) ? (edit.Min, edit.Max) : (null, null);
        field.Choices = CustomFieldRules.HasChoices(edit.Type) ? [.. edit.Choices] : [];
    }

    private async Task<Result<Saved>> SaveAsync(AppDbContext db, Viewer viewer, CustomField field, string name, CancellationToken ct)
    {
        var command = db.Begin(name, viewer, Now);
        if (await db.TrySaveAsync(ct, NameTaken) is { } refusal) return refusal;
        return new Saved(field.Id, field.Version, command.Id);
    }
}
