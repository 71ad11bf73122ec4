using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Duplicates;

/// <summary>One line of records side by side.</summary>
/// <param name="Normal">The form in which two are the same; null where that says nothing, and where the value is masked.</param>
public sealed record SideLine<TSide>(string Label, Func<TSide, string?> Read, Func<TSide, string?> Normal);

/// <summary>What is shown of records that may be one.</summary>
internal static class SideLines
{
    public static IReadOnlyList<SideLine<DuplicateSide>> Contacts(IStringLocalizer<Text> words, UserClock clock)
    {
        SideLine<DuplicateSide> Line(string field, Func<DuplicateSide, string?> read, Func<string?, string?> normal) => new(words["field." + field], read, s => s.Masked ? null : normal(read(s)));
        return
        [
            Line("EnglishName", s => s.EnglishName, ContactKeys.Fold), Line("Company", s => s.Company, ContactKeys.Fold), Line("Title", s => s.Title, ContactKeys.Fold), Line("Mobile", s => s.Mobile, ContactKeys.Phone),
            Line("Phone", s => s.Phone, ContactKeys.Phone), Line("Email", s => s.Email, ContactKeys.Email), Line("WeChat", s => s.WeChat, ContactKeys.WeChat), Line("OwnerId", s => s.Owner, _ => null),
            new(words["details.interactions"], s => s.LastContactAt is { } last ? words["duplicates.talks", s.InteractionCount, clock.Day(last)] : Number(s.InteractionCount), _ => null),
            new(words["details.updated"], s => clock.Day(s.UpdatedAt), _ => null),
        ];
    }

    public static IReadOnlyList<SideLine<CompanySide>> Companies(IStringLocalizer<Text> words, UserClock clock)
    {
        SideLine<CompanySide> Line(string field, Func<CompanySide, string?> read, Func<string?, string?> normal) => new(words["field." + field], read, s => normal(read(s)));
        return
        [
            Line("ShortName", s => s.ShortName, ContactKeys.Fold), new(words["duplicates.code"], s => s.CreditCode, s => s.CreditCode), Line("Website", s => s.Website, CompanyMatchForm.DomainOf), Line("Phone", s => s.Phone, ContactKeys.Phone),
            Line("City", s => s.City, CompanyForm.PlaceOf), Line("Industry", s => s.Industry, ContactKeys.Fold), Line("OwnerId", s => s.Owner, _ => null),
            new(words["accounts.people"], s => Number(s.Contacts), _ => null), new(words["details.updated"], s => clock.Day(s.UpdatedAt), _ => null),
        ];
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
