using System.Text.Json;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CrmAi.Infrastructure.History;

/// <summary>A row beside a contact as it was at a moment.</summary>
/// <param name="Existed">False where it was made later.</param>
internal sealed record RowState(string RecordType, bool Existed)
{
    /// <summary>What was otherwise then than it is now, by field.</summary>
    public Dictionary<string, JsonElement> Before { get; } = [];
}

/// <summary>Puts photos of a contact and corrections of its profile back: what was removed returns, what came later goes, what was changed is as it was.</summary>
internal sealed class ContactParts(ChangeRecorder recorder, IFileStore files)
{
    public const string Photos = "Photos";

    // Who said it when goes with what was said, and is by itself no change.
    private static readonly string[] Signature = [nameof(ProfileCorrection.UserId), nameof(ProfileCorrection.At)];

    public static bool Has(string recordType) => recordType is nameof(ContactPhoto) or nameof(ProfileCorrection);

    /// <summary>Puts the rows into the context; nothing is saved. Answers what changes. Errors: photo.limit.</summary>
    public async Task<Result<IReadOnlyList<ChangeEntry>>> ApplyAsync(AppDbContext db, Viewer viewer, Guid contactId, RecordState state, string? field, CancellationToken ct)
    {
        var changes = new List<ChangeEntry>();
        foreach (var (id, was) in state.Rows)
        {
            // A profile is corrected by those who may write of conversations.
            if (was.RecordType == nameof(ProfileCorrection) && !viewer.May(Operation.WriteInteractions)) continue;
            // Went to another contact with a merge, which is taken back as a whole.
            if (was.Before.TryGetValue(nameof(ContactPhoto.ContactId), out var whose) && !(whose.ValueKind == JsonValueKind.String && whose.TryGetGuid(out var of) && of == contactId)) continue;
            var type = db.Model.GetEntityTypes().Single(t => !t.IsOwned() && t.ShortName() == was.RecordType);
            var row = await db.FindAsync(type.ClrType, [id], ct);
            if (field is not null && field != Key(was, row)) continue;
            if (!was.Existed && row is not null) db.Remove(row);
            else if (was.Existed && row is null && IsStored(was) && await IsFreeAsync(db, contactId, state, was, ct)) Recreate(db, type, id, was);
            else if (was.Existed && row is not null && was.Before.Keys.Except(Signature).Any())
                foreach (var (name, value) in was.Before) Reversal.Set(db, row, type, name, value);
            else continue;
            if (db.ChangeTracker.Entries<IRecorded>().Single(e => e.Entity.Id == id) is { State: not EntityState.Unchanged } entry && recorder.Describe(entry) is { } change) changes.Add(change);
        }
        var added = db.ChangeTracker.Entries<ContactPhoto>().Count(e => e.State == EntityState.Added) - db.ChangeTracker.Entries<ContactPhoto>().Count(e => e.State == EntityState.Deleted);
        if (added > 0 && await db.ContactPhotos.CountAsync(p => p.ContactId == contactId, ct) + added > IContactPhotos.MaxPerContact) return new Error("photo.limit", null, IContactPhotos.MaxPerContact);
        return changes;
    }

    private static string Key(RowState was, object? row) => was.RecordType == nameof(ContactPhoto) ? Photos
        : CorrectionLines.Key((row as ProfileCorrection)?.Claim ?? (was.Before.TryGetValue(nameof(ProfileCorrection.Claim), out var claim) ? ReadableFields.Text(claim) : null) ?? "");

    // Of each statement there is one correction: another that stays, stays.
    private static async Task<bool> IsFreeAsync(AppDbContext db, Guid contactId, RecordState state, RowState was, CancellationToken ct)
    {
        if (was.RecordType != nameof(ProfileCorrection)) return true;
        if (!was.Before.TryGetValue(nameof(ProfileCorrection.Claim), out var claim) || ReadableFields.Text(claim) is not { } about) return false;
        var there = await db.ProfileCorrections.Where(c => c.ContactId == contactId && c.Claim == about).Select(c => c.Id).ToListAsync(ct);
        return there.TrueForAll(id => state.Rows.TryGetValue(id, out var other) && !other.Existed);
    }

    // Files of removed photos are kept as long as a removal can be undone.
    private bool IsStored(RowState was)
    {
        if (was.RecordType != nameof(ContactPhoto)) return true;
        if (!was.Before.TryGetValue(nameof(ContactPhoto.StorageKey), out var key) || ReadableFields.Text(key) is not { } stored) return false;
        try
        {
            using var content = files.Open(stored);
            return true;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException) { return false; }
    }

    private static void Recreate(AppDbContext db, IEntityType type, Guid id, RowState was)
    {
        var row = Activator.CreateInstance(type.ClrType)!;
        db.Entry(row).Property(nameof(IRecorded.Id)).CurrentValue = id;
        foreach (var (name, value) in was.Before) Reversal.Set(db, row, type, name, value);
        db.Add(row);
    }
}
