using System.Security.Cryptography;
using System.Text;
using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.CustomFields;

namespace CrmAi.Domain.Imports;

/// <summary>Where columns go, told from their names first and their cells where names say nothing.</summary>
internal static class MappingGuess
{
    public static ImportMapping Of(ImportKind kind, IReadOnlyList<FileColumn> columns, IReadOnlyList<FileRow> sample, IReadOnlyList<CustomFieldRow> custom)
    {
        var preset = Presets.Of(columns);
        var fields = custom.Where(f => !f.IsArchived && f.Fields.Target == ImportFields.CustomOf(kind)).ToList();
        var mapped = columns.Select(c => ByName(kind, c, preset, fields)).ToArray();
        for (var i = 0; i < mapped.Length; i++)
            if (mapped[i].Confidence == 0) mapped[i] = ByCells(kind, columns[i], sample, mapped) ?? mapped[i];
        Single(mapped);
        Mobiles(kind, mapped, columns, sample);
        Parts(kind, mapped);
        Names(kind, mapped, sample);
        return new(kind, [.. mapped.Select(m => Finished(m, columns, sample, fields))], preset);
    }

    public static string Fingerprint(ImportKind kind, IReadOnlyList<FileColumn> columns) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{string.Join('\n', columns.Select(c => ColumnWords.Key(c.Name)))}")));

    public static ImportKind Kind(IReadOnlyList<FileColumn> columns)
    {
        var names = columns.Select(c => c.Name).Where(n => n.Length > 0).ToList();
        HashSet<ImportTarget> Of(ImportKind kind) => [.. names.Select(n => ColumnWords.TargetOf(kind, n)).OfType<ImportTarget>()];
        var (people, companies, talks) = (Of(ImportKind.Contacts), Of(ImportKind.Accounts), Of(ImportKind.Interactions));
        if (talks.Contains(ImportTarget.Content) && talks.Contains(ImportTarget.At) && (talks.Contains(ImportTarget.Type) || talks.Contains(ImportTarget.Outcome))) return ImportKind.Interactions;
        var isPerson = people.Overlaps([ImportTarget.FamilyName, ImportTarget.GivenName, ImportTarget.Mobile, ImportTarget.Title, ImportTarget.WeChat, ImportTarget.Department])
            || names.Exists(n => ColumnWords.Key(n) is "姓名" or "联系人" or "fullname" or "contactname" or "fn") || names.Exists(n => NumberedColumn.Of(n) is not null);
        return !isPerson && companies.Contains(ImportTarget.Name) && companies.Overlaps([ImportTarget.Industry, ImportTarget.Revenue, ImportTarget.Employees, ImportTarget.Size, ImportTarget.Website, ImportTarget.Address]) ? ImportKind.Accounts : ImportKind.Contacts;
    }

    private static MappedColumn ByName(ImportKind kind, FileColumn column, string? preset, List<CustomFieldRow> fields)
    {
        var (name, key) = (column.Name, ColumnWords.Key(column.Name));
        MappedColumn To(ImportTarget target, double confidence) => new(column.Index, new(target), confidence);
        if (key.Length == 0) return To(ImportTarget.Ignore, 0);
        if (fields.Find(f => ColumnWords.Key(f.Fields.Name) == key) is { } own) return new(column.Index, new(ImportTarget.Custom, own.Id), 1);
        if (NumberedColumn.Of(name) is { } numbered) return To(numbered.Target(kind), 1);
        if (preset is not null)
        {
            if (preset == ImportPresets.VCard && name == VCardColumns.Other) return To(ImportTarget.Phone, 1) with { LabelIndex = column.Index };
            if (Presets.TargetOf(preset, kind, name) is { } special) return To(special, 1);
            if (ColumnWords.TargetOf(kind, name) is { } known) return To(known, 1);
        }
        if (ColumnWords.TargetOf(kind, name) is { } target) return To(target, 0.95);
        return ColumnWords.NearTargetOf(kind, name) is { } near ? To(near, 0.6) : To(ImportTarget.Ignore, 0);
    }

    private static MappedColumn? ByCells(ImportKind kind, FileColumn column, IReadOnlyList<FileRow> sample, MappedColumn[] mapped)
    {
        if (CellForms.Of(kind, Cells(column.Index, sample)) is not { } looks) return null;
        // A name that is given already is not found a second time by its looks.
        var taken = looks.Target is ImportTarget.Name or ImportTarget.Company or ImportTarget.Title or ImportTarget.Gender or ImportTarget.At or ImportTarget.Type
            && mapped.Any(m => m.Field.Target == looks.Target || (looks.Target == ImportTarget.Name && m.Field.Target is ImportTarget.FamilyName or ImportTarget.GivenName));
        return taken ? null : new(column.Index, new(looks.Target), looks.Confidence);
    }

    // Where a target takes one column only, the surest has it, and of those the first.
    private static void Single(MappedColumn[] mapped)
    {
        foreach (var group in mapped.Where(m => m.Field.Target is not (ImportTarget.Ignore or ImportTarget.Custom) && !ImportFields.TakesSeveral(m.Field.Target)).GroupBy(m => m.Field.Target).Where(g => g.Count() > 1).ToList())
            foreach (var other in group.OrderByDescending(m => m.Confidence).ThenBy(m => m.Index).Skip(1)) mapped[other.Index] = other with { Field = ImportField.Ignore, Confidence = 0 };
    }

