using CrmAi.Domain.Accounts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Accounts;

/// <summary>Between a company's row and what people see and enter.</summary>
internal static class AccountMapping
{
    /// <summary>Before anything is checked: fields of one line hold no line ends.</summary>
    public static AccountEdit Normal(AccountEdit edit) => edit with
    {
        Name = OneLine.Of(edit.Name),
        ShortName = OneLine.OrNone(edit.ShortName),
        CreditRating = OneLine.OrNone(edit.CreditRating),
        Industry = OneLine.OrNone(edit.Industry),
        Website = OneLine.OrNone(edit.Website),
        Phone = OneLine.OrNone(edit.Phone),
        City = OneLine.OrNone(edit.City),
        Addresses = [.. edit.Addresses.Select(a => new PostalAddress(OneLine.Of(a.Kind), OneLine.Of(a.Text), OneLine.OrNone(a.City)))],
    };

    /// <summary>Everything that needs no look at other rows.</summary>
    public static void Apply(Account account, AccountEdit edit)
    {
        account.Name = edit.Name;
        account.ShortName = Text(edit.ShortName);
        account.Class = edit.Class;
        account.CreditRating = Text(edit.CreditRating);
        account.Size = edit.Size;
        account.Industry = Text(edit.Industry);
        account.Lifecycle = edit.Lifecycle;
        account.Website = Text(edit.Website);
        account.Phone = Text(edit.Phone);
        account.City = Text(edit.City);
        account.Addresses = [.. edit.Addresses.Where(a => a.Text.Length > 0)];
        account.Description = Text(edit.Description);
        account.RevenueMinor = edit.RevenueMinor;
        account.Currency = edit.Currency;
        account.Employees = edit.Employees;
        account.Visibility = edit.Visibility;
    }

    /// <summary>With the people there whom the viewer may see, and of the primary contact only where it is one of them.</summary>
    public static async Task<List<AccountDetail>> DetailsAsync(AppDbContext db, Viewer viewer, IQueryable<Account> accounts, CancellationToken ct)
    {
        var contacts = db.Contacts.VisibleTo(viewer);
        var rows = await accounts.AsNoTracking().Join(db.Users, a => a.OwnerId, u => u.Id, (a, u) => new
        {
            Account = a,
            Owner = u.Name,
            Contacts = contacts.Count(c => c.AccountId == a.Id && !c.IsArchived),
            Last = contacts.Where(c => c.AccountId == a.Id && !c.IsArchived).Max(c => c.LastContactAt),
            Primary = contacts.Any(c => c.Id == a.PrimaryContactId && c.AccountId == a.Id),
        }).ToListAsync(ct);
        return [.. rows.Select(r => new AccountDetail(r.Account.Id, r.Account.Version, Edit(r.Account, r.Primary), r.Owner, r.Account.OwnerId, r.Contacts, r.Account.CreatedAt)
        {
            MayChange = viewer.MayChange(r.Account), IsArchived = r.Account.IsArchived, LastContactAt = r.Last,
        })];
    }

    /// <param name="primary">Whether the primary contact is among what is shown.</param>
    public static AccountEdit Edit(Account a, bool primary) => new()
    {
        Name = a.Name,
        ShortName = a.ShortName,
        Class = a.Class,
        CreditRating = a.CreditRating,
        Size = a.Size,
        Industry = a.Industry,
        Lifecycle = a.Lifecycle,
        Website = a.Website,
        Phone = a.Phone,
        City = a.City,
        Addresses = a.Addresses,
        Description = a.Description,
        RevenueMinor = a.RevenueMinor,
        Currency = a.Currency,
        Employees = a.Employees,
        Visibility = a.Visibility,
        PrimaryContactId = primary ? a.PrimaryContactId : null,
        Custom = a.Custom,
    };

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
