using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.BulkEdits;

/// <summary>What a bulk edit does to one contact after the other.</summary>
internal sealed class BulkChange
{
    private readonly AppDbContext db;
    private readonly Viewer viewer;
    private readonly BulkEdit edit;
    private readonly DateTime now;
    private User? assignee;

    private BulkChange(AppDbContext db, Viewer viewer, BulkEdit edit, DateTime now) => (this.db, this.viewer, this.edit, this.now) = (db, viewer, edit, now);

    /// <summary>Errors: tag.unknown, folder.unknown, user.unknown, bulk.value.</summary>
    public static async Task<Error?> CheckAsync(AppDbContext db, Viewer viewer, BulkAction action, Guid? target, string? value, CancellationToken ct) => action switch
    {
        BulkAction.AddTag or BulkAction.RemoveTag when !await db.Tags.AnyAsync(t => t.Id == target, ct) => new("tag.unknown", nameof(BulkRequest.TargetId)),
        BulkAction.File when target is not null && !await db.Folders.AnyAsync(f => f.Id == target && f.OwnerId == viewer.Id, ct) => new("folder.unknown", nameof(BulkRequest.TargetId)),
        BulkAction.Assign when await AssigneeAsync(db, viewer, target, ct) is null => new("user.unknown", nameof(BulkRequest.TargetId)),
        BulkAction.SetPriority when Known<Priority>(value) is null => new("bulk.value", nameof(BulkRequest.Value)),
        BulkAction.SetStage when Known<DealStage>(value) is null => new("bulk.value", nameof(BulkRequest.Value)),
        _ => Enum.IsDefined(action) ? null : new("bulk.value", nameof(BulkRequest.Action)),
    };

    /// <summary>Made for one batch: what the edit is about may have gone since the last.</summary>
    public static async Task<Result<BulkChange>> OfAsync(AppDbContext db, Viewer viewer, BulkEdit edit, DateTime now, CancellationToken ct)
    {
        if (await CheckAsync(db, viewer, edit.Action, edit.TargetId, edit.Value, ct) is { } refusal) return refusal;
        return new BulkChange(db, viewer, edit, now) { assignee = edit.Action == BulkAction.Assign ? await AssigneeAsync(db, viewer, edit.TargetId, ct) : null };
    }

    /// <summary>Null where it was changed, or was so already; otherwise the code of what stands against it.</summary>
    public string? Apply(Contact? contact)
    {
        if (contact is null) return Error.NotFound.Code;
        if (!May(viewer, edit.Action, contact)) return Error.Forbidden.Code;
        var version = (contact.FolderId, contact.OwnerId, contact.IsArchived, contact.Priority, contact.Stage, contact.DeletedAt);
        switch (edit.Action)
        {
            case BulkAction.AddTag when contact.Tags.TrueForAll(t => t.TagId != edit.TargetId):
                db.ContactTags.Add(new() { ContactId = contact.Id, TagId = edit.TargetId!.Value });
                break;
            case BulkAction.RemoveTag:
                db.ContactTags.RemoveRange(contact.Tags.Where(t => t.TagId == edit.TargetId));
                break;
            case BulkAction.File when contact.OwnerId != viewer.Id:
                return "folder.owner";
            case BulkAction.File:
                contact.FolderId = edit.TargetId;
                break;
            case BulkAction.Assign when contact.OwnerId != assignee!.Id:
                (contact.OwnerId, contact.TeamId, contact.FolderId) = (assignee.Id, assignee.TeamId, null);
                break;
            case BulkAction.Archive or BulkAction.Unarchive:
                contact.IsArchived = edit.Action == BulkAction.Archive;
                break;
            case BulkAction.Delete:
                contact.DeletedAt = now;
                break;
            case BulkAction.SetPriority:
                contact.Priority = Known<Priority>(edit.Value)!.Value;
                break;
            case BulkAction.SetStage:
                contact.Stage = Known<DealStage>(edit.Value)!.Value;
                break;
        }
        if (version != (contact.FolderId, contact.OwnerId, contact.IsArchived, contact.Priority, contact.Stage, contact.DeletedAt)) contact.UpdatedAt = now;
        return null;
    }

    /// <summary>Giving away and deleting is for those who govern a contact. Its shares must be loaded.</summary>
    public static bool May(Viewer viewer, BulkAction action, Contact contact) =>
        action is BulkAction.Assign or BulkAction.Delete ? viewer.MayGovern(contact) : viewer.MayChange(contact);

    // Whom one may make an owner: a colleague of one's teams who may write, anybody such for an administrator.
    private static Task<User?> AssigneeAsync(AppDbContext db, Viewer viewer, Guid? id, CancellationToken ct)
    {
        var writers = Enum.GetValues<Role>().Where(r => Permissions.Allow(r, Operation.WriteContacts)).ToList();
        return db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id && u.IsActive && writers.Contains(u.Role)
            && (viewer.Role == Role.Admin || u.Id == viewer.Id || (u.TeamId != null && viewer.TeamIds.Contains(u.TeamId.Value))), ct);
    }

    private static T? Known<T>(string? name) where T : struct, Enum => Enum.GetNames<T>().Contains(name) ? Enum.Parse<T>(name!) : null;
}
