using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.CustomFields;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Duplicates;
using CrmAi.Infrastructure.Platform.Encryption;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>Keeps what a contact is found by in step with its fields.</summary>
internal sealed class ContactIndexing(FieldCipher cipher) : ISavingRule
{
    // Folding and reading lengthen a text; what is over its column is cut off.
    public const int MaxName = ContactRules.MaxName * 4, MaxPinyin = ContactRules.MaxName * 8, MaxText = ContactRules.MaxShort * 4, MaxTags = 1000, MaxSort = 64;

    // What nobody searches by: a contact that is only filed, given away or ranked anew keeps its terms.
    private static readonly HashSet<string> Left =
        [nameof(Contact.FolderId), nameof(Contact.Position), nameof(Contact.OwnerId), nameof(Contact.TeamId), nameof(Contact.Visibility), nameof(Contact.Priority), nameof(Contact.Lifecycle),
         nameof(Contact.Stage), nameof(Contact.IsArchived), nameof(Contact.NextFollowUpAt), nameof(Contact.UpdatedAt), nameof(Contact.Version)];

    public Task BeforeAsync(AppDbContext db, CancellationToken ct)
    {
        var tagged = db.ChangeTracker.Entries<ContactTag>().Where(e => e.State != EntityState.Unchanged).Select(e => e.Entity.ContactId).ToHashSet();
        return IndexAsync(db, [.. db.ChangeTracker.Entries<Contact>().Where(e => e.State == EntityState.Added || tagged.Contains(e.Entity.Id)
            || (e.State == EntityState.Modified && e.Properties.Any(p => p.IsModified && !Left.Contains(p.Metadata.Name))))], ct);
    }

