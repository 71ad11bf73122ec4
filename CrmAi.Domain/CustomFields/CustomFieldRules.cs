using System.Globalization;
using System.Text.Json;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.CustomFields;

/// <summary>
/// What a value of a custom field must be, the same for page, API and import, and how it is written down: numbers and money (in units, two
/// decimals at most) with a point, days as yyyy-MM-dd, yes-or-no as true or false, several choices as a JSON list.
/// Errors carry "custom.ID" as their field: custom.required, text.long, custom.number, custom.range (args: least, greatest), custom.date, custom.yesno, custom.choice, url.invalid, email.invalid, phone.invalid.
/// </summary>
public static class CustomFieldRules
{
    public static string FieldName(Guid id) => $"custom.{id:N}";

    public static bool HasChoices(CustomFieldType type) => type is CustomFieldType.Choice or CustomFieldType.Choices;

    public static bool HasRange(CustomFieldType type) => type is CustomFieldType.Number or CustomFieldType.Money;

    /// <summary>Whether its values are channels: on a contact masked for whoever sees the contact's own numbers masked.</summary>
    public static bool IsChannel(CustomFieldType type) => type is CustomFieldType.Email or CustomFieldType.Phone;

    /// <summary>Whether the search box can find its values at all. Channels are found like a contact's own, which a company's numbers are not.</summary>
    public static bool CanBeSearched(CustomFieldTarget target, CustomFieldType type) =>
        type is not (CustomFieldType.Number or CustomFieldType.Money or CustomFieldType.Date or CustomFieldType.YesNo) && (target == CustomFieldTarget.Contact || !IsChannel(type));

    /// <summary>A value as shown to those who may not read channels.</summary>
    public static string Masked(CustomFieldType type, string value) => type switch
    {
        CustomFieldType.Email => Masks.Email(value)!,
        CustomFieldType.Phone => Masks.Phone(value)!,
        _ => value,
    };

    /// <summary>What stands against a field itself, beside the others; errors as listed at <see cref="ICustomFields.AddAsync"/>.</summary>
    public static IReadOnlyList<Error> Check(CustomFieldEdit edit)
    {
        var errors = new List<Error>();
        if (string.IsNullOrWhiteSpace(edit.Name)) errors.Add(new("field.name.empty", nameof(edit.Name)));
        if (edit.Name.Trim().Length > CustomField.MaxName) errors.Add(new("text.long", nameof(edit.Name), CustomField.MaxName));
        if (edit.Hint?.Trim().Length > ContactRules.MaxShort) errors.Add(new("text.long", nameof(edit.Hint), ContactRules.MaxShort));
        if (HasRange(edit.Type) && edit.Min > edit.Max) errors.Add(new("field.range", nameof(edit.Max)));
        if (!HasChoices(edit.Type)) return errors;
        var choices = edit.Choices.Select(c => c.Trim()).ToList();
        if (choices.Count == 0 || choices.Contains("")) errors.Add(new("field.choices.empty", nameof(edit.Choices)));
        if (choices.Count > CustomField.MaxChoices) errors.Add(new("list.long", nameof(edit.Choices), CustomField.MaxChoices));
        if (choices.Exists(c => c.Length > CustomField.MaxName)) errors.Add(new("text.long", nameof(edit.Choices), CustomField.MaxName));
        if (choices.Distinct(StringComparer.OrdinalIgnoreCase).Count() < choices.Count) errors.Add(new("field.choices.same", nameof(edit.Choices)));
        return errors;
    }

    /// <summary>The value as it is stored, null for none, or why it is refused. What was chosen before stays allowed.</summary>
    public static Result<string?> Read(CustomFieldRow field, string? text, string? present = null)
    {
        var (name, value, edit) = (FieldName(field.Id), field.Fields.Type == CustomFieldType.LongText ? text?.Trim() : OneLine.OrNone(text), field.Fields);
        if (string.IsNullOrEmpty(value) || (edit.Type == CustomFieldType.Choices && value == "[]"))
            return edit.IsRequired && !field.IsArchived ? new Error("custom.required", name, edit.Name) : Stored(null);
        if (value == present) return Stored(value);
        return edit.Type switch
        {
            CustomFieldType.Text => Limited(ContactRules.MaxShort),
            CustomFieldType.LongText => Limited(ContactRules.MaxNotes),
            CustomFieldType.Number or CustomFieldType.Money => Number(),
            CustomFieldType.Date => DateOnly.TryParseExact(value, ["yyyy-MM-dd", "yyyy/M/d", "yyyy.M.d", "yyyy-M-d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? Stored(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : new Error("custom.date", name),
            CustomFieldType.YesNo => bool.TryParse(value, out var yes) ? Stored(yes ? "true" : "false") : new Error("custom.yesno", name),
            CustomFieldType.Choice => edit.Choices.Contains(value) ? Stored(value) : new Error("custom.choice", name),
            CustomFieldType.Choices => Several(),
            CustomFieldType.Url => value.Length <= ContactRules.MaxShort && ContactRules.IsWebAddress(value) ? Stored(value) : new Error("url.invalid", name),
            CustomFieldType.Email => ContactRules.IsEmail(value) ? Stored(value) : new Error("email.invalid", name),
            _ => ContactRules.IsPhone(value) ? Stored(value) : new Error("phone.invalid", name),
        };

        Result<string?> Stored(string? stored) => stored!;

        Result<string?> Limited(int limit) => value!.Length <= limit ? Stored(value) : new Error("text.long", name, limit);

        Result<string?> Number()
        {
            if (!decimal.TryParse(value!.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                || Math.Abs(number) > 1_000_000_000_000_000m) return new Error("custom.number", name);
            if (edit.Type == CustomFieldType.Money && decimal.Round(number, 2) != number) return new Error("custom.number", name);
            if (number < edit.Min || number > edit.Max) return new Error("custom.range", name, edit.Min?.ToString(CultureInfo.InvariantCulture) ?? "−∞", edit.Max?.ToString(CultureInfo.InvariantCulture) ?? "∞");
            return Stored(number.ToString("0.############", CultureInfo.InvariantCulture));
        }

        Result<string?> Several()
        {
            var chosen = Choices(value!);
            var before = Choices(present);
            if (chosen is null || chosen.Any(c => !edit.Choices.Contains(c) && before?.Contains(c) != true)) return new Error("custom.choice", name);
            return Stored(JsonSerializer.Serialize(chosen.Distinct()));
        }
    }

    /// <summary>The choices in a stored value; null where it is no list.</summary>
    public static IReadOnlyList<string>? Choices(string? stored)
    {
        if (string.IsNullOrEmpty(stored)) return [];
        try { return JsonSerializer.Deserialize<List<string>>(stored); }
        catch (JsonException) { return null; }
    }
}
