using System.Globalization;
using CrmAi.Domain.Accounts;
using CrmAi.Domain.CustomFields;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Accounts;

/// <summary>The fields of a company as two people's edits are compared.</summary>
public static class AccountFields
{
    public static IReadOnlyList<EditField<AccountEdit>> All(IStringLocalizer<Text> words, IReadOnlyList<CustomFieldRow> custom) =>
    [
        new(words["field.account.Name"], e => e.Name, (to, from) => to with { Name = from.Name }),
        new(words["field.ShortName"], e => e.ShortName, (to, from) => to with { ShortName = from.ShortName }),
        new(words["field.Class"], e => words.Of(e.Class), (to, from) => to with { Class = from.Class }),
        new(words["field.CreditRating"], e => e.CreditRating, (to, from) => to with { CreditRating = from.CreditRating }),
        new(words["field.Size"], e => words.Of(e.Size), (to, from) => to with { Size = from.Size }),
        new(words["field.Industry"], e => e.Industry, (to, from) => to with { Industry = from.Industry }),
        new(words["field.Lifecycle"], e => words.Of(e.Lifecycle), (to, from) => to with { Lifecycle = from.Lifecycle }),
        new(words["field.Website"], e => e.Website, (to, from) => to with { Website = from.Website }),
        new(words["field.Phone"], e => e.Phone, (to, from) => to with { Phone = from.Phone }),
        new(words["field.City"], e => e.City, (to, from) => to with { City = from.City }),
        new(words["field.Addresses"], e => string.Join("\n", e.Addresses.Select(Line)), (to, from) => to with { Addresses = from.Addresses }),
        new(words["field.Description"], e => e.Description, (to, from) => to with { Description = from.Description }),
        new(words["field.RevenueMinor"], e => e.RevenueMinor?.ToString(CultureInfo.InvariantCulture), (to, from) => to with { RevenueMinor = from.RevenueMinor }),
        new(words["field.Currency"], e => e.Currency, (to, from) => to with { Currency = from.Currency }),
        new(words["field.Employees"], e => e.Employees?.ToString(CultureInfo.InvariantCulture), (to, from) => to with { Employees = from.Employees }),
        new(words["field.Visibility"], e => words.Of(e.Visibility), (to, from) => to with { Visibility = from.Visibility }),
        new(words["field.PrimaryContactId"], e => e.PrimaryContactId?.ToString(), (to, from) => to with { PrimaryContactId = from.PrimaryContactId }),
        .. custom.Select(f => new EditField<AccountEdit>(f.Fields.Name, e => e.Custom.GetValueOrDefault(f.Id), (to, from) => to.WithCustom(f.Id, from.Custom.GetValueOrDefault(f.Id)))),
    ];

    /// <summary>With another value of one of the administrator's fields; null for none.</summary>
    public static AccountEdit WithCustom(this AccountEdit edit, Guid id, string? value)
    {
        var all = edit.Custom.Where(v => v.Key != id).ToDictionary();
        if (!string.IsNullOrEmpty(value)) all[id] = value;
        return edit with { Custom = all };
    }

    public static string Line(PostalAddress address) => string.Join(" · ", new[] { address.Kind, address.Text, address.City }.Where(t => !string.IsNullOrEmpty(t)));
}
