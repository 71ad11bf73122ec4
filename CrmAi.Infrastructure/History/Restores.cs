using System.Text.Json;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.History;

/// <summary>A kind of record whose fields can be put back. The feature opens a record as for an edit, and saves it under the rules of one.</summary>
internal interface IRestorable
{
    string RecordType { get; }

    /// <summary>The fields of its edit, by their recorded names.</summary>
    IReadOnlyCollection<string> Fields { get; }

    /// <summary>Errors: not_found, forbidden.</summary>
    Task<Result<OpenRecord>> OpenAsync(AppDbContext db, Viewer viewer, Guid id, CancellationToken ct);
}

/// <summary>A record as it stands, loaded for writing.</summary>
/// <param name="Edit">As a person with every right would see it.</param>
/// <param name="Tags">Labels it carries.</param>
/// <param name="Shares">With whom it is shared; null where the viewer may not say so.</param>
/// <param name="SaveAsync">Saves the edit and, where they are given, the shares.</param>
internal sealed record OpenRecord(int Version, EditPatch Edit, IReadOnlySet<Guid> Tags, IReadOnlyDictionary<Guid, bool>? Shares, Func<EditPatch, IReadOnlyDictionary<Guid, bool>?, CancellationToken, Task<Result<Saved>>> SaveAsync);

internal sealed class Restores(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ChangeRecorder recorder, ContactParts parts, IEnumerable<IRestorable> kinds) : IRestores
{
    private const int Attempts = 4;

    public async Task<Result<RestorePreview>> PreviewAsync(RestorePoint point, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var work = await WorkAsync(db, viewer, point, ct);
        if (!work.Succeeded) return Result.Refused<RestorePreview>(work.Errors);
        var (record, access, changes, rows, at, _) = work.Value;
        var contact = point.RecordType == nameof(Contact) ? point.RecordId : (Guid?)null;
        var entries = changes.Select(c => (new ChangeEntry { Kind = c.Kind, RecordType = c.RecordType, RecordId = point.RecordId, ContactId = contact, Digest = [] }, (IReadOnlyList<RecordedField>)[c.Field])).Concat(rows.Select(r => (r, recorder.Read(r)))).ToList();
        var fields = await ReadableFields.ReadAsync(db, viewer, access, entries, ct);
        return new RestorePreview(record.Version, at, fields.Of([.. entries.Select(e => e.Item1)]));
    }

    public async Task<Result<Saved>> RestoreAsync(RestorePoint point, int version, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var work = await WorkAsync(db, viewer, point, ct);
            if (!work.Succeeded) return Result.Refused<Saved>(work.Errors);
            if (work.Value.Record.Version != version) return Error.Conflict;
            var saved = await work.Value.Record.SaveAsync(work.Value.Record.Edit, work.Value.Shares, ct);
            // Rows beside the record may be in motion, as an analysis of its text: then once more, as long as the record itself is as it was read.
            if (saved.Errors is not [{ Code: "conflict" }] || attempt == Attempts) return saved;
        }
    }

    private async Task<Result<Work>> WorkAsync(AppDbContext db, Viewer viewer, RestorePoint point, CancellationToken ct)
    {
        if (kinds.FirstOrDefault(k => k.RecordType == point.RecordType) is not { } kind || !viewer.May(Operation.ReadHistory)) return Error.NotFound;
        if (await RecordAccess.OfAsync(db, viewer, point.RecordType, point.RecordId, ct) is not { } access || await RecordState.OfAsync(db, recorder, point, ct) is not { } state) return Error.NotFound;
        var opened = await kind.OpenAsync(db, viewer, point.RecordId, ct);
        if (!opened.Succeeded) return Result.Refused<Work>(opened.Errors);
        if (state.IsErased) return new Error("undo.late", null, IHistory.UndoDays);
        var (record, changes) = (opened.Value, new List<Told>());
        var channels = await ChannelsAsync(db, access, ct);
        foreach (var (field, value) in state.Fields)
        {
            var whole = field.Split('/')[0];
            if (!(kind.Fields.Contains(whole) || CustomParts.IdOf(field) is not null)) continue;
            // What one may not read one does not put back either.
            if (!access.MayReadChannels && (ReadableFields.IsMasked(whole) || (CustomParts.IdOf(field) is { } custom && channels.Contains(custom)))) continue;
            var present = record.Edit.Get(field);
            if (record.Edit.Set(field, value)) changes.Add(new(point.RecordType, ChangeKind.Updated, field.Split('/') is [_, var part] ? new(whole, In(part, present), In(part, value)) : new(field, present, value)));
        }
        changes.AddRange(Tags(record, state));
        var shares = Shared(record, state, changes);
        var rows = await parts.ApplyAsync(db, viewer, point.RecordId, state, point.Field, ct);
        if (!rows.Succeeded) return Result.Refused<Work>(rows.Errors);
        return changes.Count + rows.Value.Count == 0 ? new Error("restore.same", null) : new Work(record, access, changes, rows.Value, state.At, shares);
    }

    private static IEnumerable<Told> Tags(OpenRecord record, RecordState state)
    {
        var wanted = record.Tags.Where(t => state.Tags.GetValueOrDefault(t, true)).Concat(state.Tags.Where(t => t.Value).Select(t => t.Key)).ToHashSet();
        if (wanted.SetEquals(record.Tags)) return [];
        record.Edit.Set(nameof(ContactEdit.TagIds), Json(wanted));
        return wanted.Except(record.Tags).Select(t => new Told(nameof(ContactTag), ChangeKind.Created, new(nameof(ContactTag.TagId), default, Json(t))))
            .Concat(record.Tags.Except(wanted).Select(t => new Told(nameof(ContactTag), ChangeKind.Deleted, new(nameof(ContactTag.TagId), Json(t), default))));
    }

    private static Dictionary<Guid, bool>? Shared(OpenRecord record, RecordState state, List<Told> changes)
    {
        if (record.Shares is not { } present || state.Shares.Count == 0) return null;
        var wanted = present.ToDictionary();
        foreach (var (person, (isShared, mayChange)) in state.Shares)
        {
            if (isShared == present.ContainsKey(person) && (!isShared || present[person] == mayChange)) continue;
            if (isShared) wanted[person] = mayChange;
            else wanted.Remove(person);
            changes.Add(new(nameof(ContactShare), isShared ? ChangeKind.Created : ChangeKind.Deleted, isShared ? new(nameof(ContactShare.UserId), default, Json(person)) : new(nameof(ContactShare.UserId), Json(person), default)));
        }
        return wanted;
    }

    private static async Task<HashSet<Guid>> ChannelsAsync(AppDbContext db, RecordAccess access, CancellationToken ct) => access.MayReadChannels ? []
        : [.. (await db.CustomFields.Select(f => new { f.Id, f.Type }).ToListAsync(ct)).Where(f => Domain.CustomFields.CustomFieldRules.IsChannel(f.Type)).Select(f => f.Id)];

    private static JsonElement In(string part, JsonElement value) => Json(value.ValueKind == JsonValueKind.Undefined ? [] : new Dictionary<string, JsonElement> { [part] = value });

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value, JsonColumns.Options);

    private sealed record Told(string RecordType, ChangeKind Kind, RecordedField Field);

    private sealed record Work(OpenRecord Record, RecordAccess Access, IReadOnlyList<Told> Changes, IReadOnlyList<ChangeEntry> Rows, DateTime At, IReadOnlyDictionary<Guid, bool>? Shares);
}
