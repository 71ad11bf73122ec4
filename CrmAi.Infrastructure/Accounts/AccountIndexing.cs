using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Infrastructure.CustomFields;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Accounts;

/// <summary>Keeps what a company is found by in step with its names.</summary>
internal sealed class AccountIndexing : ISavingRule
{
    public const int MaxPinyin = 1000;

    public async Task BeforeAsync(AppDbContext db, CancellationToken ct)
    {
        IReadOnlyList<SearchedField>? searchable = null;
        foreach (var entry in db.ChangeTracker.Entries<Account>().Where(e => e.State is EntityState.Added or EntityState.Modified).ToList())
        {
            var account = entry.Entity;
            Fill(account);
            searchable ??= await CustomValues.SearchableAsync(db, CustomFieldTarget.Account, ct);
            await KeepAsync(db, account, Terms(account, CustomValues.Terms(account.Custom, searchable, db.Cipher)), entry.State == EntityState.Added, ct);
        }
    }

    /// <summary>Brings the terms of one company in step, with what is saved next.</summary>
    public static async Task KeepAsync(AppDbContext db, Account account, HashSet<string> wanted, bool isNew, CancellationToken ct)
    {
        if (account.DeletedAt is not null) wanted = [];
        var present = isNew ? [] : await db.AccountTerms.Where(t => t.AccountId == account.Id).ToListAsync(ct);
        db.AccountTerms.RemoveRange(present.Where(t => !wanted.Contains(t.Term)));
        wanted.ExceptWith(present.Select(t => t.Term));
        db.AccountTerms.AddRange(wanted.Select(term => new AccountSearchTerm { Term = term, AccountId = account.Id }));
    }

    public static void Fill(Account account)
    {
        account.NameFolded = Account.Fold(account.Name);
        var syllables = Pinyin.Syllables(account.NameFolded, isName: false);
        account.NamePinyin = SearchTerms.Cut(string.Concat(syllables), MaxPinyin);
        account.NameInitials = string.Concat(syllables.Select(s => s[0]));
    }

    /// <param name="custom">Terms of its custom fields.</param>
    public static HashSet<string> Terms(Account account, IEnumerable<string>? custom = null)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in (string?[])[account.Name, account.ShortName])
        {
            var folded = ContactKeys.Fold(name);
            terms.UnionWith(SearchTerms.Suffixes(folded));
            if (Pinyin.HasReading(folded)) terms.UnionWith(SearchTerms.Readings(Pinyin.Syllables(folded, isName: false)));
        }
        terms.UnionWith(custom ?? []);
        return terms;
    }
}