    // "联系电话" over mobile numbers alone is a mobile number, where no other column is.
    private static void Mobiles(ImportKind kind, MappedColumn[] mapped, IReadOnlyList<FileColumn> columns, IReadOnlyList<FileRow> sample)
    {
        if (kind == ImportKind.Accounts || mapped.Any(m => m.Field.Target == ImportTarget.Mobile)) return;
        foreach (var column in mapped.Where(m => m.Field.Target == ImportTarget.Phone && m.LabelIndex is null && NumberedColumn.Of(columns[m.Index].Name) is null).ToList())
        {
            var cells = Cells(column.Index, sample);
            if (cells.Count == 0 || cells.Count(CellForms.IsMobile) * 10 < cells.Count * 8) continue;
            mapped[column.Index] = column with { Field = new(ImportTarget.Mobile) };
            return;
        }
    }

    // One column called 名 or 姓 with no other part beside it is the name itself.
    private static void Parts(ImportKind kind, MappedColumn[] mapped)
    {
        if (kind == ImportKind.Accounts || mapped.Any(m => m.Field.Target == ImportTarget.Name)) return;
        var parts = mapped.Where(m => m.Field.Target is ImportTarget.FamilyName or ImportTarget.GivenName).ToList();
        if (parts.Count == 1) mapped[parts[0].Index] = parts[0] with { Field = new(ImportTarget.Name) };
    }

    // "客户名称" is a company to some and a person to others: where nothing else says who it is, and its cells look like people, it says so.
    private static void Names(ImportKind kind, MappedColumn[] mapped, IReadOnlyList<FileRow> sample)
    {
        if (kind == ImportKind.Accounts || mapped.Any(m => m.Field.Target is ImportTarget.Name or ImportTarget.FamilyName or ImportTarget.GivenName)) return;
        if (mapped.FirstOrDefault(m => m.Field.Target == ImportTarget.Company && CellForms.Of(kind, Cells(m.Index, sample)) is { Target: ImportTarget.Name }) is { } person)
            mapped[person.Index] = person with { Field = new(ImportTarget.Name), Confidence = 0.7 };
    }

    private static MappedColumn Finished(MappedColumn column, IReadOnlyList<FileColumn> columns, IReadOnlyList<FileRow> sample, List<CustomFieldRow> fields)
    {
        var name = columns[column.Index].Name;
        if (NumberedColumn.Of(name) is { IsLabel: false } numbered && columns.FirstOrDefault(c => NumberedColumn.Of(c.Name) is { IsLabel: true } l && l.Family == numbered.Family && l.Number == numbered.Number) is { } label)
            column = column with { LabelIndex = label.Index };
        var target = column.Field.Target;
        var type = ImportFields.TypeOf(target);
        if (target is ImportTarget.Social or ImportTarget.Notes or ImportTarget.PersonalNotes or ImportTarget.Description or ImportTarget.Address or ImportTarget.Birthday) column = column with { Label = LabelOf(target, name) };
        if (type is ImportValueType.Money or ImportValueType.Seconds || (target == ImportTarget.Custom && fields.Find(f => f.Id == column.Field.CustomFieldId)?.Fields.Type is CustomFieldType.Money or CustomFieldType.Number))
            column = column with { Factor = FactorOf(type, name) };
        var isDay = type is ImportValueType.Day or ImportValueType.Moment || (target == ImportTarget.Custom && fields.Find(f => f.Id == column.Field.CustomFieldId)?.Fields.Type == CustomFieldType.Date);
        if (!isDay) return column;
        var orders = new DateOrders();
        foreach (var cell in Cells(column.Index, sample)) orders.See(cell);
        return column with { Dates = orders.Decided };
    }

    // Notes say whence they came, unless the column is called notes; a social profile names its platform.
    private static string? LabelOf(ImportTarget target, string name) => ColumnWords.Key(name) switch
    {
        "" or "备注" or "说明" or "描述" or "附注" or "notes" or "note" or "description" or "comments" or "remark" or "remarks" or "memo" or "简介" or "个人备注" or "personalnotes" => null,
        "address" or "地址" when target == ImportTarget.Address => null,
        "linkedin" or "领英" or "linkedinurl" or "linkedinprofile" or "hslinkedinurl" => target == ImportTarget.Social ? "LinkedIn" : name,
        "twitter" or "twitterusername" or "twitterhandle" => target == ImportTarget.Social ? "Twitter" : name,
        "weibo" or "微博" when target == ImportTarget.Social => "微博",
        "facebook" when target == ImportTarget.Social => "Facebook",
        "skype" or "skypename" when target == ImportTarget.Social => "Skype",
        _ when target == ImportTarget.Social => null,
        _ => name,
    };

    private static decimal FactorOf(ImportValueType type, string name)
    {
        if (type == ImportValueType.Seconds) return name.Contains('分', StringComparison.Ordinal) || name.Contains("min", StringComparison.OrdinalIgnoreCase) ? 60 : 1;
        return name.Contains('万', StringComparison.Ordinal) ? 10_000 : name.Contains('亿', StringComparison.Ordinal) ? 100_000_000 : 1;
    }

    private static List<string> Cells(int index, IReadOnlyList<FileRow> sample) =>
        [.. sample.Where(r => r.Problem is null && index < r.Cells.Count && r.Cells[index].Length > 0).Select(r => r.Cells[index])];
}
