using CrmAi.Domain.Contacts;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Contacts;

/// <summary>The fields of a contact as two people's edits are compared.</summary>
public static class ContactFields
{
    public static IReadOnlyList<EditField<ContactEdit>> All(IStringLocalizer<Text> words, UserClock clock) =>
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
        new(words["field.DealValueMinor"], e => e.DealValueMinor is { } value ? Money.Show(value, e.Currency) : null, (to, from) => to with { DealValueMinor = from.DealValueMinor, Currency = from.Currency }),
        new(words["field.DecisionMaker"], e => e.DecisionMaker is { } yes ? words[yes ? "yes" : "no"].Value : null, (to, from) => to with { DecisionMaker = from.DecisionMaker }),
        new(words["field.BudgetAuthority"], e => words.Of(e.BudgetAuthority), (to, from) => to with { BudgetAuthority = from.BudgetAuthority }),
        new(words["field.DecisionProcess"], e => e.DecisionProcess, (to, from) => to with { DecisionProcess = from.DecisionProcess }),
        new(words["field.CurrentSolutions"], e => string.Join(", ", e.CurrentSolutions), (to, from) => to with { CurrentSolutions = from.CurrentSolutions }),
        new(words["field.Competitors"], e => string.Join(", ", e.Competitors), (to, from) => to with { Competitors = from.Competitors }),
        new(words["field.FolderId"], e => e.FolderId?.ToString(), (to, from) => to with { FolderId = from.FolderId }),
        new(words["field.Visibility"], e => words.Of(e.Visibility), (to, from) => to with { Visibility = from.Visibility }),
        new(words["field.NextFollowUpAt"], e => e.NextFollowUpAt is { } at ? clock.Full(at) : null, (to, from) => to with { NextFollowUpAt = from.NextFollowUpAt }),
        new(words["field.Personal"], e => Say(e.Personal), (to, from) => to with { Personal = from.Personal }),
        new(words["field.SocialProfiles"], e => string.Join(", ", e.SocialProfiles.Select(p => $"{p.Platform} {p.Handle} {p.Url}")), (to, from) => to with { SocialProfiles = from.SocialProfiles }),
        new(words["field.Notes"], e => e.Notes, (to, from) => to with { Notes = from.Notes }),
    ];

    private static string Say(PersonalDetails person) =>
        string.Join(" · ", new[] { person.Gender?.ToString(), person.BirthYear?.ToString(System.Globalization.CultureInfo.CurrentCulture), person.City, person.Education, string.Join(", ", person.Interests), person.Notes }.Where(t => !string.IsNullOrEmpty(t)));
}
