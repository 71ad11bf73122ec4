using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Contacts;

/// <summary>The fields of a contact as two people's edits are compared.</summary>
public static class ContactFields
{
    public static IReadOnlyList<EditField<ContactEdit>> All(IStringLocalizer<Text> words, UserClock clock, ContactLookups lookups) =>
    [
        new(words["field.Name"], e => e.Name, (to, from) => to with { Name = from.Name }),
        new(words["field.EnglishName"], e => e.EnglishName, (to, from) => to with { EnglishName = from.EnglishName }),
        new(words["field.Company"], e => e.Company ?? e.AccountId?.ToString(), (to, from) => to with { Company = from.Company, AccountId = from.AccountId }),
        new(words["field.Title"], e => e.Title, (to, from) => to with { Title = from.Title }),
        new(words["field.Department"], e => e.Department, (to, from) => to with { Department = from.Department }),
        new(words["field.Seniority"], e => words.Of(e.Seniority), (to, from) => to with { Seniority = from.Seniority }),
        new(words["field.Mobile"], e => e.Mobile, (to, from) => to with { Mobile = from.Mobile }),
        new(words["field.Phone"], e => e.Phone, (to, from) => to with { Phone = from.Phone }),
        new(words["field.Email"], e => e.Email, (to, from) => to with { Email = from.Email }),
        new(words["field.WeChat"], e => e.WeChat, (to, from) => to with { WeChat = from.WeChat }),
        new(words["field.Priority"], e => words.Of(e.Priority), (to, from) => to with { Priority = from.Priority }),
        new(words["field.Lifecycle"], e => words.Of(e.Lifecycle), (to, from) => to with { Lifecycle = from.Lifecycle }),
        new(words["field.Source"], e => words.Of(e.Source), (to, from) => to with { Source = from.Source }),
        new(words["field.Stage"], e => words.Of(e.Stage), (to, from) => to with { Stage = from.Stage }),
        new(words["field.DealValueMinor"], e => Sum(e.DealValueMinor), (to, from) => to with { DealValueMinor = from.DealValueMinor }),
        new(words["field.Currency"], e => e.Currency, (to, from) => to with { Currency = from.Currency }),
        new(words["field.DecisionMaker"], e => e.DecisionMaker is { } yes ? words[yes ? "yes" : "no"].Value : null, (to, from) => to with { DecisionMaker = from.DecisionMaker }),
        new(words["field.BudgetAuthority"], e => words.Of(e.BudgetAuthority), (to, from) => to with { BudgetAuthority = from.BudgetAuthority }),
        new(words["field.BudgetMinor"], e => Sum(e.BudgetMinor), (to, from) => to with { BudgetMinor = from.BudgetMinor }),
        new(words["field.DecisionProcess"], e => e.DecisionProcess, (to, from) => to with { DecisionProcess = from.DecisionProcess }),
        new(words["field.CurrentSolutions"], e => List(e.CurrentSolutions), (to, from) => to with { CurrentSolutions = from.CurrentSolutions }),
        new(words["field.Competitors"], e => List(e.Competitors), (to, from) => to with { Competitors = from.Competitors }),
        new(words["field.FolderId"], e => lookups.Folder(e.FolderId), (to, from) => to with { FolderId = from.FolderId }),
        new(words["field.TagIds"], e => lookups.TagNames(e.TagIds), (to, from) => to with { TagIds = from.TagIds }),
        new(words["field.Visibility"], e => words.Of(e.Visibility), (to, from) => to with { Visibility = from.Visibility }),
        new(words["field.NextFollowUpAt"], e => e.NextFollowUpAt is { } at ? clock.Full(at) : null, (to, from) => to with { NextFollowUpAt = from.NextFollowUpAt }),
        new(words["field.Gender"], e => words.Of(e.Personal.Gender), (to, from) => to with { Personal = to.Personal with { Gender = from.Personal.Gender } }),
        new(words["field.BirthYear"], e => e.Personal.BirthYear?.ToString(CultureInfo.InvariantCulture), (to, from) => to with { Personal = to.Personal with { BirthYear = from.Personal.BirthYear } }),
        new(words["field.City"], e => e.Personal.City, (to, from) => to with { Personal = to.Personal with { City = from.Personal.City } }),
        new(words["field.Education"], e => e.Personal.Education, (to, from) => to with { Personal = to.Personal with { Education = from.Personal.Education } }),
        new(words["field.Interests"], e => List(e.Personal.Interests), (to, from) => to with { Personal = to.Personal with { Interests = from.Personal.Interests } }),
        new(words["field.PersonalNotes"], e => e.Personal.Notes, (to, from) => to with { Personal = to.Personal with { Notes = from.Personal.Notes } }),
        new(words["field.SocialProfiles"], e => List([.. e.SocialProfiles.Select(p => $"{p.Platform} {p.Handle} {p.Url}".TrimEnd())]), (to, from) => to with { SocialProfiles = from.SocialProfiles }),
        new(words["field.Notes"], e => e.Notes, (to, from) => to with { Notes = from.Notes }),
        .. lookups.Custom.Select(Own),
    ];

    /// <summary>With another value of one of the administrator's fields; null for none.</summary>
    public static ContactEdit WithCustom(this ContactEdit edit, Guid id, string? value)
    {
        var all = edit.Custom.Where(v => v.Key != id).ToDictionary();
        if (!string.IsNullOrEmpty(value)) all[id] = value;
        return edit with { Custom = all };
    }

    private static EditField<ContactEdit> Own(CustomFieldRow field) =>
        new(field.Fields.Name, e => e.Custom.GetValueOrDefault(field.Id), (to, from) => to.WithCustom(field.Id, from.Custom.GetValueOrDefault(field.Id)));

    private static string Sum(long? minor) => Amounts.Show(minor);

    private static string List(IReadOnlyList<string> items) => string.Join(", ", items);
}
