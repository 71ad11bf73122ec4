using CrmAi.Domain.CustomFields;

namespace CrmAi.Domain.Imports;

/// <summary>What the rows of a file become.</summary>
public enum ImportKind { Contacts, Accounts, Interactions }

/// <summary>What a column can be mapped to. Which ones a kind has: <see cref="ImportFields.Of"/>.</summary>
public enum ImportTarget
{
    /// <summary>Left out.</summary>
    Ignore,

    /// <summary>A field of the administrator's own.</summary>
    Custom,

    // A person: name whole or in parts, then what ContactEdit has.
    Name, FamilyName, GivenName, MiddleName, NamePrefix, NameSuffix, EnglishName,
    Mobile, Phone, Email, WeChat, Qq, Company, Title, Department, Seniority, Priority, Lifecycle, Source, Stage, DealValue, Currency, DecisionMaker, BudgetAuthority, Budget,
    DecisionProcess, CurrentSolutions, Competitors, Visibility, NextFollowUp, Gender, Birthday, BirthYear, City, Education, Interests, PersonalNotes, Social, Notes, Tags, Owner,

    // A company, beside Name, Phone, City, Lifecycle, Currency, Visibility and Owner.
    ShortName, Class, CreditRating, Size, Industry, Website, Address, Description, Revenue, Employees,

    // A conversation, beside Owner who had it. Of whom it is: Name, Company, Mobile, Phone, Email, WeChat.
    Type, Direction, Subject, Content, At, Duration, Location, Outcome, FollowUp, NextSteps, Topics, Important,
}

/// <param name="CustomFieldId">Of <see cref="ImportTarget.Custom"/> alone.</param>
public sealed record ImportField(ImportTarget Target, Guid? CustomFieldId = null)
{
    public static readonly ImportField Ignore = new(ImportTarget.Ignore);
}

/// <summary>What a value of a target is once it is read; the type in brackets is that of <see cref="ImportedValue.Value"/>.</summary>
public enum ImportValueType
{
    /// <summary>[string] on one line.</summary>
    Text,

    /// <summary>[string] with its line ends.</summary>
    LongText,

    /// <summary>[string].</summary>
    Phone, Email, WeChat, Url,

    /// <summary>[DateOnly].</summary>
    Day,

    /// <summary>[DateTime], UTC.</summary>
    Moment,

    /// <summary>[int].</summary>
    Year, Count,

    /// <summary>[int], seconds.</summary>
    Seconds,

    /// <summary>[long], minor units.</summary>
    Money,

    /// <summary>[bool].</summary>
    YesNo,

    /// <summary>[the enum] of the target.</summary>
    Choice,

    /// <summary>[IReadOnlyList&lt;string&gt;].</summary>
    List,

    /// <summary>[SocialProfile].</summary>
    Social,

    /// <summary>[PostalAddress].</summary>
    Address,

    /// <summary>[string] as <see cref="CustomFieldRules"/> stores it.</summary>
    Custom,
}

/// <summary>The targets of each kind.</summary>
public static class ImportFields
{
    /// <summary>In the order in which a list offers them; <see cref="ImportTarget.Ignore"/> and Custom not among them.</summary>
    public static IReadOnlyList<ImportTarget> Of(ImportKind kind) => kind switch
    {
        ImportKind.Contacts => Contacts,
        ImportKind.Accounts => Accounts,
        _ => Interactions,
    };

    /// <summary>Which custom fields rows of a kind can fill; null for none.</summary>
    public static CustomFieldTarget? CustomOf(ImportKind kind) => kind switch
    {
        ImportKind.Contacts => CustomFieldTarget.Contact,
        ImportKind.Accounts => CustomFieldTarget.Account,
        _ => null,
    };

    /// <summary>Several columns may be mapped to it; the first with something in it is taken, of lists and long texts all.</summary>
    public static bool TakesSeveral(ImportTarget target) => target is not (ImportTarget.FamilyName or ImportTarget.GivenName or ImportTarget.Name);

    public static ImportValueType TypeOf(ImportTarget target) => target switch
    {
        ImportTarget.Custom => ImportValueType.Custom,
        ImportTarget.Mobile or ImportTarget.Phone => ImportValueType.Phone,
        ImportTarget.Email => ImportValueType.Email,
        ImportTarget.WeChat => ImportValueType.WeChat,
        ImportTarget.Website => ImportValueType.Url,
        ImportTarget.Birthday => ImportValueType.Day,
        ImportTarget.NextFollowUp or ImportTarget.At or ImportTarget.FollowUp => ImportValueType.Moment,
        ImportTarget.BirthYear => ImportValueType.Year,
        ImportTarget.Employees => ImportValueType.Count,
        ImportTarget.Duration => ImportValueType.Seconds,
        ImportTarget.DealValue or ImportTarget.Budget or ImportTarget.Revenue => ImportValueType.Money,
        ImportTarget.DecisionMaker or ImportTarget.Important => ImportValueType.YesNo,
        ImportTarget.Seniority or ImportTarget.Priority or ImportTarget.Lifecycle or ImportTarget.Source or ImportTarget.Stage or ImportTarget.BudgetAuthority or ImportTarget.Visibility or ImportTarget.Gender
            or ImportTarget.Class or ImportTarget.Size or ImportTarget.Type or ImportTarget.Direction or ImportTarget.Outcome => ImportValueType.Choice,
        ImportTarget.CurrentSolutions or ImportTarget.Competitors or ImportTarget.Interests or ImportTarget.Tags or ImportTarget.NextSteps or ImportTarget.Topics => ImportValueType.List,
        ImportTarget.Social or ImportTarget.Qq => ImportValueType.Social,
        ImportTarget.Address => ImportValueType.Address,
        ImportTarget.Notes or ImportTarget.PersonalNotes or ImportTarget.Description or ImportTarget.Content or ImportTarget.DecisionProcess => ImportValueType.LongText,
        _ => ImportValueType.Text,
    };

    private static readonly ImportTarget[] Contacts = [.. Range(ImportTarget.Name, ImportTarget.Owner)];

    private static readonly ImportTarget[] Accounts =
        [ImportTarget.Name, .. Range(ImportTarget.ShortName, ImportTarget.Website), ImportTarget.Phone, ImportTarget.City, .. Range(ImportTarget.Address, ImportTarget.Employees),
         ImportTarget.Lifecycle, ImportTarget.Currency, ImportTarget.Visibility, ImportTarget.Owner];

    private static readonly ImportTarget[] Interactions =
        [ImportTarget.Name, ImportTarget.Company, ImportTarget.Mobile, ImportTarget.Phone, ImportTarget.Email, ImportTarget.WeChat, .. Range(ImportTarget.Type, ImportTarget.Important), ImportTarget.Owner];

    private static IEnumerable<ImportTarget> Range(ImportTarget first, ImportTarget last) => Enum.GetValues<ImportTarget>().Where(t => t >= first && t <= last);
}
