using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

internal sealed class Tags(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, TimeProvider time) : ITags
{
    public static readonly Error NameTaken = new("tag.name.taken", nameof(TagEdit.Name));

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<IReadOnlyList<TagRow>> ListAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.ReadContacts)) return [];
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db.Tags.Select(t => new TagRow(t.Id, t.Name, t.Colour, t.Kind, t.Version)).ToListAsync(ct);
        return [.. rows.OrderBy(t => t.Kind).ThenBy(t => t.Name, StringComparer.CurrentCulture)];
    }

    public async Task<Result<Saved>> AddAsync(TagEdit edit, CancellationToken ct)
    {
        edit = edit with { Name = OneLine.Of(edit.Name) };
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.ManageTags)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var tag = new Tag { Name = edit.Name, Kind = edit.Kind, Colour = TagRules.Normal(edit.Colour) };
        if (await CheckAsync(db, tag.Id, edit, ct) is { Count: > 0 } errors) return Result.Refused<Saved>(errors);
        if (await db.Tags.CountAsync(ct) >= TagRules.MaxTags) return new Error("tag.limit", null, TagRules.MaxTags);
        db.Tags.Add(tag);
        return await SaveAsync(db, tag, "tag.add", viewer, ct);
    }

    public async Task<Result<Saved>> UpdateAsync(Guid id, int version, TagEdit edit, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.ManageTags)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Tags.SingleOrDefaultAsync(t => t.Id == id, ct) is not { } tag) return Error.NotFound;
        if (await ApplyAsync(db, tag, edit, ct) is { Count: > 0 } errors) return Result.Refused<Saved>(errors);
        if (tag.Version != version) return Error.Conflict;
        return await SaveAsync(db, tag, "tag.edit", viewer, ct);
    }

    public async Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct, int? version = null)
    {
        var viewer = await user.GetAsync(ct);
        if (!MayDelete(viewer)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Tags.SingleOrDefaultAsync(t => t.Id == id, ct) is not { } tag) return Error.NotFound;
        if (version is { } read && tag.Version != read) return Error.Conflict;
        if (await db.ContactTags.CountAsync(t => t.TagId == id, ct) is > TagRules.MaxUsed and var used) return new Error("tag.used", null, used);
        db.ContactTags.RemoveRange(await db.ContactTags.Where(t => t.TagId == id).ToListAsync(ct));
        db.Tags.Remove(tag);
        return await SaveAsync(db, tag, "tag.delete", viewer, ct);
    }

    public static bool MayDelete(Viewer viewer) => viewer.May(Operation.ManageTags) && viewer.Role is Role.Manager or Role.Admin;

    /// <summary>Puts the edit into the row where nothing stands against it.</summary>
    public static async Task<List<Error>> ApplyAsync(AppDbContext db, Tag tag, TagEdit edit, CancellationToken ct)
    {
        edit = edit with { Name = OneLine.Of(edit.Name) };
        var errors = await CheckAsync(db, tag.Id, edit, ct);
        if (errors.Count == 0) (tag.Name, tag.Kind, tag.Colour) = (edit.Name, edit.Kind, TagRules.Normal(edit.Colour));
        return errors;
    }

    private static async Task<List<Error>> CheckAsync(AppDbContext db, Guid id, TagEdit edit, CancellationToken ct)
    {
        var errors = TagRules.Check(edit).ToList();
        // Compared as people read it: "VIP" and "vip" are one label. Tags are few.
        var folded = ContactKeys.Fold(edit.Name);
        var names = await db.Tags.Where(t => t.Id != id).Select(t => t.Name).ToListAsync(ct);
        if (folded.Length > 0 && names.Exists(n => ContactKeys.Fold(n) == folded)) errors.Add(NameTaken);
        return errors;
    }

    private async Task<Result<Saved>> SaveAsync(AppDbContext db, Tag tag, string name, Viewer viewer, CancellationToken ct)
    {
        var command = db.Begin(name, viewer, Now);
        if (await db.TrySaveAsync(ct, NameTaken) is { } refusal) return refusal;
        return new Saved(tag.Id, tag.Version, command.Id);
    }
}
