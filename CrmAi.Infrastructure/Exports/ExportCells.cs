using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Exports;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.Exports;

/// <summary>A record's fields as an import reads them again: choices by their names, sums in units, times of the person's own zone.</summary>
internal sealed class ExportCells(ExportRequest request, IReadOnlyDictionary<Guid, CustomFieldType> custom, Viewer viewer)
{
    private const string Between = " ::: ";

    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(viewer.TimeZone);
    private readonly bool chinese = viewer.Language.StartsWith("zh", StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<string> Of(ExportedRecord record) => [.. request.Columns.Select(c => c.Field.Target == ImportTarget.Custom ? Custom(record, c.Field.CustomFieldId!.Value) : Text(record, c.Field.Target) ?? "")];

    private string? Text(ExportedRecord record, ImportTarget target) => request.Kind switch
    {
        ExportKind.Contacts => OfContact(record.Contact!, target),
        ExportKind.Accounts => OfAccount(record.Account!, target),
        _ => OfInteraction(record, target),
    };

    private string? OfContact(ContactDetail detail, ImportTarget target)
    {
        var c = detail.Fields;
        return target switch
        {
            ImportTarget.Name => c.Name,
            ImportTarget.EnglishName => c.EnglishName,
            ImportTarget.Mobile => c.Mobile,
            ImportTarget.Phone => c.Phone,
            ImportTarget.Email => c.Email,
            ImportTarget.WeChat => c.WeChat,
            ImportTarget.Company => detail.Company,
            ImportTarget.Title => c.Title,
            ImportTarget.Department => c.Department,
            ImportTarget.Seniority => Word(target, c.Seniority),
            ImportTarget.Priority => Word(target, c.Priority),
            ImportTarget.Lifecycle => Word(target, c.Lifecycle),
            ImportTarget.Source => Word(target, c.Source),
            ImportTarget.Stage => Word(target, c.Stage),
            ImportTarget.DealValue => Sum(c.DealValueMinor),
            ImportTarget.Currency => c.Currency,
            ImportTarget.DecisionMaker => YesNo(c.DecisionMaker),
            ImportTarget.BudgetAuthority => Word(target, c.BudgetAuthority),
            ImportTarget.Budget => Sum(c.BudgetMinor),
            ImportTarget.DecisionProcess => c.DecisionProcess,
            ImportTarget.CurrentSolutions => List(c.CurrentSolutions),
            ImportTarget.Competitors => List(c.Competitors),
            ImportTarget.Visibility => Word(target, c.Visibility),
            ImportTarget.NextFollowUp => Moment(c.NextFollowUpAt),
            ImportTarget.Gender => Word(target, c.Personal.Gender),
            ImportTarget.BirthYear => Number(c.Personal.BirthYear),
            ImportTarget.City => c.Personal.City,
            ImportTarget.Education => c.Personal.Education,
            ImportTarget.Interests => List(c.Personal.Interests),
            ImportTarget.PersonalNotes => c.Personal.Notes,
            ImportTarget.Social => string.Join(Between, c.SocialProfiles.Select(p => $"{p.Platform}: {p.Url ?? p.Handle}")),
            ImportTarget.Notes => c.Notes,
            ImportTarget.Tags => List([.. detail.Tags.Select(t => t.Name)]),
            ImportTarget.Owner => detail.Owner,
            _ => null,
        };
    }

    private string? OfAccount(Domain.Accounts.AccountDetail detail, ImportTarget target)
    {
        var a = detail.Fields;
        return target switch
        {
            ImportTarget.Name => a.Name,
            ImportTarget.ShortName => a.ShortName,
            ImportTarget.Class => a.Class?.ToString(),
            ImportTarget.CreditRating => a.CreditRating,
            ImportTarget.Size => Word(target, a.Size),
            ImportTarget.Industry => a.Industry,
            ImportTarget.Lifecycle => Word(target, a.Lifecycle),
            ImportTarget.Website => a.Website,
            ImportTarget.Phone => a.Phone,
            ImportTarget.City => a.City,
            ImportTarget.Address => string.Join(Between, a.Addresses.Select(x => x.Kind.Length > 0 ? $"{x.Kind}: {x.Text}" : x.Text)),
            ImportTarget.Description => a.Description,
            ImportTarget.Revenue => Sum(a.RevenueMinor),
            ImportTarget.Currency => a.Currency,
            ImportTarget.Employees => Number(a.Employees),
            ImportTarget.Visibility => Word(target, a.Visibility),
            ImportTarget.Owner => detail.Owner,
            _ => null,
        };
    }

    private string? OfInteraction(ExportedRecord record, ImportTarget target)
    {
        var i = record.Interaction!.Fields;
        return target switch
        {
            ImportTarget.Name => record.Contact!.Fields.Name,
            ImportTarget.Company => record.Contact!.Company,
            ImportTarget.Type => Word(target, i.Type),
            ImportTarget.Direction => Word(target, i.Direction),
            ImportTarget.Subject => i.Subject,
            ImportTarget.Content => i.Content,
            ImportTarget.At => Moment(i.At),
            ImportTarget.Duration => Number(i.DurationSeconds),
            ImportTarget.Location => i.Location,
            ImportTarget.Outcome => Word(target, i.Outcome),
            ImportTarget.FollowUp => Moment(i.FollowUpAt),
            ImportTarget.NextSteps => List(i.NextSteps),
            ImportTarget.Topics => List(i.Topics),
            ImportTarget.Important => YesNo(i.IsImportant),
            ImportTarget.Owner => record.Interaction.Author,
            _ => null,
        };
    }

    private string Custom(ExportedRecord record, Guid id)
    {
        var values = request.Kind == ExportKind.Accounts ? record.Account!.Fields.Custom : record.Contact!.Fields.Custom;
        if (!values.TryGetValue(id, out var value)) return "";
        return custom.GetValueOrDefault(id) switch
        {
            CustomFieldType.YesNo => YesNo(value == "true") ?? "",
            CustomFieldType.Choices => List(CustomFieldRules.Choices(value) ?? []) ?? "",
            _ => value,
        };
    }

    private string? Word(ImportTarget target, Enum? value) => value is { } known ? ImportChoices.Word(target, known, chinese) : null;

    private string? YesNo(bool? value) => value is { } yes ? chinese ? (yes ? "是" : "否") : (yes ? "Yes" : "No") : null;

    // An item that has a separator in it is told from its neighbours by three colons.
    private static string? List(IReadOnlyList<string> items)
    {
        if (items.Count == 0) return null;
        return items.Any(i => ImportValues.List(i).Count > 1) ? items.Count == 1 ? $"{items[0]}{Between}" : string.Join(Between, items) : string.Join(", ", items);
    }

    private static string? Sum(long? minor) => minor is { } value ? (value / 100m).ToString("0.##", CultureInfo.InvariantCulture) : null;

    private static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private string? Moment(DateTime? utc)
    {
        if (utc is not { } at) return null;
        var local = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(at, DateTimeKind.Utc), zone);
        return local.ToString(local.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
