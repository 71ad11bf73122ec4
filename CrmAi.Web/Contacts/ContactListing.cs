using System.ComponentModel;
using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;

namespace CrmAi.Web.Contacts;

/// <summary>The query of the API's contact list. Values are read here, so that a wrong one is refused by name.</summary>
internal sealed class ContactListing
{
    [Description("Words that must all be found: name, pinyin, initials, company, title, tag, or the last four digits of a telephone number.")]
    public string? Search { get; init; }

    [Description("`next` of the page before, of the same `sort`.")]
    public string? After { get; init; }

    [Description("From 1 to 200, and taken as the nearest of them; 50 where left out.")]
    public int? Limit { get; init; }

    [Description("oldest (by creation; the default), newest, lastContact, name, followUp, or manual (as dragged, folder by folder).")]
    public string? Sort { get; init; }

    [Description("all (the default), mine or team.")]
    public string? Scope { get; init; }

    [Description("High, Medium or Low.")]
    public string? Priority { get; init; }

    [Description("Prospecting, Qualification, Proposal, Negotiation, ClosedWon or ClosedLost.")]
    public string? Stage { get; init; }

    [Description("CLevel, VicePresident, Director, Manager, Senior or Staff.")]
    public string? Seniority { get; init; }

    [Description("Lead, Prospect, Customer or Partner.")]
    public string? Lifecycle { get; init; }

    [Description("Id of a folder, or none for contacts in no folder.")]
    public string? Folder { get; init; }

    [Description("Id of a tag; repeat it for contacts that have them all.")]
    public string[]? Tag { get; init; }

    [Description("Id of the owner.")]
    public string? Owner { get; init; }

    [Description("Id of the company.")]
    public string? Account { get; init; }

    [Description("The company's industry, exactly; empty for none.")]
    public string? Industry { get; init; }

    [Description("1980 for those born from 1980 to 1989, among contacts whose personal details you may read.")]
    public string? BirthDecade { get; init; }

    [Description("Last contact at or after this instant (RFC 3339).")]
    public string? ContactedFrom { get; init; }

    [Description("Last contact before this instant, or never.")]
    public string? ContactedBefore { get; init; }

    [Description("To be followed up before this instant.")]
    public string? FollowUpBefore { get; init; }

    [Description("true for the archived ones instead of the others.")]
    public string? Archived { get; init; }

    private static readonly Dictionary<string, (ContactOrder Order, bool Reversed)> Sorts = new()
    {
        ["oldest"] = (ContactOrder.Created, true),
        ["newest"] = (ContactOrder.Created, false),
        ["lastContact"] = (ContactOrder.LastContact, false),
        ["name"] = (ContactOrder.Name, false),
        ["followUp"] = (ContactOrder.FollowUp, false),
        ["manual"] = (ContactOrder.Manual, false),
    };

    /// <summary>Errors as <see cref="Unreadable"/> has them, for every value that is none.</summary>
    public Result<ContactQuery> Query()
    {
        var errors = new List<Error>();
        T? Name<T>(string field, string? text) where T : struct, Enum =>
            Value<T>(field, text, t => t.All(char.IsAsciiLetter) && Enum.TryParse<T>(t, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null, Enum.GetNames<T>());
        Guid? Id(string field, string? text) => Value<Guid>(field, text, t => Guid.TryParse(t, out var id) ? id : null);
        DateTime? At(string field, string? text) => Value<DateTime>(field, text, t =>
            DateTimeOffset.TryParse(t, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.UtcDateTime : null);
        T? Value<T>(string field, string? text, Func<string, T?> read, IReadOnlyList<string>? names = null) where T : struct
        {
            if (string.IsNullOrEmpty(text)) return null;
            var value = read(text);
            if (value is null) errors.Add(names is null ? Unreadable.Form(field) : Unreadable.Choice(field, names));
            return value;
        }
        var sort = Value<(ContactOrder Order, bool Reversed)>(nameof(Sort), Sort, t => Sorts.TryGetValue(t, out var known) ? known : null, [.. Sorts.Keys]) ?? Sorts["oldest"];
        var query = new ContactQuery(Name<ContactScope>(nameof(Scope), Scope) ?? ContactScope.All, Search, Name<Priority>(nameof(Priority), Priority), Name<DealStage>(nameof(Stage), Stage),
            Folder == "none" ? null : Id(nameof(Folder), Folder), At(nameof(FollowUpBefore), FollowUpBefore), sort.Order)
        {
            Reversed = sort.Reversed,
            Unfiled = Folder == "none",
            TagIds = [.. (Tag ?? []).Select(t => Id(nameof(Tag), t)).OfType<Guid>()],
            OwnerId = Id(nameof(Owner), Owner),
            AccountId = Id(nameof(Account), Account),
            ContactedFrom = At(nameof(ContactedFrom), ContactedFrom),
            ContactedBefore = At(nameof(ContactedBefore), ContactedBefore),
            Seniority = Name<Seniority>(nameof(Seniority), Seniority),
            Lifecycle = Name<Lifecycle>(nameof(Lifecycle), Lifecycle),
            Industry = Industry,
            BirthDecade = Value<int>(nameof(BirthDecade), BirthDecade, t => int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var decade) && decade % 10 == 0 && decade is >= 1900 and < 2100 ? decade : null),
            Archived = Value<bool>(nameof(Archived), Archived, t => bool.TryParse(t, out var value) ? value : null) ?? false,
        };
        return errors.Count > 0 ? Result.Refused<ContactQuery>(errors) : query;
    }
}
