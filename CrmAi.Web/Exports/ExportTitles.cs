using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Exports;
using CrmAi.Domain.Imports;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Exports;

/// <summary>What a file's columns are called, in the person's language.</summary>
public sealed class ExportTitles(ICustomFields customFields, IStringLocalizer<Text> words)
{
    public string Of(ExportKind kind, ImportTarget target) =>
        (kind, target) switch { (ExportKind.Accounts, ImportTarget.Name) => words["export.column.Company"], (ExportKind.Interactions, ImportTarget.Owner) => words["export.column.Author"], _ => words[$"export.column.{target}"] };

    /// <summary>All columns of a kind, the administrator's own fields last.</summary>
    public async Task<IReadOnlyList<ExportColumn>> AllAsync(ExportKind kind, CancellationToken ct)
    {
        var columns = ExportColumns.Of(kind).Select(t => new ExportColumn(new(t), Of(kind, t))).ToList();
        if (kind == ExportKind.Interactions) return columns;
        var taken = columns.Select(c => c.Title).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var fields = await customFields.ListAsync(kind == ExportKind.Accounts ? CustomFieldTarget.Account : CustomFieldTarget.Contact, archivedToo: false, ct);
        return [.. columns, .. fields.Select(f => new ExportColumn(new(ImportTarget.Custom, f.Id), taken.Add(f.Fields.Name) ? f.Fields.Name : $"{f.Fields.Name} *"))];
    }
}
