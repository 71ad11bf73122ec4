using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;
using CrmAi.Infrastructure.Search;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>Narrows contacts to those in which every word of a search is found.</summary>
internal static class ContactSearch
{
    public static IQueryable<Contact> Matching(this IQueryable<Contact> contacts, AppDbContext db, FieldCipher cipher, Viewer viewer, string? search)
    {
        // Whoever sees a number masked must not find it out by trying.
        var readable = db.Contacts.VisibleTo(viewer).ChannelsReadableBy(viewer);
        foreach (var word in SearchTerms.Words(search))
        {
            var (terms, companies) = Beginning(db, SearchTerms.Cut(word));
            var tail = word.Length == 4 && word.All(char.IsAsciiDigit) ? cipher.Index(word, "tail") : null;
            var whole = word.Length > 4 ? cipher.Index(ContactKeys.Phone(word), "phone") : null;
            var mail = word.Contains('@') ? cipher.Index(ContactKeys.Email(word), "email") : null;
            contacts = contacts.Where(c => terms.Contains(c.Id) || (c.AccountId != null && companies.Contains(c.AccountId.Value))
                || (tail != null && (c.Index.MobileTail == tail || c.Index.PhoneTail == tail))
                || (whole != null && readable.Any(r => r.Id == c.Id && (r.Index.Mobile == whole || r.Index.Phone == whole)))
                || (mail != null && readable.Any(r => r.Id == c.Id && r.Index.Email == mail)));
            if (word.Length <= ContactSearchTerm.MaxLength) continue;
            // Longer than a term: its end must be found as well, or the whole in a reading.
            var (ends, companyEnds) = Beginning(db, SearchTerms.End(word));
            contacts = contacts.Where(c => ends.Contains(c.Id) || (c.AccountId != null && companyEnds.Contains(c.AccountId.Value))
                || c.Index.Pinyin.Contains(word) || c.Index.Initials.Contains(word) || (c.Account != null && (c.Account.NamePinyin.Contains(word) || c.Account.NameInitials.Contains(word)))
                || (whole != null && (c.Index.Mobile == whole || c.Index.Phone == whole)) || (mail != null && c.Index.Email == mail));
        }
        return contacts;
    }

    // An upper bound instead of LIKE: a range of the key on either database, and no wildcard of the user's own.
    private static (IQueryable<Guid> Contacts, IQueryable<Guid> Companies) Beginning(AppDbContext db, string from)
    {
        var to = from + db.TermCeiling;
        return (db.ContactTerms.Where(t => string.Compare(t.Term, from) >= 0 && string.Compare(t.Term, to) < 0).Select(t => t.ContactId),
            db.AccountTerms.Where(t => string.Compare(t.Term, from) >= 0 && string.Compare(t.Term, to) < 0).Select(t => t.AccountId));
    }
}
