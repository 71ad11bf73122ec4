using CrmAi.Domain.History;
using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.History;

/// <summary>Tells of corrections of a contact's profile as of changes of the contact.</summary>
internal sealed class CorrectionLines
{
    private const string Mark = "Profile.";

    private Dictionary<Guid, string> claims = [];

    /// <summary>By which the correction of a statement is asked for and put back.</summary>
    public static string Key(string claim) => Mark + claim.Replace('/', '_');

    public static bool IsKey(string field) => field.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>Which statement each correction is of: what it made or removed says it, of a later change the row does.</summary>
    public static async Task<CorrectionLines> ReadAsync(AppDbContext db, IReadOnlyList<(ChangeEntry Entry, IReadOnlyList<RecordedField> Fields)> entries, CancellationToken ct)
    {
        var read = new CorrectionLines();
        var corrections = entries.Where(e => e.Entry.RecordType == nameof(ProfileCorrection)).ToList();
        if (corrections.Count == 0) return read;
        var ids = corrections.Select(e => e.Entry.RecordId).Distinct().ToList();
        read.claims = await db.ProfileCorrections.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Claim, ct);
        foreach (var (entry, fields) in corrections)
        {
            if (fields.FirstOrDefault(f => f.Field == nameof(ProfileCorrection.Claim)) is { } told && (ReadableFields.Text(told.After) ?? ReadableFields.Text(told.Before)) is { } claim) read.claims.TryAdd(entry.RecordId, claim);
        }
        return read;
    }

    /// <summary>The lines of one entry, labelled with the statement's <see cref="ProfileClaim.Identity"/>.</summary>
    public IReadOnlyList<FieldChange> Of(ChangeEntry entry, IReadOnlyList<RecordedField> fields)
    {
        if (!claims.TryGetValue(entry.RecordId, out var claim)) return [];
        FieldChange? Line(string field, string name) => fields.FirstOrDefault(f => f.Field == name) is { } f ? new FieldChange(field, ReadableFields.Text(f.Before), ReadableFields.Text(f.After)) { Label = claim, Key = Key(claim) } : null;
        List<FieldChange> lines = [.. new[] { Line(FieldChange.Profile, nameof(ProfileCorrection.Value)) ?? Line(FieldChange.Profile, nameof(ProfileCorrection.Level)), Line(FieldChange.ProfileNote, nameof(ProfileCorrection.Note)) }.OfType<FieldChange>()];
        // Called wrong, and nothing put in its place.
        if (entry.Kind != ChangeKind.Updated && !lines.Exists(l => l.Field == FieldChange.Profile))
            lines.Insert(0, entry.Kind == ChangeKind.Created ? new(FieldChange.ProfileWrong, null, "true") { Label = claim, Key = Key(claim) } : new(FieldChange.ProfileWrong, "true", null) { Label = claim, Key = Key(claim) });
        return lines;
    }
}
