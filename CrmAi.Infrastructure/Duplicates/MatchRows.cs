using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Enrichment;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>A record read to be compared.</summary>
internal sealed record MatchRow(Guid Id, IMatchFields Fields);

/// <summary>Contacts and companies alike, as they are compared: whoever's they are.</summary>
internal static class MatchRows
{
    /// <summary>Those of these that are not deleted.</summary>
    public static async Task<List<MatchRow>> ReadAsync(AppDbContext db, MergeKind kind, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (kind == MergeKind.Account)
        {
            var companies = await db.Set<Account>().AsNoTracking().Where(a => ids.Contains(a.Id) && a.DeletedAt == null)
                .Select(a => new { Account = a, Facts = db.RegistryEntries.Where(e => e.Id == a.Id).Select(e => e.Facts).FirstOrDefault() }).ToListAsync(ct);
            return companies.ConvertAll(c => new MatchRow(c.Account.Id, Fields(c.Account, c.Facts)));
        }
        return await db.Set<Contact>().AsNoTracking().Where(c => ids.Contains(c.Id) && c.DeletedAt == null).Select(c => new MatchRow(c.Id, new MatchFields
        {
            Name = c.Name, EnglishName = c.EnglishName, Mobile = c.Mobile, Phone = c.Phone, Email = c.Email, WeChat = c.WeChat, Others = c.SocialProfiles,
            Company = c.Account == null || c.Account.DeletedAt != null ? null : c.Account.Name,
        })).ToListAsync(ct);
    }

    /// <summary>All of a kind, the deleted too, by their ids.</summary>
    public static IQueryable<Guid> Ids(AppDbContext db, MergeKind kind) => kind == MergeKind.Account ? db.Set<Account>().Select(a => a.Id) : db.Set<Contact>().Select(c => c.Id);

    /// <param name="facts">What the register says of it; null where nothing was picked.</param>
    public static CompanyFields Fields(Account a, CompanyFacts? facts) => new()
    {
        Name = a.Name, ShortName = a.ShortName, Website = a.Website, Phone = a.Phone, City = a.City, CreditCode = facts?.CreditCode,
        Others = facts is null ? [] : [.. new[] { facts.Name, facts.EnglishName }.OfType<string>(), .. facts.FormerNames],
    };
}
