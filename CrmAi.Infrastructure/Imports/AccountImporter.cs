using CrmAi.Domain.Accounts;
using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Accounts;
using CrmAi.Infrastructure.CustomFields;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

/// <summary>A row as a company.</summary>
internal sealed class AccountDraft : RowDraft
{
    public AccountEdit Edit { get; init; } = new();
    public IReadOnlySet<ImportTarget> Given { get; init; } = new HashSet<ImportTarget>();
    public string? Owner { get; init; }
    public IReadOnlyList<CustomFieldRow> Missing { get; init; } = [];
    public string Name { get; init; } = "";
    public Account? Made { get; set; }
}

/// <summary>Rows become companies, told from others by their folded names.</summary>
internal sealed class AccountImporter(ImportTask task, FieldCipher cipher) : Importer(task, cipher)
{
    private static readonly (ImportTarget Target, Func<Account, bool> IsEmpty, Action<Account, AccountEdit> Set)[] Parts =
    [
        (ImportTarget.Name, _ => false, (a, e) => a.Name = e.Name),
        (ImportTarget.ShortName, a => a.ShortName is null, (a, e) => a.ShortName = e.ShortName),
        (ImportTarget.Class, a => a.Class is null, (a, e) => a.Class = e.Class),
        (ImportTarget.CreditRating, a => a.CreditRating is null, (a, e) => a.CreditRating = e.CreditRating),
        (ImportTarget.Size, a => a.Size is null, (a, e) => a.Size = e.Size),
        (ImportTarget.Industry, a => a.Industry is null, (a, e) => a.Industry = e.Industry),
        (ImportTarget.Lifecycle, _ => false, (a, e) => a.Lifecycle = e.Lifecycle),
        (ImportTarget.Website, a => a.Website is null, (a, e) => a.Website = e.Website),
        (ImportTarget.Phone, a => a.Phone is null, (a, e) => a.Phone = e.Phone),
        (ImportTarget.City, a => a.City is null, (a, e) => a.City = e.City),
        (ImportTarget.Address, a => a.Addresses.Count == 0, (a, e) => a.Addresses = [.. e.Addresses]),
        (ImportTarget.Description, a => a.Description is null, (a, e) => a.Description = e.Description),
        (ImportTarget.Currency, a => a.RevenueMinor is null, (a, e) => a.Currency = e.Currency),
        (ImportTarget.Revenue, a => a.RevenueMinor is null, (a, e) => a.RevenueMinor = e.RevenueMinor),
        (ImportTarget.Employees, a => a.Employees is null, (a, e) => a.Employees = e.Employees),
    ];

    public override RowDraft Prepare(FileRow row, bool keysOnly)
    {
        var read = Read(row);
        var edit = AccountMapping.Normal(EditOf(read));
        var draft = new AccountDraft
        {
            Number = row.Number, Edit = edit, Given = read.Values.Select(v => v.Field.Target).ToHashSet(), Owner = OneLine.OrNone(read.Get<string>(ImportTarget.Owner)), Name = Account.Fold(edit.Name),
            Missing = [.. Task.Context.Custom.Where(f => f.Fields.IsRequired && !f.IsArchived && !edit.Custom.ContainsKey(f.Id))],
        };
        Trouble.Unread(draft, row, read.Problems);
        foreach (var error in AccountRules.Check(edit)) Trouble.Refuse(draft, row, error);
        if (draft.Name.Length > 0 && Key("import.company", draft.Name) is { } key) draft.Keys.Add(key);
        if (keysOnly || draft.IsRefused || Task.IsTrial) return draft;
        draft.Made = new() { Name = "" };
        AccountMapping.Apply(draft.Made, edit);
        draft.Made.Description = draft.Made.Description?.Replace('\0', '\uFFFD');
        draft.Made.Custom = edit.Custom.ToDictionary();
        AccountIndexing.Fill(draft.Made);
        return draft;
    }

