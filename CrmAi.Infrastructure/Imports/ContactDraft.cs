using CrmAi.Domain.Accounts;
using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Platform.Encryption;
using CrmAi.Infrastructure.Search;

namespace CrmAi.Infrastructure.Imports;

/// <summary>A row as a person.</summary>
internal sealed class ContactDraft : RowDraft
{
    public ContactEdit Edit { get; init; } = new();

    /// <summary>What the row says something of.</summary>
    public IReadOnlySet<ImportTarget> Given { get; init; } = new HashSet<ImportTarget>();
    public IReadOnlyList<string> Tags { get; init; } = [];
    public string? Owner { get; init; }
    public FilePhoto? Photo { get; init; }

    /// <summary>Required fields of the administrator's own of which the row says nothing: a new record needs them.</summary>
    public IReadOnlyList<CustomFieldRow> Missing { get; init; } = [];

    /// <summary>Normal forms: folded name and company.</summary>
    public string Name { get; init; } = "";
    public string? Company { get; init; }

    public byte[]? Mobile { get; init; }
    public byte[]? Phone { get; init; }
    public byte[]? Email { get; init; }
    public byte[]? WeChat { get; init; }

    /// <summary>The contact that it would become, with all that it is found by; null where it is only told from others.</summary>
    public Contact? Made { get; set; }
    public HashSet<string> Terms { get; set; } = [];
}

/// <summary>Reads rows as people.</summary>
internal sealed class ContactDrafts(ImportTask task, RowProblems trouble, FieldCipher cipher)
{
    private readonly CustomFieldRow[] required = [.. task.Context.Custom.Where(f => f.Fields.IsRequired && !f.IsArchived)];

    public ContactDraft Of(FileRow row, ImportedRow read, bool keysOnly)
    {
        var edit = ContactMapping.Normal(EditOf(read));
        var draft = new ContactDraft
        {
            Number = row.Number, Edit = edit, Given = read.Values.Select(v => v.Field.Target).ToHashSet(), Owner = OneLine.OrNone(read.Get<string>(ImportTarget.Owner)), Photo = read.Photo,
            Tags = [.. read.Values.Where(v => v.Field.Target == ImportTarget.Tags).SelectMany(v => v.Value as IReadOnlyList<string> ?? []).Select(OneLine.Of).Where(t => t.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)],
            Missing = [.. required.Where(f => !edit.Custom.ContainsKey(f.Id))],
            Name = SearchTerms.Cut(ContactKeys.Fold(edit.Name), ContactIndexing.MaxName), Company = edit.Company is { } company && Account.Fold(company) is { Length: > 0 } folded ? folded : null,
            Mobile = cipher.Index(ContactKeys.Phone(edit.Mobile), "phone"), Phone = cipher.Index(ContactKeys.Phone(edit.Phone), "phone"),
            Email = cipher.Index(ContactKeys.Email(edit.Email), "email"), WeChat = cipher.Index(ContactKeys.WeChat(edit.WeChat), "wechat"),
        };
        trouble.Unread(draft, row, read.Problems);
        if (row.Note is { } note) draft.Problems.Add(RowProblems.Whole(note));
        foreach (var error in ContactRules.Check(edit, task.Context.Today)) trouble.Refuse(draft, row, error);
        foreach (var name in draft.Tags.Where(t => t.Length > 50)) trouble.Refuse(draft, row, new("text.long", nameof(ContactEdit.TagIds), 50));
        draft.Keys.AddRange(KeysOf(draft));
        if (!keysOnly && !draft.IsRefused && !task.IsTrial) Make(draft);
        return draft;
    }

    /// <summary>A number of a desk is many people's: it tells somebody together with the name alone.</summary>
    public IEnumerable<UInt128> KeysOf(ContactDraft draft)
    {
        if (draft.Mobile is { } mobile) yield return Number(mobile);
        if (draft.Email is { } email) yield return Number(email);
        if (draft.WeChat is { } weChat) yield return Number(weChat);
        if (draft.Phone is { } phone) yield return Number(cipher.Index($"{Convert.ToHexString(phone)}\0{draft.Name}", "import.desk")!);
        if (draft.Company is { } company) yield return Number(cipher.Index($"{draft.Name}\0{company}", "import.name")!);
    }

