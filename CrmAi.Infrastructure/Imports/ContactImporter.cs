using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.CustomFields;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;
using CrmAi.Infrastructure.Platform.Files;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

/// <summary>Rows become contacts, with their companies, labels and photos.</summary>
internal sealed class ContactImporter(ImportTask task, FieldCipher cipher, IFileStore files, bool tellsOwners, TimeProvider time) : Importer(task, cipher)
{
    private ContactDrafts? drafts;

    private ContactDrafts Drafts => drafts ??= new(Task, Trouble, Cipher);

    public override RowDraft Prepare(FileRow row, bool keysOnly) => Drafts.Of(row, Read(row), keysOnly);

    public override async Task<Decided> DecideAsync(AppDbContext db, Viewer viewer, IReadOnlyList<RowDraft> rows, FileKeys seen, Decided? before, DateTime now, CancellationToken ct)
    {
        var batch = new Batch(db, viewer, seen, before, now);
        var good = rows.Cast<ContactDraft>().Where(r => !r.IsRefused).ToList();
        if (Policy != DuplicatePolicy.Create)
        {
            await batch.Matching.LookAsync(good, ct);
            if (tellsOwners) await batch.Matching.LookElsewhereAsync(good, ct);
        }
        await batch.Owners.LookAsync([.. good.Select(r => r.Owner).OfType<string>()], ct);
        await batch.Labels.LookAsync(good.SelectMany(r => r.Tags), Task.IsTrial, ct);
        await batch.Companies.LookAsync([.. good.Select(r => r.Edit.Company).OfType<string>()], ct);
        if (good.Exists(r => r.Edit.Custom.Count > 0))
        {
            batch.Offered = [.. await db.CustomFields.Where(f => f.Target == CustomFieldTarget.Contact && !f.IsArchived).Select(f => f.Id).ToListAsync(ct)];
            batch.Searchable = await CustomValues.SearchableAsync(db, CustomFieldTarget.Contact, ct);
        }
        if (Policy is DuplicatePolicy.FillEmpty or DuplicatePolicy.Overwrite) await LoadAsync(batch, good, ct);
        foreach (var row in rows.Cast<ContactDraft>()) batch.Decided.Items.Add(await OneAsync(batch, row, ct));
        Finish(batch);
        return batch.Decided;
    }

    // Those that are to change, with all that says whether they may.
    private static async Task LoadAsync(Batch batch, List<ContactDraft> rows, CancellationToken ct)
    {
        var ids = rows.Select(batch.Matching.Of).OfType<KnownContact>().Select(k => k.Id).Distinct().ToList();
        if (ids.Count == 0) return;
        batch.Present = await batch.Db.Contacts.VisibleTo(batch.Viewer).Include(c => c.Shares).Include(c => c.Tags).Include(c => c.Account).Include(c => c.Photos).Where(c => ids.Contains(c.Id)).AsSplitQuery().ToDictionaryAsync(c => c.Id, ct);
    }

    private async Task<ImportItem> OneAsync(Batch batch, ContactDraft row, CancellationToken ct)
    {
        if (row.IsRefused) return Item(row, RowOutcome.Refused);
        // A field may have been put away since the mapping was made: the row comes without it.
        foreach (var gone in row.Edit.Custom.Keys.Where(id => !batch.Offered.Contains(id)).ToList())
        {
            ((Dictionary<Guid, string>)row.Edit.Custom).Remove(gone);
            row.Made?.Custom.Remove(gone);
            row.Problems.Add(RowProblems.Whole("custom.gone"));
        }
        if (Policy == DuplicatePolicy.Create) return await AddAsync(batch, row, ct);
        if (batch.Pending(row) is { } first)
        {
            if (Policy == DuplicatePolicy.Skip) return Repeated(row, first.Number);
            Fitting([.. batch.Labels.Of(LabelsOf(batch, first).Concat(row.Tags)).DistinctBy(t => t.Id)], ContactRules.MaxTags, row);
            if (!Task.IsTrial) Merge(batch, first, row);
            return Item(row, RowOutcome.Updated, first.Made?.Id);
        }
        var known = batch.Matching.Of(row);
        if (known is not null && (known.CreatedAt < Task.Since || Policy != DuplicatePolicy.Skip)) return await ThereAsync(batch, row, known, ct);
        if (batch.Seen.RowOf(row.Keys) is { } number) return Policy == DuplicatePolicy.Skip || !Task.IsTrial ? Repeated(row, number) : Item(row, RowOutcome.Updated);
        if (known is not null) return await ThereAsync(batch, row, known, ct);
        if (batch.Matching.OwnerElsewhere(row) is not { } owner) return await AddAsync(batch, row, ct);
        row.Problems.Add(RowProblems.Whole("contact.elsewhere", owner));
        return Item(row, RowOutcome.Skipped);
    }

