using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Search;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Interactions;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

/// <summary>A row as a conversation.</summary>
internal sealed class InteractionDraft : RowDraft
{
    public InteractionEdit Edit { get; init; } = new();

    /// <summary>With whom it was.</summary>
    public required ContactDraft With { get; init; }
    public string? Author { get; init; }
}

/// <summary>
/// Rows become conversations of contacts that are there. The same words at the same time are there once, whatever the policy: a conversation is not changed by a file. They are not
/// analysed by themselves, as a hundred thousand at once would be.
/// </summary>
internal sealed class InteractionImporter(ImportTask task, FieldCipher cipher) : Importer(task, cipher)
{
    private ContactDrafts? people;

    public override bool DecidesAhead => true;

    public override RowDraft Prepare(FileRow row, bool keysOnly)
    {
        var read = Read(row);
        var edit = InteractionMapping.Normal(EditOf(read));
        // The rules of a contact are none of a conversation's: only by whom it is told counts.
        var with = (people ??= new(Task, new(Task.Mapping, dropsBadValues: true), Cipher)).Of(row, read with { Problems = [] }, keysOnly: true);
        var draft = new InteractionDraft { Number = row.Number, Edit = edit, With = with, Author = OneLine.OrNone(read.Get<string>(ImportTarget.Owner)) };
        Trouble.Unread(draft, row, read.Problems);
        foreach (var error in InteractionRules.Check(edit, Now)) Trouble.Refuse(draft, row, error);
        if (with.Keys.Count == 0 && with.Name.Length == 0) Trouble.Refuse(draft, row, new("import.nobody", null));
        if (!draft.IsRefused && Key("import.talk", $"{with.Name}\0{(with.Keys.Count > 0 ? with.Keys[0] : 0)}\0{Told(edit.At, edit.Type, edit.Subject, edit.Content)}") is { } key) draft.Keys.Add(key);
        return draft;
    }

    private DateTime Now => Task.Context.Today.ToDateTime(TimeOnly.MaxValue, DateTimeKind.Utc);

    private static string Told(DateTime at, InteractionType type, string? subject, string content) => $"{at:yyyyMMddHHmm}\0{type}\0{subject}\0{content.Replace('\0', '\uFFFD')}";