    private void Make(ContactDraft draft)
    {
        var contact = new Contact { Name = "" };
        ContactMapping.Apply(contact, draft.Edit);
        contact.Notes = Storable(contact.Notes);
        contact.DecisionProcess = Storable(contact.DecisionProcess);
        contact.Custom = draft.Edit.Custom.ToDictionary();
        draft.Made = contact;
        Index(draft);
    }

    /// <summary>Anew, once another row has filled in what was missing.</summary>
    public void Index(ContactDraft draft)
    {
        ContactIndexing.Fill(draft.Made!, draft.Edit.Company, draft.Tags, cipher);
        draft.Terms = ContactIndexing.Terms(draft.Made!, draft.Tags);
    }

    // SQLite reads a text no further than its first U+0000.
    private static string? Storable(string? text) => text?.Replace('\0', '\uFFFD');

    private static UInt128 Number(byte[] digest) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(digest);

    private static ContactEdit EditOf(ImportedRow row)
    {
        var edit = new ContactEdit
        {
            Name = row.Get<string>(ImportTarget.Name) ?? "", EnglishName = row.Get<string>(ImportTarget.EnglishName), Mobile = row.Get<string>(ImportTarget.Mobile), Phone = row.Get<string>(ImportTarget.Phone),
            Email = row.Get<string>(ImportTarget.Email), WeChat = row.Get<string>(ImportTarget.WeChat), Company = row.Get<string>(ImportTarget.Company), Title = row.Get<string>(ImportTarget.Title),
            Department = row.Get<string>(ImportTarget.Department), Seniority = Value<Seniority>(ImportTarget.Seniority), Priority = Value<Priority>(ImportTarget.Priority) ?? Priority.Medium,
            Lifecycle = Value<Lifecycle>(ImportTarget.Lifecycle) ?? Lifecycle.Lead, Source = Value<ContactSource>(ImportTarget.Source) ?? ContactSource.Import, Stage = Value<DealStage>(ImportTarget.Stage) ?? default,
            DealValueMinor = Value<long>(ImportTarget.DealValue), Currency = row.Get<string>(ImportTarget.Currency)?.Trim().ToUpperInvariant() ?? "CNY", DecisionMaker = Value<bool>(ImportTarget.DecisionMaker),
            BudgetAuthority = Value<BudgetAuthority>(ImportTarget.BudgetAuthority), BudgetMinor = Value<long>(ImportTarget.Budget), DecisionProcess = row.Get<string>(ImportTarget.DecisionProcess),
            CurrentSolutions = List(ImportTarget.CurrentSolutions), Competitors = List(ImportTarget.Competitors), Visibility = Value<Visibility>(ImportTarget.Visibility) ?? Visibility.Team,
            NextFollowUpAt = Value<DateTime>(ImportTarget.NextFollowUp), Notes = row.Get<string>(ImportTarget.Notes),
            SocialProfiles = [.. row.Values.Select(v => v.Value).OfType<SocialProfile>()],
            Custom = row.Values.Where(v => v.Field is { Target: ImportTarget.Custom, CustomFieldId: not null }).GroupBy(v => v.Field.CustomFieldId!.Value).ToDictionary(g => g.Key, g => (string)g.First().Value),
        };
        return edit with
        {
            Personal = new()
            {
                Gender = Value<Gender>(ImportTarget.Gender), BirthYear = Value<int>(ImportTarget.BirthYear) ?? Value<DateOnly>(ImportTarget.Birthday)?.Year, City = row.Get<string>(ImportTarget.City),
                Education = row.Get<string>(ImportTarget.Education), Interests = List(ImportTarget.Interests), Notes = row.Get<string>(ImportTarget.PersonalNotes),
            },
        };

        T? Value<T>(ImportTarget target) where T : struct => row.Of(target)?.Value is T value ? value : null;

        IReadOnlyList<string> List(ImportTarget target) => row.Get<IReadOnlyList<string>>(target) ?? [];
    }
}
