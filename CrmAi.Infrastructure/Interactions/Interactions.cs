using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Interactions;

internal sealed class Interactions(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, Timelines timelines, TimeProvider time) : IInteractions
{
    private const int Appointments = 50, Attempts = 4;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<Result<Page<TimelineItem>>> TimelineAsync(Guid contactId, TimelineFilter filter, string? after, int take, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await timelines.PageAsync(db, viewer, contactId, filter, after, take, ct);
    }

    public async Task<Result<Page<TimelineItem>>> NewerAsync(Guid contactId, TimelineFilter filter, string before, int take, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await timelines.NewerAsync(db, viewer, contactId, filter, before, take, ct);
    }

    public async Task<Result<TimelinePart>> AroundAsync(Guid contactId, TimelineFilter filter, Guid id, int take, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await timelines.AroundAsync(db, viewer, contactId, filter, id, take, ct);
    }

    public async Task<int> CountAsync(Guid contactId, TimelineFilter filter, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Timelines.Found(db, viewer, contactId, filter).Take(TimelineFilter.CountLimit).CountAsync(ct);
    }

    public async Task<IReadOnlyList<TimelineItem>> AppointmentsAsync(Guid contactId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ahead = db.Interactions.VisibleTo(viewer, db).Where(i => i.ContactId == contactId && !i.IsArchived).Where(Timelines.IsAppointment);
        var items = await timelines.ItemsAsync(db, viewer, ahead.OrderBy(i => i.At).ThenBy(i => i.Id).Take(Appointments), ct);
        items.Reverse();
        return items;
    }

    public async Task<IReadOnlyList<AppointmentRow>> MyAppointmentsAsync(DateTime before, int take, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Interactions.VisibleTo(viewer, db).Where(Timelines.IsAppointment).Where(i => i.AuthorId == viewer.Id && i.At < before && !i.IsArchived)
            .OrderBy(i => i.At).ThenBy(i => i.Id).Take(Math.Clamp(take, 1, 200))
            .Select(i => new AppointmentRow(i.Id, i.ContactId, i.Contact!.Name, i.Type, i.Subject, i.At, i.DurationSeconds, i.Location)).ToListAsync(ct);
    }

