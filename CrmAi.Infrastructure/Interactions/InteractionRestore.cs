using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Interactions;

/// <summary>Puts fields of an interaction back; its files stay as they are.</summary>
internal sealed class InteractionRestore(TimeProvider time) : IRestorable
{
    public string RecordType => nameof(Interaction);

    public IReadOnlyCollection<string> Fields { get; } = [.. typeof(InteractionEdit).GetProperties().Select(p => p.Name).Except([nameof(InteractionEdit.AttachmentIds)])];

    public async Task<Result<OpenRecord>> OpenAsync(AppDbContext db, Viewer viewer, Guid id, CancellationToken ct)
    {
        var interaction = await db.Interactions.VisibleTo(viewer, db).Include(i => i.Contact).ThenInclude(c => c!.Shares).Include(i => i.Attachments).AsSplitQuery().SingleOrDefaultAsync(i => i.Id == id, ct);
        if (interaction is null) return Error.NotFound;
        if (!Interactions.MayChange(viewer, interaction.AuthorId, interaction.Contact!)) return Error.Forbidden;
        return new OpenRecord(interaction.Version, EditPatch.Of(InteractionMapping.Edit(interaction)), new HashSet<Guid>(), null, async (patch, _, token) =>
        {
            var (edit, now) = (InteractionMapping.Normal(patch.Edit<InteractionEdit>()), time.GetUtcNow().UtcDateTime);
            if (edit.IsPrivate != interaction.IsPrivate && !Interactions.MayHide(viewer, interaction.AuthorId)) return new Error("interaction.private.author", nameof(edit.IsPrivate));
            var errors = InteractionRules.Check(edit, now, InteractionMapping.Edit(interaction));
            if (errors.Count > 0) return Result.Refused<Saved>(errors);
            InteractionMapping.Apply(interaction, edit);
            interaction.UpdatedAt = now;
            var command = db.Begin("interaction.putback", viewer, now);
            return await db.TrySaveAsync(token) is { } refusal ? refusal : new Saved(interaction.Id, interaction.Version, command.Id);
        });
    }
}