    private ImportItem Repeated(ContactDraft row, int first)
    {
        row.Problems.Add(RowProblems.Whole("row.repeated", first.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return Item(row, RowOutcome.Repeated);
    }

    private async Task<ImportItem> ThereAsync(Batch batch, ContactDraft row, KnownContact known, CancellationToken ct)
    {
        if (Policy == DuplicatePolicy.Skip || !batch.Present.TryGetValue(known.Id, out var contact))
        {
            row.Problems.Add(RowProblems.Whole("contact.there"));
            return Item(row, RowOutcome.Skipped, known.Id);
        }
        if (!batch.Viewer.MayChange(contact))
        {
            row.Problems.Add(RowProblems.Whole("contact.theirs"));
            return Item(row, RowOutcome.Skipped, known.Id);
        }
        var overwrite = Policy == DuplicatePolicy.Overwrite;
        ContactFilling.Apply(contact, row, overwrite);
        if (row.Edit.Company is { } company && (overwrite || contact.Account is not { DeletedAt: null })) batch.Companies.Put(contact, company, Task.IsTrial);
        if (overwrite && batch.Viewer.MayGovern(contact))
        {
            if (row.Given.Contains(ImportTarget.Visibility)) contact.Visibility = row.Edit.Visibility;
            if (row.Owner is not null && batch.Owners.Of(row.Owner) is { } owner && owner.Id != contact.OwnerId) (contact.OwnerId, contact.TeamId, contact.FolderId, contact.Position) = (owner.Id, owner.TeamId, null, 0);
        }
        var labels = batch.Labels.Of(row.Tags).Where(t => contact.Tags.TrueForAll(c => c.TagId != t.Id)).DistinctBy(t => t.Id).ToList();
        labels = Fitting(labels, ContactRules.MaxTags - contact.Tags.Count, row);
        foreach (var label in labels) batch.Db.ContactTags.Add(new() { ContactId = contact.Id, TagId = label.Id });
        var photo = contact.Photos.Count == 0 && await PhotoAsync(batch, row, contact.Id, ct) is { } made ? made : null;
        if (photo is not null) batch.Db.ContactPhotos.Add(photo);
        if (labels.Count == 0 && photo is null && batch.Db.Entry(contact).State != EntityState.Modified)
        {
            row.Problems.Add(RowProblems.Whole("contact.same"));
            return Item(row, RowOutcome.Skipped, contact.Id);
        }
        contact.UpdatedAt = batch.Now;
        return Item(row, RowOutcome.Updated, contact.Id);
    }

    private async Task<ImportItem> AddAsync(Batch batch, ContactDraft row, CancellationToken ct)
    {
        foreach (var field in row.Missing) row.Problems.Add(RowProblems.Whole("custom.required", field.Fields.Name));
        var owner = batch.Owners.Of(row.Owner);
        if (owner is null) row.Problems.Add(RowProblems.Whole("owner.unknown", row.Owner ?? ""));
        foreach (var name in batch.Labels.Unknown(row.Tags)) row.Problems.Add(RowProblems.Whole("tag.unknown", name));
        if (row.Missing.Count > 0 || owner is null) return Item(row, RowOutcome.Refused);
        Fitting([.. batch.Labels.Of(row.Tags).DistinctBy(t => t.Id)], ContactRules.MaxTags, row);
        batch.Decided.Remembered.Add(row);
        batch.Remember(row);
        if (Task.IsTrial) return Item(row, RowOutcome.Created);
        var contact = row.Made!;
        (contact.OwnerId, contact.TeamId, contact.CreatedAt, contact.UpdatedAt, contact.Version) = (owner.Id, owner.TeamId, batch.Now, batch.Now, 1);
        if (row.Edit.Company is { } company) batch.Companies.Put(contact, company, isTrial: false);
        if (await PhotoAsync(batch, row, contact.Id, ct) is { } photo) batch.Photos.Add(photo);
        batch.New.Add(row);
        return Item(row, RowOutcome.Created, contact.Id);
    }

    // Two rows of one batch are one person: what the later says goes into what the first will be.
    private void Merge(Batch batch, ContactDraft first, ContactDraft row)
    {
        ContactFilling.Apply(first.Made!, row, Policy == DuplicatePolicy.Overwrite);
        if (row.Edit.Company is { } company && (first.Made!.AccountId is null || Policy == DuplicatePolicy.Overwrite)) batch.Companies.Put(first.Made!, company, isTrial: false);
        batch.Merged.Add((first, row));
    }

    private static IEnumerable<string> LabelsOf(Batch batch, ContactDraft first) => first.Tags.Concat(batch.Merged.Where(m => m.First == first).SelectMany(m => m.Row.Tags));

    // A contact has no more labels than its editor takes; what is left out is said at the row.
    private static List<Tag> Fitting(List<Tag> labels, int room, ContactDraft row)
    {
        if (labels.Count <= room) return labels;
        row.Problems.Add(RowProblems.Whole("tag.many", ContactRules.MaxTags.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return [.. labels.Take(Math.Max(0, room))];
    }

    private void Finish(Batch batch)
    {
        if (Task.IsTrial) return;
        var places = FolderPlaces.AtEnd(time.GetUtcNow(), batch.New.Count);
        var (labels, photos) = (new List<ContactTag>(), new List<ContactPhoto>());
        foreach (var (row, place) in batch.New.Zip(places))
        {
            var contact = row.Made!;
            contact.Position = place;
            var names = LabelsOf(batch, row).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            var tags = batch.Labels.Of(names).DistinctBy(t => t.Id).Take(ContactRules.MaxTags).ToList();
            labels.AddRange(tags.Select(t => new ContactTag { ContactId = contact.Id, TagId = t.Id }));
            if (batch.Merged.Count > 0 || tags.Count != row.Tags.Count || batch.Companies.NameOf(contact) != row.Edit.Company)
            {
                ContactIndexing.Fill(contact, batch.Companies.NameOf(contact), [.. tags.Select(t => t.Name)], Cipher);
                row.Terms = ContactIndexing.Terms(contact, [.. tags.Select(t => t.Name)]);
            }
            row.Terms.UnionWith(CustomValues.Terms(contact.Custom, batch.Searchable, Cipher));
            batch.Decided.Terms.AddRange(row.Terms.Select(term => new ContactSearchTerm { Term = term, ContactId = contact.Id }));
        }
        batch.Companies.Write(batch.Decided);
        batch.Decided.Words.UnionWith(batch.New.SelectMany(r => SimilarWords.Of(r.Made!)));
        batch.Decided.Add(batch.New.ConvertAll(r => r.Made!));
        // What they are compared by follows with the comparing, a little later.
        batch.Decided.Add(batch.New.ConvertAll(r => new DuplicateMark { Kind = MergeKind.Contact, RecordId = r.Made!.Id }));
        batch.Decided.Add(labels);
        batch.Decided.Add(batch.Photos);
    }

    private async Task<ContactPhoto?> PhotoAsync(Batch batch, ContactDraft row, Guid contactId, CancellationToken ct)
    {
        if (Task.IsTrial || row.Photo is not { } file) return null;
        if (Pictures.Read(file.Bytes.ToArray()) is not { } picture || Math.Max(picture.Width, picture.Height) > IContactPhotos.MaxSide)
        {
            row.Problems.Add(RowProblems.Whole("photo.broken"));
            return null;
        }
        var stored = await files.SaveAsync(new MemoryStream(picture.Bytes), IContactPhotos.MaxSize, ct);
        batch.Decided.Files.Add(stored.Key);
        return new() { ContactId = contactId, Kind = PhotoKind.Profile, Source = PhotoSource.Upload, StorageKey = stored.Key, ContentType = picture.ContentType, AddedAt = batch.Now };
    }

    private sealed class Batch(AppDbContext db, Viewer viewer, FileKeys seen, Decided? before, DateTime now)
    {
        private readonly Dictionary<UInt128, ContactDraft> pending = [];
        private readonly Decided decided = new();
        private BatchLabels? labels;

        public AppDbContext Db => db;
        public Viewer Viewer => viewer;
        public FileKeys Seen => seen;
        public DateTime Now => now;
        public Decided Decided => decided;
        public ContactMatching Matching { get; } = new(db, viewer);
        public BatchOwners Owners { get; } = new(db, viewer);
        public BatchLabels Labels => labels ??= new(db, viewer, before, decided);
        public BatchCompanies Companies { get; } = new(db, viewer, before, now);
        public Dictionary<Guid, Contact> Present { get; set; } = [];
        public HashSet<Guid> Offered { get; set; } = [];
        public List<SearchedField> Searchable { get; set; } = [];
        public List<ContactDraft> New { get; } = [];
        public List<ContactPhoto> Photos { get; } = [];
        public List<(ContactDraft First, ContactDraft Row)> Merged { get; } = [];

        public ContactDraft? Pending(ContactDraft row) => row.Keys.Select(k => pending.GetValueOrDefault(k)).FirstOrDefault(p => p is not null);

        public void Remember(ContactDraft row)
        {
            foreach (var key in row.Keys) pending.TryAdd(key, row);
        }
    }
}
