using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Duplicates;
using CrmAi.Infrastructure.Data;
using static CrmAi.Infrastructure.Duplicates.MergeFields;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>Every field of a company that a person may enter, and how two become one. Owner and visibility stay the survivor's.</summary>
internal static class AccountMergeFields
{
    public static async Task<List<MergePartOf<Account>>> OfAsync(AppDbContext db, CancellationToken ct) =>
        [.. Fixed, .. await CustomAsync<Account>(db, CustomFieldTarget.Account, a => a.Custom, (a, values) => a.Custom = values, ct)];

    private static MergePartOf<Account>[] Fixed { get; } =
    [
        new(nameof(Account.Name), a => a.Name, (a, b) => a.Name = b.Name) { Same = (a, b) => CompanyForm.Between(CompanyForm.Of(a), CompanyForm.Of(b)) >= CompanyRelation.Close },
        new(nameof(Account.ShortName), a => Text(a.ShortName), (a, b) => a.ShortName = b.ShortName),
        new(nameof(Account.Class), a => Text(a.Class), (a, b) => a.Class = b.Class),
        new(nameof(Account.CreditRating), a => Text(a.CreditRating), (a, b) => a.CreditRating = b.CreditRating),
        new(nameof(Account.Size), a => Text(a.Size), (a, b) => a.Size = b.Size),
        new(nameof(Account.Industry), a => Text(a.Industry), (a, b) => a.Industry = b.Industry),
        new(nameof(Account.Lifecycle), a => Chosen(a.Lifecycle, Lifecycle.Lead), (a, b) => a.Lifecycle = b.Lifecycle),
        new(nameof(Account.Website), a => Text(a.Website), (a, b) => a.Website = b.Website),
        new(nameof(Account.Phone), a => Text(a.Phone), (a, b) => a.Phone = b.Phone),
        new(nameof(Account.City), a => Text(a.City), (a, b) => a.City = b.City),
        new(nameof(Account.RevenueMinor), a => Text(a.RevenueMinor), (a, b) => (a.RevenueMinor, a.Currency) = (b.RevenueMinor, b.Currency)),
        new(nameof(Account.Employees), a => Text(a.Employees), (a, b) => a.Employees = b.Employees),
        new(nameof(Account.Addresses), a => List(a.Addresses.Select(p => p.Text)), (a, b) => a.Addresses = Joined(a.Addresses, b.Addresses, ContactRules.MaxList)) { Joins = true },
        new(nameof(Account.Description), a => Text(a.Description), (a, b) => a.Description = Notes(a.Description, b.Description, ContactRules.MaxNotes)) { Joins = true },
    ];
}
