using System.Text.Json;
using CrmAi.Domain.Accounts;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Views;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CrmAi.Infrastructure.History;

/// <summary>Takes one entry of a change set back, where its fields still are as it left them.</summary>
internal sealed class Reversal(AppDbContext db, ChangeEntry entry, IReadOnlyList<RecordedField> fields, DateTime now)
{
    /// <summary>False where somebody changed the fields since.</summary>
    public async Task<bool> ApplyAsync(CancellationToken ct)
    {
        var type = db.Model.GetEntityTypes().Single(t => !t.IsOwned() && t.ShortName() == entry.RecordType);
        var row = await db.FindAsync(type.ClrType, [entry.RecordId], ct);
        return entry.Kind switch
        {
            ChangeKind.Created => row is null || await IsSharedAsync(row, ct) || (!await IsUsedAsync(row, ct) && Remove(row, type)),
            ChangeKind.Deleted when row is null => await RecreateAsync(type, ct),
            ChangeKind.Updated or ChangeKind.Deleted or ChangeKind.Restored => row is not null && PutBack(row, type) && !await IsSentAgainAsync(row, ct),
            _ => true,
        };
    }

    /// <summary>Why not, where it was not.</summary>
    public Error Refusal { get; private set; } = new("undo.changed", null);

    /// <summary>Takes back what nobody changed since and leaves the rest; answers the fields that it left.</summary>
    public async Task<IReadOnlyList<string>> ApplyPartlyAsync(CancellationToken ct)
    {
        var type = db.Model.GetEntityTypes().Single(t => !t.IsOwned() && t.ShortName() == entry.RecordType);
        var row = await db.FindAsync(type.ClrType, [entry.RecordId], ct);
        if (entry.Kind == ChangeKind.Created) return row is null || Remove(row, type) ? [] : [entry.RecordType];
        if (row is null) return []; // somebody removed it for good
        var left = fields.Where(f => !IsUnchanged(row, type, f)).ToList();
        foreach (var field in fields.Except(left)) Set(db, row, type, field.Field, field.Before);
        return [.. left.Select(f => f.Field)];
    }

    /// <summary>Whether all that tracked rows point to is still there: a folder may be gone to which a contact would return.</summary>
    public static async Task<bool> TargetsExistAsync(AppDbContext db, CancellationToken ct)
    {
        var targets = from row in db.ChangeTracker.Entries<IRecorded>()
                      where row.State is EntityState.Added or EntityState.Modified
                      from key in row.Metadata.GetForeignKeys()
                      where !key.IsOwnership && key.Properties.Count == 1
                      let property = row.Property(key.Properties[0].Name)
                      where (row.State == EntityState.Added || property.IsModified) && property.CurrentValue is not null
                      select (key.PrincipalEntityType.ClrType, property.CurrentValue);
        foreach (var (type, id) in targets.Distinct().ToList())
        {
            if (await db.FindAsync(type, [id], ct) is not { } target || db.Entry(target).State == EntityState.Deleted) return false;
        }
        return true;
    }

    // A company made along with a contact stays for the others who work there by now.
    private async Task<bool> IsSharedAsync(object row, CancellationToken ct)
    {
        if (row is not Account account) return false;
        var going = db.ChangeTracker.Entries<Contact>().Where(e => e.Entity.DeletedAt is not null).Select(e => e.Entity.Id).ToList();
        return await db.Set<Contact>().AnyAsync(c => c.AccountId == account.Id && c.DeletedAt == null && !going.Contains(c.Id), ct);
    }

    // A folder that holds something by now, or a label that somebody has put on.
    private async Task<bool> IsUsedAsync(object row, CancellationToken ct)
    {
        if (row is Folder folder) return await db.Set<Contact>().AnyAsync(c => c.FolderId == folder.Id, ct) || await db.Folders.AnyAsync(f => f.ParentId == folder.Id, ct);
        if (row is not Tag tag) return false;
        var going = db.ChangeTracker.Entries<ContactTag>().Where(e => e.State == EntityState.Deleted).Select(e => e.Entity.Id).ToList();
        return await db.ContactTags.AnyAsync(t => t.TagId == tag.Id && !going.Contains(t.Id), ct);
    }

