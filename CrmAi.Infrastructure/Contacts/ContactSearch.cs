using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>How many contacts a word may lead to; it decides which way a search goes, never what it finds.</summary>
internal enum WordSpread { Rare, Usual, Common }

/// <summary>Narrows contacts to those in which every word of a search is found.</summary>
internal static class ContactSearch
{
    /// <summary>
    /// Up to so many terms a word is rare: its contacts are looked up. Above, the list is gone through until enough are found, each asked for in the set of those that have the word.
    /// </summary>
    public const int Rare = 3_000;

    // So many terms, or terms of companies, are more work as a set than asking the next few dozen contacts one by one.
    private const int Common = 16_000, CommonCompanies = 8_000;

    public static async Task<IQueryable<Contact>> MatchingAsync(this IQueryable<Contact> contacts, AppDbContext db, FieldCipher cipher, Viewer viewer, string? search, CancellationToken ct)
    {
        foreach (var word in SearchTerms.Words(search))
        {
            contacts = contacts.Matching(db, cipher, viewer, word, await SpreadAsync(db, word, Rare, ct));
        }
        return contacts;
    }

    /// <param name="rare">A word is rare that leads to less than so many contacts, a company counted as eight.</param>
    public static async Task<WordSpread> SpreadAsync(AppDbContext db, string word, int rare, CancellationToken ct)
    {
        var from = SearchTerms.Cut(word);
        var terms = await Terms(db, from).Select(t => t.ContactId).Take(Common).CountAsync(ct);
        if (terms == Common) return WordSpread.Common;
        var companies = await Companies(db, from).Take(CommonCompanies).CountAsync(ct);
        return companies == CommonCompanies ? WordSpread.Common : terms + companies * 8 < rare ? WordSpread.Rare : WordSpread.Usual;
    }

    /// <param name="spread">Which of three plans the statement should lead to; the answer is the same.</param>
    public static IQueryable<Contact> Matching(this IQueryable<Contact> contacts, AppDbContext db, FieldCipher cipher, Viewer viewer, string word, WordSpread spread)
    {
        // Whoever sees a number masked must not find it out by trying.
        var readable = db.Contacts.VisibleTo(viewer).ChannelsReadableBy(viewer);
        var tail = word.Length == 4 && word.All(char.IsAsciiDigit) ? cipher.Index(word, "tail") : null;
        var whole = word.Length > 4 ? cipher.Index(ContactKeys.Phone(word), "phone") : null;
        var mail = word.Contains('@') ? cipher.Index(ContactKeys.Email(word), "email") : null;
        var digests = Digests().ToList();
        var numbers = digests.Aggregate(db.ContactTerms.Where(_ => false).Select(t => t.ContactId), (all, more) => all.Union(more));

        var (terms, companies) = (Terms(db, SearchTerms.Cut(word)).Select(t => t.ContactId), Companies(db, SearchTerms.Cut(word)));
        contacts = spread switch { WordSpread.Rare => Among(), WordSpread.Common => Each(), _ => Along() };
        if (word.Length <= ContactSearchTerm.MaxLength) return contacts;
        // Longer than a term: its end must be found as well, or the whole in a reading or a digest.
        var (ends, companyEnds) = (Terms(db, SearchTerms.End(word)).Select(t => t.ContactId), Companies(db, SearchTerms.End(word)));
        return contacts.Where(c => ends.Contains(c.Id) || (c.AccountId != null && companyEnds.Contains(c.AccountId.Value))
            || c.Index.Pinyin.Contains(word) || c.Index.Initials.Contains(word) || (c.Account != null && (c.Account.NamePinyin.Contains(word) || c.Account.NameInitials.Contains(word)))
            || numbers.Contains(c.Id));

        IQueryable<Contact> Among()
        {
            var employed = db.Contacts.VisibleTo(viewer).Where(c => companies.Contains(c.AccountId!.Value)).Select(c => c.Id);
            var ids = digests.Aggregate(terms.Union(employed), (all, more) => all.Union(more));
            return contacts.Where(c => ids.Contains(c.Id));
        }

        // No condition that could lead the way: each is worked out once as a set, and asked for every row that the order brings.
        IQueryable<Contact> Along()
        {
            if (digests.Count == 0) return contacts.Where(c => (terms.Contains(c.Id) ? 1 : companies.Contains(c.AccountId!.Value) ? 1 : 0) == 1);
            return contacts.Where(c => (terms.Contains(c.Id) ? 1 : companies.Contains(c.AccountId!.Value) ? 1 : numbers.Contains(c.Id) ? 1 : 0) == 1);
        }

        // Nearly every row that the order brings has the word: it is asked for by the row's own terms, and nothing is worked out before.
        IQueryable<Contact> Each()
        {
            var (from, to) = (SearchTerms.Cut(word), SearchTerms.Cut(word) + db.TermCeiling);
            return contacts.Where(c => (db.ContactTerms.Any(t => t.ContactId == c.Id && string.Compare(t.Term, from) >= 0 && string.Compare(t.Term, to) < 0) ? 1
                : db.AccountTerms.Any(t => t.AccountId == c.AccountId && string.Compare(t.Term, from) >= 0 && string.Compare(t.Term, to) < 0) ? 1 : numbers.Contains(c.Id) ? 1 : 0) == 1);
        }

        IEnumerable<IQueryable<Guid>> Digests()
        {
            if (tail is not null) yield return db.Contacts.VisibleTo(viewer).Where(c => c.Index.MobileTail == tail).Select(c => c.Id);
            if (tail is not null) yield return db.Contacts.VisibleTo(viewer).Where(c => c.Index.PhoneTail == tail).Select(c => c.Id);
            if (whole is not null) yield return readable.Where(c => c.Index.Mobile == whole).Select(c => c.Id);
            if (whole is not null) yield return readable.Where(c => c.Index.Phone == whole).Select(c => c.Id);
            if (mail is not null) yield return readable.Where(c => c.Index.Email == mail).Select(c => c.Id);
            // Numbers and addresses in custom fields.
            if (HiddenTerms.Of(tail) is { } hiddenTail) yield return Hidden(hiddenTail);
            foreach (var term in new[] { HiddenTerms.Of(whole), HiddenTerms.Of(mail) }.OfType<string>())
            {
                var having = Hidden(term);
                yield return readable.Where(c => having.Contains(c.Id)).Select(c => c.Id);
            }
        }

        IQueryable<Guid> Hidden(string term) => db.ContactTerms.Where(t => t.Term == term).Select(t => t.ContactId);
    }

    // An upper bound instead of LIKE: a range of the key on either database, and no wildcard of the user's own.
    private static IQueryable<ContactSearchTerm> Terms(AppDbContext db, string from)
    {
        var to = from + db.TermCeiling;
        return db.ContactTerms.Where(t => string.Compare(t.Term, from) >= 0 && string.Compare(t.Term, to) < 0);
    }

    private static IQueryable<Guid> Companies(AppDbContext db, string from)
    {
        var to = from + db.TermCeiling;
        return db.AccountTerms.Where(t => string.Compare(t.Term, from) >= 0 && string.Compare(t.Term, to) < 0).Select(t => t.AccountId);
    }
}