    public override async Task<Decided> DecideAsync(AppDbContext db, Viewer viewer, IReadOnlyList<RowDraft> rows, FileKeys seen, Decided? before, DateTime now, CancellationToken ct)
    {
        var (decided, owners) = (new Decided(), new BatchOwners(db, viewer));
        var good = rows.Cast<AccountDraft>().Where(r => !r.IsRefused).ToList();
        var names = good.Select(r => r.Name).Distinct().ToList();
        var visible = db.Accounts.VisibleTo(viewer).Where(a => names.Contains(a.NameFolded));
        if (Task.IsTrial || Policy == DuplicatePolicy.Skip) visible = visible.AsNoTracking();
        var there = Policy == DuplicatePolicy.Create || names.Count == 0 ? [] : (await visible.ToListAsync(ct)).OrderBy(a => a.Id).GroupBy(a => a.NameFolded).ToDictionary(g => g.Key, g => g.First());
        await owners.LookAsync([.. good.Select(r => r.Owner).OfType<string>()], ct);
        var offered = (await db.CustomFields.Where(f => f.Target == CustomFieldTarget.Account && !f.IsArchived).Select(f => f.Id).ToListAsync(ct)).ToHashSet();
        var searchable = await CustomValues.SearchableAsync(db, CustomFieldTarget.Account, ct);
        var pending = new Dictionary<string, AccountDraft>();
        var made = new List<Account>();
        foreach (var row in rows.Cast<AccountDraft>()) decided.Items.Add(One(row));
        decided.Add(made);
        decided.Add(made.ConvertAll(a => new DuplicateMark { Kind = MergeKind.Account, RecordId = a.Id }));
        decided.Words.UnionWith(made.SelectMany(SimilarWords.Of));
        decided.CompanyTerms.AddRange(made.SelectMany(a => AccountIndexing.Terms(a, CustomValues.Terms(a.Custom, searchable, Cipher)).Select(term => new AccountSearchTerm { Term = term, AccountId = a.Id })));
        return decided;

        ImportItem One(AccountDraft row)
        {
            if (row.IsRefused) return Item(row, RowOutcome.Refused);
            foreach (var gone in row.Edit.Custom.Keys.Where(id => !offered.Contains(id)).ToList())
            {
                ((Dictionary<Guid, string>)row.Edit.Custom).Remove(gone);
                row.Made?.Custom.Remove(gone);
                row.Problems.Add(RowProblems.Whole("custom.gone"));
            }
            if (Policy == DuplicatePolicy.Create) return Add(row);
            if (pending.TryGetValue(row.Name, out var first))
            {
                if (Policy == DuplicatePolicy.Skip) return Repeated(row, first.Number);
                if (first.Made is { } account) Fill(account, row);
                return Item(row, RowOutcome.Updated, first.Made?.Id);
            }
            var known = there.GetValueOrDefault(row.Name);
            if (known is null || (known.CreatedAt >= Task.Since && Policy == DuplicatePolicy.Skip))
            {
                if (seen.RowOf(row.Keys) is { } number) return Policy == DuplicatePolicy.Skip || !Task.IsTrial ? Repeated(row, number) : Item(row, RowOutcome.Updated);
                if (known is null) return Add(row);
            }
            if (Policy == DuplicatePolicy.Skip || !viewer.MayChange(known))
            {
                row.Problems.Add(RowProblems.Whole(Policy == DuplicatePolicy.Skip ? "account.there" : "account.theirs"));
                return Item(row, RowOutcome.Skipped, known.Id);
            }
            if (Task.IsTrial) return Item(row, RowOutcome.Updated, known.Id);
            Fill(known, row);
            if (Policy == DuplicatePolicy.Overwrite && row.Given.Contains(ImportTarget.Visibility)) known.Visibility = row.Edit.Visibility;
            if (Policy == DuplicatePolicy.Overwrite && row.Owner is not null && owners.Of(row.Owner) is { } owner) (known.OwnerId, known.TeamId) = (owner.Id, owner.TeamId);
            if (db.Entry(known).State != EntityState.Modified)
            {
                row.Problems.Add(RowProblems.Whole("contact.same"));
                return Item(row, RowOutcome.Skipped, known.Id);
            }
            known.UpdatedAt = now;
            return Item(row, RowOutcome.Updated, known.Id);
        }

        ImportItem Add(AccountDraft row)
        {
            foreach (var field in row.Missing) row.Problems.Add(RowProblems.Whole("custom.required", field.Fields.Name));
            var owner = owners.Of(row.Owner);
            if (owner is null) row.Problems.Add(RowProblems.Whole("owner.unknown", row.Owner ?? ""));
            if (row.Missing.Count > 0 || owner is null) return Item(row, RowOutcome.Refused);
            decided.Remembered.Add(row);
            pending.TryAdd(row.Name, row);
            if (row.Made is not { } account) return Item(row, RowOutcome.Created);
            (account.OwnerId, account.TeamId, account.CreatedAt, account.UpdatedAt, account.Version) = (owner.Id, owner.TeamId, now, now, 1);
            made.Add(account);
            return Item(row, RowOutcome.Created, account.Id);
        }
    }

    private ImportItem Repeated(AccountDraft row, int first)
    {
        row.Problems.Add(RowProblems.Whole("row.repeated", first.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return Item(row, RowOutcome.Repeated);
    }

    private void Fill(Account account, AccountDraft row)
    {
        var overwrite = Policy == DuplicatePolicy.Overwrite;
        foreach (var (target, isEmpty, set) in Parts)
            if (row.Given.Contains(target) && (overwrite || isEmpty(account))) set(account, row.Edit);
        var custom = new Dictionary<Guid, string>(account.Custom);
        foreach (var (field, value) in row.Edit.Custom)
            if (overwrite || !custom.ContainsKey(field)) custom[field] = value;
        if (row.Edit.Custom.Count > 0) account.Custom = custom;
    }

    private static AccountEdit EditOf(ImportedRow row)
    {
        return new()
        {
            Name = row.Get<string>(ImportTarget.Name) ?? "", ShortName = row.Get<string>(ImportTarget.ShortName), Class = Value<AccountClass>(ImportTarget.Class), CreditRating = row.Get<string>(ImportTarget.CreditRating),
            Size = Value<CompanySize>(ImportTarget.Size), Industry = row.Get<string>(ImportTarget.Industry), Lifecycle = Value<Lifecycle>(ImportTarget.Lifecycle) ?? Lifecycle.Lead, Website = row.Get<string>(ImportTarget.Website),
            Phone = row.Get<string>(ImportTarget.Phone), City = row.Get<string>(ImportTarget.City), Description = row.Get<string>(ImportTarget.Description), RevenueMinor = Value<long>(ImportTarget.Revenue),
            Currency = row.Get<string>(ImportTarget.Currency)?.Trim().ToUpperInvariant() ?? "CNY", Employees = Value<int>(ImportTarget.Employees), Visibility = Value<Visibility>(ImportTarget.Visibility) ?? Visibility.Team,
            Addresses = [.. row.Values.Select(v => v.Value).OfType<PostalAddress>()],
            Custom = row.Values.Where(v => v.Field is { Target: ImportTarget.Custom, CustomFieldId: not null }).GroupBy(v => v.Field.CustomFieldId!.Value).ToDictionary(g => g.Key, g => (string)g.First().Value),
        };

        T? Value<T>(ImportTarget target) where T : struct => row.Of(target)?.Value is T value ? value : null;
    }
}
