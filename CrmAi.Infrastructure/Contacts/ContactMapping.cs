using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.CustomFields;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>Between a contact's row and what people see and enter.</summary>
internal static class ContactMapping
{
    /// <summary>Before anything is checked: fields of one line hold no line ends.</summary>
    public static ContactEdit Normal(ContactEdit edit) => edit with
    {
        Name = OneLine.Of(edit.Name),
        EnglishName = OneLine.OrNone(edit.EnglishName),
        Mobile = OneLine.OrNone(edit.Mobile),
        Phone = OneLine.OrNone(edit.Phone),
        Email = OneLine.OrNone(edit.Email),
        WeChat = OneLine.OrNone(edit.WeChat),
        Company = OneLine.OrNone(edit.Company),
        Title = OneLine.OrNone(edit.Title),
        Department = OneLine.OrNone(edit.Department),
        CurrentSolutions = OneLine.Each(edit.CurrentSolutions),
        Competitors = OneLine.Each(edit.Competitors),
        Personal = edit.Personal with { City = OneLine.OrNone(edit.Personal.City), Education = OneLine.OrNone(edit.Personal.Education), Interests = OneLine.Each(edit.Personal.Interests) },
        SocialProfiles = [.. edit.SocialProfiles.Select(p => new SocialProfile(OneLine.Of(p.Platform), OneLine.Of(p.Handle), OneLine.OrNone(p.Url)))],
    };

    public static void Apply(Contact contact, ContactEdit edit)
    {
        contact.Name = edit.Name;
        contact.EnglishName = Text(edit.EnglishName);
        contact.Mobile = Text(edit.Mobile);
        contact.Phone = Text(edit.Phone);
        contact.Email = Text(edit.Email);
        contact.WeChat = Text(edit.WeChat);
        contact.Title = Text(edit.Title);
        contact.Department = Text(edit.Department);
        contact.Seniority = edit.Seniority;
        contact.Priority = edit.Priority;
        contact.Lifecycle = edit.Lifecycle;
        contact.Source = edit.Source;
        contact.Stage = edit.Stage;
        contact.DealValueMinor = edit.DealValueMinor;
        contact.Currency = edit.Currency;
        contact.DecisionMaker = edit.DecisionMaker;
        contact.BudgetAuthority = edit.BudgetAuthority;
        contact.BudgetMinor = edit.BudgetMinor;
        contact.DecisionProcess = Text(edit.DecisionProcess);
        contact.CurrentSolutions = [.. edit.CurrentSolutions];
        contact.Competitors = [.. edit.Competitors];
        contact.Visibility = edit.Visibility;
        contact.NextFollowUpAt = Instants.Utc(edit.NextFollowUpAt);
        contact.Personal = edit.Personal;
        contact.SocialProfiles = [.. edit.SocialProfiles];
        contact.Notes = Text(edit.Notes);
    }

    /// <summary>Its tags, shares and photos must be loaded.</summary>
    /// <param name="people">Names of those with whom it is shared.</param>
    /// <param name="types">Of custom fields, for those to whom a contact is shown masked.</param>
    public static ContactDetail Detail(ReadContact read, IReadOnlyDictionary<Guid, string> people, IReadOnlyDictionary<Guid, CustomFieldType> types, Viewer viewer)
    {
        var (c, owner, company, opens) = read;
        var (open, governs) = (viewer.MayReadChannels(c), viewer.MayGovern(c));
        var fields = Shown(c, company, viewer, open, types);
        return new(c.Id, c.Version, fields, company?.Name, owner, c.OwnerId, !open, viewer.MayChange(c), viewer.May(Operation.WriteInteractions),
            [.. c.Tags.Select(t => new TagRow(t.TagId, t.Tag!.Name, t.Tag.Colour, t.Tag.Kind, t.Tag.Version))], c.CreatedAt, c.LastContactAt, c.InteractionCount, opens ? company : null)
        {
            IsArchived = c.IsArchived,
            UpdatedAt = c.UpdatedAt,
            MayGovern = governs,
            Photos = [.. c.Photos.OrderByDescending(p => p.Id).Select(p => new PhotoRow(p.Id, p.Kind, p.Source, p.AddedAt))],
            Shares = governs ? [.. c.Shares.Where(s => s.UserId != c.OwnerId).Select(s => new ShareRow(s.UserId, people[s.UserId], s.MayChange)).OrderBy(s => s.Name, StringComparer.Ordinal)] : [],
        };
    }

    /// <summary>As it stands in the row, nothing of it masked.</summary>
    public static ContactEdit Edit(Contact contact, Viewer viewer) => Shown(contact, null, viewer, open: true, null) with { AccountId = contact.AccountId };

    private static ContactEdit Shown(Contact c, AccountGlance? company, Viewer viewer, bool open, IReadOnlyDictionary<Guid, CustomFieldType>? types) => new ContactEdit
    {
        Name = c.Name,
        EnglishName = c.EnglishName,
        Mobile = open ? c.Mobile : Masks.Phone(c.Mobile),
        Phone = open ? c.Phone : Masks.Phone(c.Phone),
        Email = open ? c.Email : Masks.Email(c.Email),
        WeChat = open ? c.WeChat : Masks.WeChat(c.WeChat),
        AccountId = company?.Id,
        Company = company?.Name,
        Title = c.Title,
        Department = c.Department,
        Seniority = c.Seniority,
        Priority = c.Priority,
        Lifecycle = c.Lifecycle,
        Source = c.Source,
        Stage = c.Stage,
        DealValueMinor = c.DealValueMinor,
        Currency = c.Currency,
        DecisionMaker = c.DecisionMaker,
        BudgetAuthority = c.BudgetAuthority,
        BudgetMinor = c.BudgetMinor,
        DecisionProcess = c.DecisionProcess,
        CurrentSolutions = c.CurrentSolutions,
        Competitors = c.Competitors,
        FolderId = c.OwnerId == viewer.Id ? c.FolderId : null,
        Visibility = c.Visibility,
        NextFollowUpAt = c.NextFollowUpAt,
        Personal = open ? c.Personal : new(),
        SocialProfiles = open ? c.SocialProfiles : [],
        Notes = c.Notes,
        TagIds = [.. c.Tags.Select(t => t.TagId)],
        Custom = open ? c.Custom : CustomValues.Masked(c.Custom, types!),
    };

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