    // The same picture came once more since, as another card: there is one of each.
    private async Task<bool> IsSentAgainAsync(object row, CancellationToken ct)
    {
        if (row is not BusinessCard { State: not CardState.Discarded } card) return false;
        if (!await db.BusinessCards.AnyAsync(c => c.OwnerId == card.OwnerId && c.Digest == card.Digest && c.Id != card.Id && c.State != CardState.Discarded, ct)) return false;
        Refusal = new("undo.card", null);
        return true;
    }

    private bool Remove(object row, IEntityType type)
    {
        if (!Unchanged(row, type)) return false;
        if (row is IDeletable deletable) deletable.DeletedAt = now;
        else db.Remove(row);
        return true;
    }

    private bool PutBack(object row, IEntityType type)
    {
        if (!Unchanged(row, type)) return false;
        foreach (var field in fields) Set(db, row, type, field.Field, field.Before);
        return true;
    }

    private async Task<bool> RecreateAsync(IEntityType type, CancellationToken ct)
    {
        var row = Activator.CreateInstance(type.ClrType)!;
        db.Entry(row).Property("Id").CurrentValue = entry.RecordId;
        // When a row was made is not recorded: it is made anew.
        if (type.FindProperty(nameof(ContactShare.CreatedAt)) is { } made) db.Entry(row).Property(made.Name).CurrentValue = now;
        foreach (var field in fields) Set(db, row, type, field.Field, field.Before);
        switch (row)
        {
            // Somebody has put it on again.
            case ContactTag tag when await db.ContactTags.AnyAsync(t => t.ContactId == tag.ContactId && t.TagId == tag.TagId, ct): return true;
            // Somebody has corrected it again.
            case ProfileCorrection correction when await db.ProfileCorrections.AnyAsync(c => c.ContactId == correction.ContactId && c.Claim == correction.Claim, ct): return false;
            case BusinessCard when await IsSentAgainAsync(row, ct): return false;
            // Its name belongs to another by now.
            case Tag tag when await db.Tags.AnyAsync(t => t.Name == tag.Name, ct): return false;
            case SavedView view when await db.Views.AnyAsync(v => v.OwnerId == view.OwnerId && v.Name == view.Name, ct): return false;
        }
        db.Add(row);
        return true;
    }

    private bool Unchanged(object row, IEntityType type) => fields.All(field => IsUnchanged(row, type, field));

    private bool IsUnchanged(object row, IEntityType type, RecordedField field)
    {
        if (RegistryParts.IsFetched(entry, field.Field)) return true; // what a source tells goes with the choice of whom it is asked about
        if (CustomParts.IdOf(field.Field) is { } custom) return Custom(db, row).GetValueOrDefault(custom) == Text(field.After);
        if (type.FindProperty(field.Field) is not { } property) return true;
        var present = JsonSerializer.SerializeToElement(db.Entry(row).Property(property.Name).CurrentValue, property.ClrType, JsonColumns.Options);
        return Same(present, field.After);
    }

    private static bool Same(JsonElement a, JsonElement b) =>
        a.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? b.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined : JsonElement.DeepEquals(a, b);

    /// <summary>Gives a tracked or new row a recorded value.</summary>
    public static void Set(AppDbContext db, object row, IEntityType type, string field, JsonElement value)
    {
        if (CustomParts.IdOf(field) is { } custom)
        {
            var values = new Dictionary<Guid, string>(Custom(db, row));
            if (Text(value) is { } text) values[custom] = text;
            else values.Remove(custom);
            db.Entry(row).Property(nameof(Contact.Custom)).CurrentValue = values;
            return;
        }
        if (type.FindProperty(field) is not { } property) return; // a column of an older version
        var none = value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;
        db.Entry(row).Property(property.Name).CurrentValue = none ? Empty(property) : value.Deserialize(property.ClrType, JsonColumns.Options);
    }

    private static Dictionary<Guid, string> Custom(AppDbContext db, object row) => (Dictionary<Guid, string>?)db.Entry(row).Property(nameof(Contact.Custom)).CurrentValue ?? [];

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static object? Empty(IProperty property) =>
        property.IsNullable || !property.ClrType.IsValueType ? null : Activator.CreateInstance(property.ClrType);
}
