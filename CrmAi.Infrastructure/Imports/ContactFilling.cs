using CrmAi.Domain.Contacts;
using CrmAi.Domain.Imports;

namespace CrmAi.Infrastructure.Imports;

/// <summary>Writes what a row says into a contact that is there: what is empty, or all that the row says.</summary>
internal static class ContactFilling
{
    private static readonly Part[] Parts =
    [
        new(ImportTarget.Name, _ => false, (c, e) => c.Name = e.Name),
        new(ImportTarget.EnglishName, c => c.EnglishName is null, (c, e) => c.EnglishName = e.EnglishName),
        new(ImportTarget.Mobile, c => c.Mobile is null, (c, e) => c.Mobile = e.Mobile),
        new(ImportTarget.Phone, c => c.Phone is null, (c, e) => c.Phone = e.Phone),
        new(ImportTarget.Email, c => c.Email is null, (c, e) => c.Email = e.Email),
        new(ImportTarget.WeChat, c => c.WeChat is null, (c, e) => c.WeChat = e.WeChat),
        new(ImportTarget.Title, c => c.Title is null, (c, e) => c.Title = e.Title),
        new(ImportTarget.Department, c => c.Department is null, (c, e) => c.Department = e.Department),
        new(ImportTarget.Seniority, c => c.Seniority is null, (c, e) => c.Seniority = e.Seniority),
        new(ImportTarget.Priority, _ => false, (c, e) => c.Priority = e.Priority),
        new(ImportTarget.Lifecycle, _ => false, (c, e) => c.Lifecycle = e.Lifecycle),
        new(ImportTarget.Source, c => c.Source is null, (c, e) => c.Source = e.Source),
        new(ImportTarget.Stage, _ => false, (c, e) => c.Stage = e.Stage),
        new(ImportTarget.Currency, c => c.DealValueMinor is null && c.BudgetMinor is null, (c, e) => c.Currency = e.Currency),
        new(ImportTarget.DealValue, c => c.DealValueMinor is null, (c, e) => c.DealValueMinor = e.DealValueMinor),
        new(ImportTarget.DecisionMaker, c => c.DecisionMaker is null, (c, e) => c.DecisionMaker = e.DecisionMaker),
        new(ImportTarget.BudgetAuthority, c => c.BudgetAuthority is null, (c, e) => c.BudgetAuthority = e.BudgetAuthority),
        new(ImportTarget.Budget, c => c.BudgetMinor is null, (c, e) => c.BudgetMinor = e.BudgetMinor),
        new(ImportTarget.DecisionProcess, c => c.DecisionProcess is null, (c, e) => c.DecisionProcess = e.DecisionProcess),
        new(ImportTarget.CurrentSolutions, c => c.CurrentSolutions.Count == 0, (c, e) => c.CurrentSolutions = [.. e.CurrentSolutions]),
        new(ImportTarget.Competitors, c => c.Competitors.Count == 0, (c, e) => c.Competitors = [.. e.Competitors]),
        new(ImportTarget.NextFollowUp, c => c.NextFollowUpAt is null, (c, e) => c.NextFollowUpAt = e.NextFollowUpAt),
        new(ImportTarget.Gender, c => c.Personal.Gender is null, (c, e) => c.Personal = c.Personal with { Gender = e.Personal.Gender }),
        new(ImportTarget.Birthday, c => c.Personal.BirthYear is null, (c, e) => c.Personal = c.Personal with { BirthYear = e.Personal.BirthYear }),
        new(ImportTarget.BirthYear, c => c.Personal.BirthYear is null, (c, e) => c.Personal = c.Personal with { BirthYear = e.Personal.BirthYear }),
        new(ImportTarget.City, c => c.Personal.City is null, (c, e) => c.Personal = c.Personal with { City = e.Personal.City }),
        new(ImportTarget.Education, c => c.Personal.Education is null, (c, e) => c.Personal = c.Personal with { Education = e.Personal.Education }),
        new(ImportTarget.Interests, c => c.Personal.Interests.Count == 0, (c, e) => c.Personal = c.Personal with { Interests = e.Personal.Interests }),
        new(ImportTarget.PersonalNotes, c => c.Personal.Notes is null, (c, e) => c.Personal = c.Personal with { Notes = e.Personal.Notes }),
        new(ImportTarget.Social, c => c.SocialProfiles.Count == 0, (c, e) => c.SocialProfiles = [.. e.SocialProfiles]),
        new(ImportTarget.Qq, c => c.SocialProfiles.Count == 0, (c, e) => c.SocialProfiles = [.. e.SocialProfiles]),
        new(ImportTarget.Notes, c => string.IsNullOrEmpty(c.Notes), (c, e) => c.Notes = e.Notes),
    ];

    /// <summary>Company, owner, visibility and labels are the caller's.</summary>
    public static void Apply(Contact contact, ContactDraft row, bool overwrite)
    {
        foreach (var part in Parts)
            if (row.Given.Contains(part.Target) && (overwrite || part.IsEmpty(contact))) part.Set(contact, row.Edit);
        if (row.Edit.Custom.Count == 0) return;
        var values = new Dictionary<Guid, string>(contact.Custom);
        foreach (var (field, value) in row.Edit.Custom)
            if (overwrite || !values.ContainsKey(field)) values[field] = value;
        contact.Custom = values;
    }

    private sealed record Part(ImportTarget Target, Func<Contact, bool> IsEmpty, Action<Contact, ContactEdit> Set);
}
