using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.CustomFields;
using CrmAi.Infrastructure.Data;
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

    public async Task BeforeAsync(AppDbContext db, CancellationToken ct)
    {
        var tagged = db.ChangeTracker.Entries<ContactTag>().Where(e => e.State != EntityState.Unchanged).Select(e => e.Entity.ContactId).ToHashSet();
        IReadOnlyList<Guid>? searchable = null;
        foreach (var entry in db.ChangeTracker.Entries<Contact>().Where(e => e.State is EntityState.Added or EntityState.Modified || tagged.Contains(e.Entity.Id)).ToList())
        {
            var contact = entry.Entity;
            var company = contact.AccountId is { } account ? contact.Account ?? db.Accounts.Local.FirstOrDefault(a => a.Id == account)
                ?? await db.Set<Account>().AsNoTracking().SingleAsync(a => a.Id == account, ct) : null;
            var tags = await TagsAsync(db, entry, ct);
            Fill(contact, company is { DeletedAt: null } ? company.Name : null, tags, cipher);
            searchable ??= await CustomValues.SearchableAsync(db, CustomFieldTarget.Contact, ct);
            await KeepAsync(db, contact, Terms(contact, tags, CustomValues.Texts(contact.Custom, searchable)), entry.State == EntityState.Added, ct);
        }
    }

    /// <summary>Brings the terms of one contact in step, with what is saved next.</summary>
    public static async Task KeepAsync(AppDbContext db, Contact contact, HashSet<string> wanted, bool isNew, CancellationToken ct)
    {
        if (contact.DeletedAt is not null) wanted = [];
        var present = isNew ? [] : await db.ContactTerms.Where(t => t.ContactId == contact.Id).ToListAsync(ct);
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
        index.Tags = SearchTerms.Cut(string.Join(' ', tags.Select(ContactKeys.Fold)), MaxTags);
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
    /// <param name="custom">Values of searchable fields; of a long one its beginning is found.</param>
    public static HashSet<string> Terms(Contact contact, IReadOnlyList<string> tags, IReadOnlyList<string>? custom = null)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        terms.UnionWith(SearchTerms.Suffixes(contact.Index.Name));
        if (Pinyin.HasReading(contact.Index.Name)) terms.UnionWith(Pinyin.Names(contact.Index.Name).SelectMany(SearchTerms.Readings));
        terms.UnionWith(SearchTerms.Suffixes(ContactKeys.Fold(contact.EnglishName)));
        terms.UnionWith(SearchTerms.Suffixes(contact.Index.Title));
        foreach (var text in tags.Concat(custom ?? [])) terms.UnionWith(SearchTerms.Suffixes(SearchTerms.Cut(ContactKeys.Fold(text), ContactRules.MaxShort)));
        return terms;
    }

    private static async Task<IReadOnlyList<string>> TagsAsync(AppDbContext db, EntityEntry<Contact> entry, CancellationToken ct)
    {
        if (entry.State == EntityState.Added && entry.Entity.Tags.Count == 0) return [];
        if (entry.State != EntityState.Added) await entry.Collection(c => c.Tags).LoadAsync(ct);
        var ids = entry.Entity.Tags.Where(t => db.Entry(t).State != EntityState.Deleted).Select(t => t.TagId).ToList();
        return ids.Count == 0 ? [] : await db.Tags.Where(t => ids.Contains(t.Id)).Select(t => t.Name).ToListAsync(ct);
    }
}