    public override async Task<Decided> DecideAsync(AppDbContext db, Viewer viewer, IReadOnlyList<RowDraft> rows, FileKeys seen, Decided? before, DateTime now, CancellationToken ct)
    {
        var (decided, owners, matching) = (new Decided(), new BatchOwners(db, viewer), new ContactMatching(db, viewer));
        var good = rows.Cast<InteractionDraft>().Where(r => !r.IsRefused).ToList();
        await matching.LookAsync([.. good.Select(r => r.With)], ct);
        await matching.LookByNameAsync([.. good.Select(r => r.With)], ct);
        await owners.LookAsync([.. good.Select(r => r.Author).OfType<string>()], ct, Operation.WriteInteractions);
        var (contacts, times) = (good.Select(r => With(r)?.Id).OfType<Guid>().Distinct().ToList(), good.Select(r => r.Edit.At).Distinct().ToList());
        var there = (await db.Interactions.VisibleTo(viewer, db).Where(i => contacts.Contains(i.ContactId) && times.Contains(i.At)).Select(i => new { i.Id, i.ContactId, i.At, i.Type, i.Subject, i.Content, i.CreatedAt }).ToListAsync(ct))
            .GroupBy(i => (i.ContactId, Told(i.At, i.Type, i.Subject, i.Content))).ToDictionary(g => g.Key, g => g.First());
        var made = new List<Interaction>();
        var pending = new Dictionary<(Guid, string), int>();
        var mayWrite = viewer.May(Operation.WriteInteractions);
        foreach (var row in rows.Cast<InteractionDraft>()) decided.Items.Add(One(row));
        if (Task.IsTrial || made.Count == 0) return decided;
        decided.Add(made);
        decided.Add(made.ConvertAll(i => new PendingText { InteractionId = i.Id }));
        var touched = made.Select(i => i.ContactId).Distinct().ToList();
        decided.Then = (context, token) => CountAsync(context, touched, token);
        return decided;

        KnownContact? With(InteractionDraft row) => matching.Of(row.With) ?? (row.With is { Company: null, Name.Length: > 0 } && row.With.Keys.Count == 0 ? matching.ByNameAlone(row.With.Name) : null);

        ImportItem One(InteractionDraft row)
        {
            if (row.IsRefused) return Item(row, RowOutcome.Refused);
            if (!mayWrite) return Refused(row, "forbidden");
            if (With(row) is not { } contact) return Refused(row, "import.nobody");
            if (owners.Of(row.Author) is not { } author) return Refused(row, "owner.unknown", row.Author ?? "");
            var told = (contact.Id, Told(row.Edit.At, row.Edit.Type, row.Edit.Subject, row.Edit.Content));
            if (pending.TryGetValue(told, out var first) || seen.RowOf(row.Keys) is { } number && (first = number) > 0)
            {
                row.Problems.Add(RowProblems.Whole("row.repeated", first.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                return Item(row, RowOutcome.Repeated);
            }
            if (Policy != DuplicatePolicy.Create && there.TryGetValue(told, out var same))
            {
                row.Problems.Add(RowProblems.Whole("interaction.there"));
                return Item(row, RowOutcome.Skipped, same.Id);
            }
            pending.Add(told, row.Number);
            decided.Remembered.Add(row);
            if (Task.IsTrial) return Item(row, RowOutcome.Created);
            var interaction = new Interaction { ContactId = contact.Id, AuthorId = author.Id, Content = "", CreatedAt = now, UpdatedAt = now, Version = 1 };
            InteractionMapping.Apply(interaction, row.Edit);
            interaction.Content = interaction.Content.Replace('\0', '\uFFFD');
            made.Add(interaction);
            return Item(row, RowOutcome.Created, interaction.Id);
        }
    }

    private ImportItem Refused(RowDraft row, string code, params string[] args)
    {
        row.Problems.Add(RowProblems.Whole(code, args));
        return Item(row, RowOutcome.Refused);
    }

    // As with every save of a conversation: private ones do not count, and no version moves.
    private static Task<int> CountAsync(AppDbContext db, List<Guid> contacts, CancellationToken ct) =>
        db.Set<Domain.Contacts.Contact>().Where(c => contacts.Contains(c.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.InteractionCount, c => db.Set<Interaction>().Count(i => i.ContactId == c.Id && i.DeletedAt == null && !i.IsScheduled && !i.IsPrivate))
            .SetProperty(c => c.LastContactAt, c => db.Set<Interaction>().Where(i => i.ContactId == c.Id && i.DeletedAt == null && !i.IsScheduled && !i.IsPrivate).Max(i => (DateTime?)i.At)), ct);

    private static InteractionEdit EditOf(ImportedRow row)
    {
        var at = Value<DateTime>(ImportTarget.At) ?? default;
        return new()
        {
            Type = Value<InteractionType>(ImportTarget.Type) ?? InteractionType.Other, Direction = Value<InteractionDirection>(ImportTarget.Direction) ?? InteractionDirection.Outbound,
            Subject = row.Get<string>(ImportTarget.Subject), Content = row.Get<string>(ImportTarget.Content) ?? "", At = DateTime.SpecifyKind(at, DateTimeKind.Utc), DurationSeconds = Value<int>(ImportTarget.Duration),
            Location = row.Get<string>(ImportTarget.Location), Outcome = Value<InteractionOutcome>(ImportTarget.Outcome), FollowUpAt = Value<DateTime>(ImportTarget.FollowUp),
            NextSteps = row.Get<IReadOnlyList<string>>(ImportTarget.NextSteps) ?? [], Topics = row.Get<IReadOnlyList<string>>(ImportTarget.Topics) ?? [], IsImportant = Value<bool>(ImportTarget.Important) ?? false,
        };

        T? Value<T>(ImportTarget target) where T : struct => row.Of(target)?.Value is T value ? value : null;
    }
}
