using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Imports;

/// <summary>Reads one row by a mapping.</summary>
internal sealed class RowReading
{
    // Of any sum or number, before and after it is counted out.
    private const decimal Most = 10_000_000_000_000_000m;

    private readonly ImportMapping mapping;
    private readonly ImportContext context;
    private readonly IReadOnlyList<string> cells;
    private readonly List<ImportedValue> values = [];
    private readonly List<Error> problems = [];
    private readonly ContactChannels channels;
    private readonly NotesOfRow notes = new();

    private RowReading(ImportMapping mapping, FileRow row, ImportContext context) => (this.mapping, this.context, cells, channels) = (mapping, context, row.Cells, new(this.Refuse));

    public static ImportedRow Of(ImportMapping mapping, FileRow row, ImportContext context)
    {
        if (row.Problem is { } problem) return new(row.Number, [], [new(problem, null)]);
        var reading = new RowReading(mapping, row, context);
        foreach (var column in mapping.Columns) reading.Take(column);
        reading.Names();
        reading.channels.Into(reading.values, reading.notes);
        reading.Birthday();
        reading.notes.Into(reading.values, mapping.Kind);
        return new(row.Number, reading.values, reading.problems) { Photo = row.Photo };
    }

    private string Cell(int index) => index >= 0 && index < cells.Count ? CellText.Read(cells[index]).Trim() : "";

    private void Take(MappedColumn column)
    {
        var (target, text) = (column.Field.Target, Cell(column.Index));
        if (target == ImportTarget.Ignore || text.Length == 0) return;
        var type = ImportFields.TypeOf(target);
        var isWord = type is ImportValueType.Text or ImportValueType.LongText or ImportValueType.List or ImportValueType.YesNo or ImportValueType.Choice or ImportValueType.Custom;
        if (CellText.SaysNothing(text) && (!isWord || text.Length < 3 && !text.Any(ImportValues.IsHan))) return;
        var label = column.LabelIndex is { } at && at != column.Index ? Cell(at) : "";
        switch (type)
        {
            case ImportValueType.Phone or ImportValueType.Email or ImportValueType.WeChat:
                channels.Take(column, text, label);
                break;
            case ImportValueType.LongText:
                notes.Add(target, label.Length > 0 ? label.TrimStart('*', ' ') : column.Label, text, column.Index);
                break;
            case ImportValueType.List:
                Merge(column, Items(target, text));
                break;
            case ImportValueType.Social:
                AddSocial(column, text, label);
                break;
            case ImportValueType.Address:
                AddressParts.Add(values, column, text);
                break;
            case ImportValueType.Custom:
                AddCustom(column, text);
                break;
            default:
                if (values.Exists(v => v.Field == column.Field)) return;
                if (Single(column, type, text) is { } value) values.Add(new(column.Field, value, column.Index));
                break;
        }
    }