    /// <summary>Makes anew what contacts are found by their labels and custom fields by, to be saved with the next save.</summary>
    public static async Task IndexTagsAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var contacts = await db.Set<Contact>().Where(c => ids.Contains(c.Id)).ToListAsync(ct);
        await KeepAsync(db, [.. contacts.Select(c => db.Entry(c))], (contact, tags) => contact.Index.Tags = TagText(tags), ct);
    }

    private async Task IndexAsync(AppDbContext db, List<EntityEntry<Contact>> entries, CancellationToken ct)
    {
        if (entries.Count == 0) return;
        var companies = await CompaniesAsync(db, entries, ct);
        string? CompanyOf(Contact contact) => contact.AccountId is { } account ? companies[account] : null;
        await KeepAsync(db, entries, (contact, tags) => Fill(contact, CompanyOf(contact), tags, cipher), ct);
        await MatchIndex.KeepAsync(db, [.. entries.Select(e => (e.Entity, CompanyOf(e.Entity), e.State == EntityState.Added))], ct);
    }

    private static async Task KeepAsync(AppDbContext db, List<EntityEntry<Contact>> entries, Action<Contact, IReadOnlyList<string>> fill, CancellationToken ct)
    {
        var tags = await TagsAsync(db, entries, ct);
        var searchable = await CustomValues.SearchableAsync(db, CustomFieldTarget.Contact, ct);
        var stored = entries.Where(e => e.State != EntityState.Added).Select(e => e.Entity.Id).ToList();
        List<ContactSearchTerm> present = stored.Count == 0 ? [] : await db.ContactTerms.Where(t => stored.Contains(t.ContactId)).ToListAsync(ct);
        var terms = present.ToLookup(t => t.ContactId);
        foreach (var contact in entries.Select(e => e.Entity))
        {
            List<string> names = [.. tags[contact.Id]];
            fill(contact, names);
            Keep(db, contact, Terms(contact, names, CustomValues.Terms(contact.Custom, searchable, db.Cipher)), terms[contact.Id]);
        }
    }

    private static void Keep(AppDbContext db, Contact contact, HashSet<string> wanted, IEnumerable<ContactSearchTerm> present)
    {
        if (contact.DeletedAt is not null) wanted = [];
        db.ContactTerms.RemoveRange(present.Where(t => !wanted.Contains(t.Term)));
        wanted.ExceptWith(present.Select(t => t.Term));
        db.ContactTerms.AddRange(wanted.Select(term => new ContactSearchTerm { Term = term, ContactId = contact.Id }));
    }

    public IEnumerable<LiveTopic> Topics(AppDbContext db) =>
        db.ChangeTracker.Entries<Contact>().Where(e => e.State is EntityState.Added or EntityState.Modified)
            .SelectMany(e => (LiveTopic[])[LiveTopic.Contact(e.Entity.Id), LiveTopic.ContactsOf(e.Entity.OwnerId), LiveTopic.ContactsOf(e.OriginalValues.GetValue<Guid>(nameof(Contact.OwnerId)))])
            .Concat(db.ChangeTracker.Entries<ContactShare>().Where(e => e.State != EntityState.Unchanged).Select(e => LiveTopic.ContactsOf(e.Entity.UserId))).ToList();

    /// <summary>Makes the search columns. Used by bulk writing too.</summary>
    public static void Fill(Contact contact, string? company, IReadOnlyList<string> tags, FieldCipher cipher)
    {
        var index = contact.Index;
        index.Name = SearchTerms.Cut(ContactKeys.Fold(contact.Name), MaxName);
        var syllables = Pinyin.Syllables(index.Name, isName: true);
        index.Pinyin = SearchTerms.Cut(string.Concat(syllables), MaxPinyin);
        index.Initials = SearchTerms.Cut(string.Concat(syllables.Select(s => s[0])), ContactRules.MaxName);
        contact.SortName = SearchTerms.Cut(index.Pinyin.Length > 0 ? index.Pinyin : index.Name, MaxSort);
        index.Company = SearchTerms.Cut(ContactKeys.Fold(company), MaxText);
        index.Title = SearchTerms.Cut(ContactKeys.Fold(contact.Title), MaxText);
        index.Tags = TagText(tags);
        index.Mobile = cipher.Index(ContactKeys.Phone(contact.Mobile), "phone");
        index.Phone = cipher.Index(ContactKeys.Phone(contact.Phone), "phone");
        index.MobileTail = cipher.Index(ContactKeys.Tail(contact.Mobile), "tail");
        index.PhoneTail = cipher.Index(ContactKeys.Tail(contact.Phone), "tail");
        index.Email = cipher.Index(ContactKeys.Email(contact.Email), "email");
        index.WeChat = cipher.Index(ContactKeys.WeChat(contact.WeChat), "wechat");
        index.EmailDomain = ContactKeys.EmailDomain(contact.Email);
        index.BirthDecade = contact.Personal.BirthYear / 10 * 10;
    }

    /// <summary>What the contact itself is found by; its company's terms are kept with the company.</summary>
    /// <param name="custom">Terms of its custom fields.</param>
    public static HashSet<string> Terms(Contact contact, IReadOnlyList<string> tags, IEnumerable<string>? custom = null)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        terms.UnionWith(SearchTerms.Suffixes(contact.Index.Name));
        if (Pinyin.HasReading(contact.Index.Name)) terms.UnionWith(Pinyin.Names(contact.Index.Name).SelectMany(SearchTerms.Readings));
        terms.UnionWith(SearchTerms.Suffixes(ContactKeys.Fold(contact.EnglishName)));
        terms.UnionWith(SearchTerms.Suffixes(contact.Index.Title));
        terms.UnionWith(custom ?? []);
        foreach (var text in tags) terms.UnionWith(SearchTerms.Suffixes(SearchTerms.Cut(ContactKeys.Fold(text), ContactRules.MaxShort)));
        return terms;
    }

    private static string TagText(IReadOnlyList<string> tags) => SearchTerms.Cut(string.Join(' ', tags.Select(ContactKeys.Fold)), MaxTags);

    // A company that is gone is nothing to find its people by.
    private static async Task<Dictionary<Guid, string?>> CompaniesAsync(AppDbContext db, List<EntityEntry<Contact>> entries, CancellationToken ct)
    {
        var wanted = entries.Select(e => e.Entity.AccountId).OfType<Guid>().ToHashSet();
        var known = entries.Select(e => e.Entity.Account).OfType<Account>().Concat(db.Accounts.Local).Where(a => wanted.Contains(a.Id)).DistinctBy(a => a.Id).ToDictionary(a => a.Id, a => a.DeletedAt is null ? a.Name : null);
        wanted.ExceptWith(known.Keys);
        if (wanted.Count == 0) return known;
        foreach (var account in await db.Set<Account>().Where(a => wanted.Contains(a.Id)).Select(a => new { a.Id, a.Name, a.DeletedAt }).ToListAsync(ct))
            known.Add(account.Id, account.DeletedAt is null ? account.Name : null);
        return known;
    }

    // Tracked rows know what is about to change: a label put on or taken off, a new name of one.
    private static async Task<ILookup<Guid, string>> TagsAsync(AppDbContext db, List<EntityEntry<Contact>> entries, CancellationToken ct)
    {
        var ids = entries.Select(e => e.Entity.Id).ToHashSet();
        if (entries.Exists(e => e.State != EntityState.Added)) await db.ContactTags.Where(t => ids.Contains(t.ContactId)).LoadAsync(ct);
        var carried = db.ChangeTracker.Entries<ContactTag>().Where(e => e.State != EntityState.Deleted && ids.Contains(e.Entity.ContactId)).Select(e => e.Entity).ToList();
        var tagIds = carried.Select(t => t.TagId).ToHashSet();
        var names = tagIds.Count == 0 ? [] : (await db.Tags.Where(t => tagIds.Contains(t.Id)).ToListAsync(ct)).Concat(db.Tags.Local).DistinctBy(t => t.Id).ToDictionary(t => t.Id, t => t.Name);
        return carried.Where(t => names.ContainsKey(t.TagId)).ToLookup(t => t.ContactId, t => names[t.TagId]);
    }
}