    public async Task<TimelineItem?> GetAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await timelines.ItemsAsync(db, viewer, db.Interactions.VisibleTo(viewer, db).Where(i => i.Id == id), ct)).SingleOrDefault();
    }

    public async Task<Result<Saved>> AddAsync(Guid contactId, InteractionEdit edit, CancellationToken ct, Guid? id = null)
    {
        edit = InteractionMapping.Normal(edit);
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Contacts.VisibleTo(viewer).AnyAsync(c => c.Id == contactId, ct)) return Error.NotFound;
        if (!viewer.May(Operation.WriteInteractions)) return Error.Forbidden;
        var errors = InteractionRules.Check(edit, Now);
        if (errors.Count > 0) return Result.Refused<Saved>(errors);
        Task<Saved?> MadeAsync() => db.Interactions.VisibleTo(viewer, db).Where(i => i.Id == id && i.ContactId == contactId && i.AuthorId == viewer.Id).Select(i => new Saved(i.Id, i.Version, Guid.Empty)).SingleOrDefaultAsync(ct);
        if (id is not null && await MadeAsync() is { } made) return made;
        var interaction = new Interaction { Id = id ?? Ids.Next(), ContactId = contactId, AuthorId = viewer.Id, Content = "", CreatedAt = Now };
        InteractionMapping.Apply(interaction, edit);
        if (!await ClaimAsync(db, viewer, interaction, edit.AttachmentIds, ct)) return new Error("attachment.unknown", nameof(edit.AttachmentIds));
        db.Interactions.Add(interaction);
        try { return await SaveAsync(db, interaction, "interaction.add", viewer, ct); }
        catch (DbUpdateException) when (id is not null)
        {
            // Two at once: the other was first.
            db.ChangeTracker.Clear();
            if (await MadeAsync() is { } first) return first;
            throw;
        }
    }

    public Task<Result<Saved>> UpdateAsync(Guid id, int version, InteractionEdit edit, CancellationToken ct) => PastAnalysisAsync(() => ChangeAsync(id, version, edit, ct));

    public Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct, int? version = null) => PastAnalysisAsync(() => RemoveAsync(id, version, ct));

    public Task<Result<Saved>> RestoreAsync(Guid id, CancellationToken ct) => PastAnalysisAsync(() => BringBackAsync(id, ct));

    private async Task<Result<Saved>> ChangeAsync(Guid id, int version, InteractionEdit edit, CancellationToken ct)
    {
        edit = InteractionMapping.Normal(edit);
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var interaction = await db.Interactions.VisibleTo(viewer, db).Include(i => i.Contact).ThenInclude(c => c!.Shares).Include(i => i.Attachments).AsSplitQuery().SingleOrDefaultAsync(i => i.Id == id, ct);
        if (interaction is null) return Error.NotFound;
        if (!MayChange(viewer, interaction.AuthorId, interaction.Contact!)) return Error.Forbidden;
        if (edit.IsPrivate != interaction.IsPrivate && !MayHide(viewer, interaction.AuthorId)) return new Error("interaction.private.author", nameof(edit.IsPrivate));
        var errors = InteractionRules.Check(edit, Now, InteractionMapping.Edit(interaction));
        if (errors.Count > 0) return Result.Refused<Saved>(errors);
        if (interaction.Version != version) return Error.Conflict;
        InteractionMapping.Apply(interaction, edit);
        foreach (var removed in interaction.Attachments.Where(a => !edit.AttachmentIds.Contains(a.Id)).ToList()) removed.InteractionId = null;
        if (!await ClaimAsync(db, viewer, interaction, [.. edit.AttachmentIds.Except(interaction.Attachments.Select(a => a.Id))], ct)) return new Error("attachment.unknown", nameof(edit.AttachmentIds));
        return await SaveAsync(db, interaction, "interaction.edit", viewer, ct);
    }

    private async Task<Result<Saved>> RemoveAsync(Guid id, int? version, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var interaction = await db.Interactions.VisibleTo(viewer, db).Include(i => i.Contact).ThenInclude(c => c!.Shares).SingleOrDefaultAsync(i => i.Id == id, ct);
        if (interaction is null) return Error.NotFound;
        if (!MayChange(viewer, interaction.AuthorId, interaction.Contact!)) return Error.Forbidden;
        if (version is { } read && interaction.Version != read) return Error.Conflict;
        interaction.DeletedAt = Now;
        return await SaveAsync(db, interaction, "interaction.delete", viewer, ct);
    }

    private async Task<Result<Saved>> BringBackAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var deleted = db.Interactions.VisibleTo(viewer, db, deletedToo: true).Where(i => i.DeletedAt != null && i.Contact!.DeletedAt == null);
        var interaction = await deleted.Include(i => i.Contact).ThenInclude(c => c!.Shares).SingleOrDefaultAsync(i => i.Id == id, ct);
        if (interaction is null) return Error.NotFound;
        if (!MayChange(viewer, interaction.AuthorId, interaction.Contact!)) return Error.Forbidden;
        if (interaction.DeletedAt < Now.AddDays(-IHistory.UndoDays)) return new Error("undo.late", null, IHistory.UndoDays);
        interaction.DeletedAt = null;
        return await SaveAsync(db, interaction, "interaction.restore", viewer, ct);
    }

    /// <summary>Its author, and whoever may change the contact; both only with the right to write.</summary>
    public static bool MayChange(Viewer viewer, Guid authorId, Contact contact) =>
        viewer.May(Operation.WriteInteractions) && (authorId == viewer.Id || viewer.MayChange(contact));

    public static bool MayHide(Viewer viewer, Guid authorId) => viewer.May(Operation.WriteInteractions) && (authorId == viewer.Id || viewer.Role == Role.Admin);

    private async Task<Result<Saved>> SaveAsync(AppDbContext db, Interaction interaction, string name, Viewer viewer, CancellationToken ct)
    {
        interaction.UpdatedAt = Now;
        var command = db.Begin(name, viewer, Now);
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateConcurrencyException e) when (e.Entries.Any(entry => entry.Entity is Interaction)) { return Error.Conflict; }
        return new Saved(interaction.Id, interaction.Version, command.Id);
    }

    // An analysis may end at the very moment in which its text goes: what was read of it is then gone over again, and nobody's edit is lost.
    private static async Task<Result<Saved>> PastAnalysisAsync(Func<Task<Result<Saved>>> work)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try { return await work(); }
            catch (DbUpdateConcurrencyException) { } // of the analysis' rows alone
        }
        return Error.Conflict;
    }

    // Only uploads of one's own that belong to nothing yet.
    private static async Task<bool> ClaimAsync(AppDbContext db, Viewer viewer, Interaction interaction, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return true;
        var files = await db.Attachments.Where(a => ids.Contains(a.Id) && a.UploadedBy == viewer.Id && a.InteractionId == null).ToListAsync(ct);
        foreach (var file in files) file.InteractionId = interaction.Id;
        return files.Count == ids.Distinct().Count();
    }
}