    private object? Single(MappedColumn column, ImportValueType type, string text)
    {
        var target = column.Field.Target;
        switch (type)
        {
            case ImportValueType.Day:
                if (text.StartsWith("--", StringComparison.Ordinal)) { notes.Add(ImportTarget.PersonalNotes, column.Label, text, column.Index); return null; }
                return Moment(column, text) is { } day ? day.Day : null;
            case ImportValueType.Moment:
                return Moment(column, text)?.ToUtc(context.Zone);
            case ImportValueType.Year:
                var digits = text.TrimEnd('年', ' ');
                if (digits.Length == 4 && int.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var year)) return year;
                return ImportDates.Read(text, column.Dates, out _) is { } date ? date.At.Year : Refuse(column.Field, "value.year", text);
            case ImportValueType.Count:
                return ImportValues.Count(text) is { } count ? count : Refuse(column.Field, "value.number", text);
            case ImportValueType.Seconds:
                return ImportValues.Seconds(text, column.Factor) is { } seconds ? seconds : Refuse(column.Field, "value.number", text);
            case ImportValueType.Money:
                if (ImportValues.Money(text) is not { } money || money.Amount > Most || money.Amount * column.Factor > Most) return Refuse(column.Field, "value.number", text);
                var currency = new ImportField(ImportTarget.Currency);
                if (money.Currency is { } named && !mapping.Columns.Any(c => c.Field == currency) && !values.Exists(v => v.Field == currency)) values.Add(new(currency, named, column.Index));
                return (long)decimal.Round(money.Amount * column.Factor * 100);
            case ImportValueType.YesNo:
                return ImportValues.YesNo(text) is { } yes ? yes : Refuse(column.Field, "value.yesno", text);
            case ImportValueType.Choice:
                return ImportChoices.Read(target, text) ?? Refuse(column.Field, "value.choice", text);
            case ImportValueType.Url:
                return ImportValues.Url(text) ?? Refuse(column.Field, "value.url", text);
            default:
                var line = OneLine.Of(text);
                return target == ImportTarget.Currency ? ImportValues.Currency(line) ?? Refuse(column.Field, "currency.unknown", text) : line;
        }
    }

    private WrittenMoment? Moment(MappedColumn column, string text)
    {
        if (ImportDates.Read(text, column.Dates, out var isOpen) is { } moment) return moment;
        Refuse(column.Field, isOpen ? "value.date.order" : "value.date", text);
        return null;
    }

    private void AddCustom(MappedColumn column, string text)
    {
        if (context.Custom.FirstOrDefault(f => f.Id == column.Field.CustomFieldId) is not { } field || values.Exists(v => v.Field == column.Field)) return;
        var written = field.Fields.Type switch
        {
            CustomFieldType.Date => Moment(column, text) is { } day ? day.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : null,
            CustomFieldType.Money => ImportValues.Money(text) is { } money ? Written(money.Amount) : text,
            CustomFieldType.Number => ImportValues.Number(text) is { } number ? Written(number) : text,
            CustomFieldType.YesNo => ImportValues.YesNo(text) is { } yes ? yes ? "true" : "false" : text,
            CustomFieldType.Choice => Choice(field, text),
            CustomFieldType.Choices => System.Text.Json.JsonSerializer.Serialize(ImportValues.List(text).Select(i => Choice(field, i))),
            CustomFieldType.Url => ImportValues.Url(text) ?? text,
            _ => text,
        };
        if (written is null) return;
        var read = CustomFieldRules.Read(field, written);
        if (!read.Succeeded) problems.AddRange(read.Errors.Select(e => e with { Args = [Shown(text), .. e.Args] }));
        else if (read.Value is { } value) values.Add(new(column.Field, value, column.Index));

        // What is too large stays too large, and is refused as such.
        string Written(decimal number) => (Math.Abs(number) > Most ? number : number * column.Factor).ToString("0.############", System.Globalization.CultureInfo.InvariantCulture);
    }

    // Two columns of a list are one list.
    private void Merge(MappedColumn column, IReadOnlyList<string> items)
    {
        var at = values.FindIndex(v => v.Field == column.Field);
        if (at < 0) { if (items.Count > 0) values.Add(new(column.Field, items, column.Index)); }
        else values[at] = values[at] with { Value = (IReadOnlyList<string>)[.. ((IReadOnlyList<string>)values[at].Value).Concat(items).Distinct(StringComparer.OrdinalIgnoreCase)] };
    }

    private void AddSocial(MappedColumn column, string text, string label)
    {
        foreach (var one in text.Split(":::", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // "LinkedIn: https://…", as we write it ourselves.
            var cut = one.IndexOf(": ", StringComparison.Ordinal);
            if (cut is > 0 and <= 30)
            {
                var rest = one[(cut + 2)..].Trim();
                values.Add(new(column.Field, new SocialProfile(OneLine.Of(one[..cut]), OneLine.Of(rest), ContactRules.IsWebAddress(rest) ? rest : null), column.Index));
                continue;
            }
            var url = ContactRules.IsWebAddress(one) ? one : null;
            var platform = column.Field.Target == ImportTarget.Qq ? "QQ" : column.Label ?? (label.Length > 0 ? label.TrimStart('*', ' ') : url is null ? "IM" : new Uri(url).Host.Replace("www.", "", StringComparison.Ordinal));
            values.Add(new(column.Field, new SocialProfile(OneLine.Of(platform), OneLine.Of(url is null ? one : new Uri(url).AbsolutePath.Trim('/') is { Length: > 0 } path ? path : one), url), column.Index));
        }
    }

    private void Names()
    {
        string Part(ImportTarget target) => values.Find(v => v.Field.Target == target)?.Value as string ?? "";
        var (family, given, middle) = (Part(ImportTarget.FamilyName), Part(ImportTarget.GivenName), Part(ImportTarget.MiddleName));
        var first = values.Find(v => v.Field.Target is ImportTarget.FamilyName or ImportTarget.GivenName)?.Column ?? -1;
        foreach (var extra in values.Where(v => v.Field.Target is ImportTarget.NameSuffix or ImportTarget.NamePrefix && ImportChoices.Read(ImportTarget.Gender, (string)v.Value) is null && ColumnWords.Key((string)v.Value) is not ("mr" or "mrs" or "ms" or "miss")))
            notes.Add(ImportTarget.Notes, null, (string)extra.Value, extra.Column);
        values.RemoveAll(v => v.Field.Target is ImportTarget.FamilyName or ImportTarget.GivenName or ImportTarget.MiddleName or ImportTarget.NamePrefix or ImportTarget.NameSuffix);
        if (ImportValues.Name(family, given, middle) is { Length: > 0 } name && !values.Exists(v => v.Field.Target == ImportTarget.Name)) values.Add(new(new(ImportTarget.Name), name, first));
    }

    // A contact keeps the year alone; the day goes where personal details are kept.
    private void Birthday()
    {
        if (values.Find(v => v.Field.Target == ImportTarget.Birthday) is not { Value: DateOnly day } birthday) return;
        if (!values.Exists(v => v.Field.Target == ImportTarget.BirthYear)) values.Add(new(new(ImportTarget.BirthYear), day.Year, birthday.Column));
        notes.Add(ImportTarget.PersonalNotes, mapping.Columns.FirstOrDefault(c => c.Index == birthday.Column)?.Label, day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), birthday.Column);
    }

    private object? Refuse(ImportField field, string code, string text)
    {
        problems.Add(new(code, field.CustomFieldId is { } id ? CustomFieldRules.FieldName(id) : field.Target.ToString(), Shown(text)));
        return null;
    }

    private static IReadOnlyList<string> Items(ImportTarget target, string text) =>
        target != ImportTarget.Tags ? ImportValues.List(text) : [.. ImportValues.List(text).Select(t => t.TrimStart('*', ' ')).Where(t => t.Length > 0 && ColumnWords.Key(t) is not ("mycontacts" or "starred"))];

    private static string Choice(CustomFieldRow field, string text) => field.Fields.Choices.FirstOrDefault(c => ContactKeys.Fold(c) == ContactKeys.Fold(text)) ?? text;

    private static string Shown(string text) => OneLine.Of(text.Length > FileLimits.MaxShown ? text[..FileLimits.MaxShown] : text);
}
