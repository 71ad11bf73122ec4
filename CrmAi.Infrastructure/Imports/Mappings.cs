using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.Imports;

/// <summary>Whether a person's mapping holds.</summary>
internal static class Mappings
{
    private static readonly ImportTarget[] Names = [ImportTarget.Name, ImportTarget.FamilyName, ImportTarget.GivenName, ImportTarget.EnglishName];
    private static readonly ImportTarget[] Persons = [.. Names, ImportTarget.Mobile, ImportTarget.Phone, ImportTarget.Email, ImportTarget.WeChat];

    /// <summary>The mapping as it is kept, finished or not. Errors: import.mapping, custom.unknown.</summary>
    public static Result<ImportMapping> Of(ImportKind kind, FileShape shape, ImportMapping before, ImportPlan plan, IReadOnlyList<CustomFieldRow> custom)
    {
        var planned = new Dictionary<int, PlannedColumn>();
        foreach (var column in plan.Columns)
            if (column.Index < 0 || column.Index >= shape.Columns.Count || !planned.TryAdd(column.Index, column)) return new Error("import.mapping", nameof(plan.Columns), column.Index);
        foreach (var column in plan.Columns.Where(c => c.Target != ImportTarget.Ignore))
        {
            if (column.Target == ImportTarget.Custom ? column.CustomFieldId is not { } id || !custom.Any(f => f.Id == id) : !ImportFields.Of(kind).Contains(column.Target))
                return new Error(column.Target == ImportTarget.Custom ? "custom.unknown" : "import.mapping", nameof(plan.Columns), column.Index);
        }
        var columns = shape.Columns.Select(c =>
        {
            var was = before.Columns.FirstOrDefault(b => b.Index == c.Index);
            if (!planned.TryGetValue(c.Index, out var wish)) return new MappedColumn(c.Index, ImportField.Ignore, 0);
            var field = new ImportField(wish.Target, wish.Target == ImportTarget.Custom ? wish.CustomFieldId : null);
            // What the guess knew beside the field holds as long as the field does.
            return was?.Field == field ? was with { Dates = wish.Dates ?? was.Dates, Confidence = 1 } : new(c.Index, field, field == ImportField.Ignore ? 0 : 1) { Dates = wish.Dates };
        }).ToList();
        return before with { Kind = kind, Columns = columns };
    }

    /// <summary>Whether rows can be read by it. Errors: import.twice, import.name.</summary>
    public static Error? Refusal(ImportKind kind, ImportMapping mapping)
    {
        var targets = mapping.Columns.Select(c => c.Field).Where(f => f != ImportField.Ignore).ToList();
        if (targets.GroupBy(f => f).FirstOrDefault(g => g.Count() > 1 && !ImportFields.TakesSeveral(g.Key.Target)) is { } twice) return new("import.twice", nameof(ImportPlan.Columns), twice.Key.Target.ToString());
        var needed = kind switch { ImportKind.Contacts => Names, ImportKind.Accounts => [ImportTarget.Name], _ => Persons };
        return targets.Exists(f => needed.Contains(f.Target)) ? null : new("import.name", nameof(ImportPlan.Columns));
    }
}
