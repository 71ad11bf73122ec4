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
    public static async Task<IReadOnlyList<KnownName>> OfAsync(AppDbContext db, Guid contactId, CancellationToken ct) => (await OfAsync(db, [contactId], ct))[contactId];

    /// <summary>The same of several, each with its own; those that are gone are left out. Ask for some dozens at a time.</summary>
    public static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<KnownName>>> OfAsync(AppDbContext db, IReadOnlyCollection<Guid> contactIds, CancellationToken ct)
    {
        var contacts = await db.Set<Contact>().Where(c => contactIds.Contains(c.Id))
            .Select(c => new { c.Id, c.Name, c.EnglishName, c.Mobile, c.Phone, c.Email, c.WeChat, c.AccountId, Owner = db.Users.Where(u => u.Id == c.OwnerId).Select(u => u.Name).FirstOrDefault() }).ToListAsync(ct);
        var companyIds = contacts.Select(c => c.AccountId).OfType<Guid>().ToHashSet();
        var companies = companyIds.Count == 0 ? [] : await db.Set<Account>().Where(a => companyIds.Contains(a.Id)).Select(a => new { a.Id, a.Name, a.ShortName }).ToDictionaryAsync(a => a.Id, ct);
        var mates = new Dictionary<Guid, List<(Guid Id, string Name, string? EnglishName)>>();
        // One more than are taken: the contact itself may be among them.
        foreach (var company in companyIds)
            mates[company] = (await db.Set<Contact>().Where(c => c.AccountId == company).OrderBy(c => c.Id).Take(MostColleagues + 1).Select(c => new { c.Id, c.Name, c.EnglishName }).ToListAsync(ct)).ConvertAll(c => (c.Id, c.Name, c.EnglishName));
        return contacts.ToDictionary(c => c.Id, contact =>
        {
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
            Add(NameRole.Us, contact.Owner);
            if (contact.AccountId is not { } account) return (IReadOnlyList<KnownName>)names;
            if (companies.TryGetValue(account, out var company)) Add(NameRole.Company, company.Name, company.ShortName);
            foreach (var mate in mates[account].Where(m => m.Id != contact.Id).Take(MostColleagues)) Add(NameRole.Other, mate.Name, mate.EnglishName);
            return names;
        });
    }
}
