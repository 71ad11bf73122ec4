using System.Text.RegularExpressions;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Accounts;

/// <summary>What a company's fields must be. Errors as listed at <see cref="IAccounts.AddAsync"/>.</summary>
public static partial class AccountRules
{
    /// <summary>Characters of an address and of its kind; minor units of a year's revenue.</summary>
    public const int MaxAddress = ContactRules.MaxShort * 2, MaxKind = 50;
    public const long MaxRevenue = 1_000_000_000_000_000_000;

    public static IReadOnlyList<Error> Check(AccountEdit edit)
    {
        var errors = new List<Error>();
        if (string.IsNullOrWhiteSpace(edit.Name)) errors.Add(new("account.name.empty", nameof(edit.Name)));
        foreach (var (text, field, limit) in ((string?, string, int)[])
            [(edit.Name, nameof(edit.Name), ContactRules.MaxShort), (edit.ShortName, nameof(edit.ShortName), ContactRules.MaxShort), (edit.CreditRating, nameof(edit.CreditRating), 10),
             (edit.Industry, nameof(edit.Industry), ContactRules.MaxShort), (edit.Website, nameof(edit.Website), ContactRules.MaxShort), (edit.Phone, nameof(edit.Phone), ContactRules.MaxShort), (edit.City, nameof(edit.City), ContactRules.MaxShort),
             (edit.Description, nameof(edit.Description), ContactRules.MaxNotes)])
        {
            if (text?.Length > limit) errors.Add(new("text.long", field, limit));
        }
        if (edit.Website is { Length: > 0 } site && !ContactRules.IsWebAddress(site)) errors.Add(new("url.invalid", nameof(edit.Website)));
        if (edit.Phone is { Length: > 0 } phone && !ContactRules.IsPhone(phone)) errors.Add(new("phone.invalid", nameof(edit.Phone)));
        if (edit.RevenueMinor is < 0 or > MaxRevenue) errors.Add(new("money.range", nameof(edit.RevenueMinor)));
        if (edit.Employees is < 0 or > 10_000_000) errors.Add(new("employees.range", nameof(edit.Employees)));
        if (!Currency().IsMatch(edit.Currency)) errors.Add(new("currency.unknown", nameof(edit.Currency)));
        if (edit.Addresses.Count > ContactRules.MaxList) errors.Add(new("list.long", nameof(edit.Addresses), ContactRules.MaxList));
        if (edit.Addresses.Any(a => a.Text.Length > MaxAddress)) errors.Add(new("text.long", nameof(edit.Addresses), MaxAddress));
        else if (edit.Addresses.Any(a => a.Kind.Length > MaxKind || a.City?.Length > ContactRules.MaxShort)) errors.Add(new("text.long", nameof(edit.Addresses), MaxKind));
        return errors;
    }

    [GeneratedRegex("^[A-Z]{3}$", RegexOptions.NonBacktracking)]
    private static partial Regex Currency();
}
