using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;

namespace CrmAi.Web.Contacts;

/// <summary>A new contact's fields as they stand in the form: texts as typed, so that nothing is lost where they are not valid.</summary>
public sealed class ContactForm
{
    /// <summary>What needs no reading: changed by "with".</summary>
    public ContactEdit Edit { get; set; } = new();
    public string DealValue { get; set; } = "";
    public string BirthYear { get; set; } = "";
    public string Solutions { get; set; } = "";
    public string Competitors { get; set; } = "";
    public string Interests { get; set; } = "";

    /// <summary>The edit, or what in it cannot be read.</summary>
    public Result<ContactEdit> Read(DateOnly today)
    {
        var errors = new List<Error>();
        if (!Amounts.TryMinor(DealValue, out var deal)) errors.Add(new("money.range", nameof(ContactEdit.DealValueMinor)));
        int? year = null;
        if (BirthYear.Trim() is { Length: > 0 } text)
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) year = number;
            else errors.Add(new("birth_year.range", nameof(PersonalDetails.BirthYear), 1900, today.Year));
        }
        var edit = Edit with
        {
            DealValueMinor = deal,
            CurrentSolutions = Items(Solutions),
            Competitors = Items(Competitors),
            Personal = Edit.Personal with { BirthYear = year, Interests = Items(Interests) },
        };
        errors.AddRange(ContactRules.Check(edit, today).Where(e => !errors.Exists(x => x.Field == e.Field)));
        return errors.Count > 0 ? Result.Refused<ContactEdit>(errors) : edit;
    }

    /// <summary>What commas, semicolons and line breaks separate, each once.</summary>
    public static IReadOnlyList<string> Items(string text) =>
        [.. text.Split([',', '\uFF0C', '\u3001', ';', '\uFF1B', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
}
