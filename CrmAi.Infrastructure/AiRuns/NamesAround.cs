using CrmAi.Domain.Accounts;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Contacts;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>Names that texts about a contact may hold: theirs, their company's, and of others who work there.</summary>
internal static class NamesAround
{
    private const int MostColleagues = 300;

    /// <summary>Read past permissions, since a name is known here only to be taken out: nobody is shown any. The caller has decided that the contact may be seen.</summary>
    public static async Task<IReadOnlyList<KnownName>> OfAsync(AppDbContext db, Guid contactId, CancellationToken ct)
    {
        var contact = await db.Set<Contact>().Where(c => c.Id == contactId).Select(c => new { c.Name, c.EnglishName, c.Mobile, c.Phone, c.Email, c.WeChat, c.AccountId, c.OwnerId }).SingleAsync(ct);
        var names = new List<KnownName>();
        void Add(NameRole role, params ReadOnlySpan<string?> written)
        {
            foreach (var name in written)
            {
                if (!string.IsNullOrWhiteSpace(name)) names.Add(new(name, role));
            }
        }
        Add(NameRole.Customer, contact.Name, contact.EnglishName);
        Add(NameRole.Channel, contact.Mobile, contact.Phone, contact.Email, contact.WeChat);
        Add(NameRole.Us, await db.Users.Where(u => u.Id == contact.OwnerId).Select(u => u.Name).SingleOrDefaultAsync(ct));
        if (contact.AccountId is not { } account) return names;
        if (await db.Set<Account>().Where(a => a.Id == account).Select(a => new { a.Name, a.ShortName }).SingleOrDefaultAsync(ct) is { } company) Add(NameRole.Company, company.Name, company.ShortName);
        foreach (var mate in await db.Set<Contact>().Where(c => c.AccountId == account && c.Id != contactId).OrderBy(c => c.Id).Take(MostColleagues).Select(c => new { c.Name, c.EnglishName }).ToListAsync(ct))
            Add(NameRole.Other, mate.Name, mate.EnglishName);
        return names;
    }
}
