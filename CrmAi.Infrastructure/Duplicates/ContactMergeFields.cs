using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Duplicates;
using CrmAi.Infrastructure.Data;
using static CrmAi.Infrastructure.Duplicates.MergeFields;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>Every field of a contact that a person may enter, and how two become one. Owner, visibility and folder stay the survivor's.</summary>
internal static class ContactMergeFields
{
    public static async Task<List<MergePartOf<Contact>>> OfAsync(AppDbContext db, CancellationToken ct) =>
        [.. Fixed, .. await CustomAsync<Contact>(db, CustomFieldTarget.Contact, c => c.Custom, (c, values) => c.Custom = values, ct)];

    private static MergePartOf<Contact>[] Fixed { get; } =
    [
        new(nameof(Contact.Name), c => c.Name, (a, b) => a.Name = b.Name),
        new(nameof(Contact.EnglishName), c => Text(c.EnglishName), (a, b) => a.EnglishName = b.EnglishName),
        new("Company", c => c.Account is { DeletedAt: null } account ? account.Name : null, (a, b) => (a.Account, a.AccountId) = (b.Account, b.AccountId)),
        new(nameof(Contact.Title), c => Text(c.Title), (a, b) => a.Title = b.Title),
        new(nameof(Contact.Department), c => Text(c.Department), (a, b) => a.Department = b.Department),
        new(nameof(Contact.Seniority), c => Text(c.Seniority), (a, b) => a.Seniority = b.Seniority),
        new(nameof(Contact.Mobile), c => Text(c.Mobile), (a, b) => a.Mobile = b.Mobile),
        new(nameof(Contact.Phone), c => Text(c.Phone), (a, b) => a.Phone = b.Phone),
        new(nameof(Contact.Email), c => Text(c.Email), (a, b) => a.Email = b.Email),
        new(nameof(Contact.WeChat), c => Text(c.WeChat), (a, b) => a.WeChat = b.WeChat),
        new(nameof(Contact.Priority), c => Chosen(c.Priority, Priority.Medium), (a, b) => a.Priority = b.Priority),
        new(nameof(Contact.Lifecycle), c => Chosen(c.Lifecycle, Lifecycle.Lead), (a, b) => a.Lifecycle = b.Lifecycle),
        new(nameof(Contact.Stage), c => Chosen(c.Stage, DealStage.Prospecting), (a, b) => a.Stage = b.Stage),
        new(nameof(Contact.Source), c => Text(c.Source), (a, b) => a.Source = b.Source),
        new(nameof(Contact.DealValueMinor), c => Text(c.DealValueMinor), (a, b) => (a.DealValueMinor, a.Currency) = (b.DealValueMinor, b.Currency)),
        new(nameof(Contact.BudgetMinor), c => Text(c.BudgetMinor), (a, b) => a.BudgetMinor = b.BudgetMinor),
        new(nameof(Contact.BudgetAuthority), c => Text(c.BudgetAuthority), (a, b) => a.BudgetAuthority = b.BudgetAuthority),
        new(nameof(Contact.DecisionMaker), c => Text(c.DecisionMaker), (a, b) => a.DecisionMaker = b.DecisionMaker),
        new(nameof(Contact.DecisionProcess), c => Text(c.DecisionProcess), (a, b) => a.DecisionProcess = b.DecisionProcess),
        new(nameof(Contact.NextFollowUpAt), c => Text(c.NextFollowUpAt), (a, b) => a.NextFollowUpAt = b.NextFollowUpAt),
        new(nameof(PersonalDetails.Gender), c => Text(c.Personal.Gender), (a, b) => a.Personal = a.Personal with { Gender = b.Personal.Gender }),
        new(nameof(PersonalDetails.BirthYear), c => Text(c.Personal.BirthYear), (a, b) => a.Personal = a.Personal with { BirthYear = b.Personal.BirthYear }),
        new(nameof(PersonalDetails.City), c => Text(c.Personal.City), (a, b) => a.Personal = a.Personal with { City = b.Personal.City }),
        new(nameof(PersonalDetails.Education), c => Text(c.Personal.Education), (a, b) => a.Personal = a.Personal with { Education = b.Personal.Education }),
        new(nameof(PersonalDetails.Interests), c => List(c.Personal.Interests), (a, b) => a.Personal = a.Personal with { Interests = Joined(a.Personal.Interests, b.Personal.Interests, ContactRules.MaxList) }) { Joins = true },
        new("PersonalNotes", c => Text(c.Personal.Notes), (a, b) => a.Personal = a.Personal with { Notes = Notes(a.Personal.Notes, b.Personal.Notes, ContactRules.MaxNotes) }) { Joins = true },
        new(nameof(Contact.SocialProfiles), c => List(c.SocialProfiles.Select(p => $"{p.Platform} {p.Handle}")), (a, b) => a.SocialProfiles = Joined(a.SocialProfiles, b.SocialProfiles, ContactRules.MaxList)) { Joins = true },
        new(nameof(Contact.CurrentSolutions), c => List(c.CurrentSolutions), (a, b) => a.CurrentSolutions = Joined(a.CurrentSolutions, b.CurrentSolutions, ContactRules.MaxList)) { Joins = true },
        new(nameof(Contact.Competitors), c => List(c.Competitors), (a, b) => a.Competitors = Joined(a.Competitors, b.Competitors, ContactRules.MaxList)) { Joins = true },
        new(nameof(Contact.Notes), c => Text(c.Notes), (a, b) => a.Notes = Notes(a.Notes, b.Notes, ContactRules.MaxNotes)) { Joins = true },
    ];

    /// <summary>Numbers and addresses that lost are kept beside the others, where they are masked as those are.</summary>
    public static void KeepChannels(Contact survivor, Contact before, Contact loser)
    {
        var kept = new List<SocialProfile>();
        foreach (var from in new[] { before, loser })
        {
            Add(MatchForm.OtherPhone, from.Mobile, ContactKeys.Phone, survivor.Mobile, survivor.Phone);
            Add(MatchForm.OtherPhone, from.Phone, ContactKeys.Phone, survivor.Mobile, survivor.Phone);
            Add(MatchForm.OtherEmail, from.Email, ContactKeys.Email, survivor.Email);
            Add(MatchForm.OtherWeChat, from.WeChat, ContactKeys.WeChat, survivor.WeChat);
        }
        if (kept.Count > 0) survivor.SocialProfiles = Joined(survivor.SocialProfiles, kept, ContactRules.MaxList);

        void Add(string platform, string? value, Func<string?, string?> normal, params string?[] present)
        {
            if (normal(value) is not { } key || present.Any(p => normal(p) == key) || survivor.SocialProfiles.Concat(kept).Any(p => p.Platform == platform && normal(p.Handle) == key)) return;
            kept.Add(new(platform, value!, null));
        }
    }
}
