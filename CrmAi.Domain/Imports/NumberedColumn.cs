using System.Text.RegularExpressions;

namespace CrmAi.Domain.Imports;

/// <summary>A column of Google Contacts: "Phone 1 - Value", "Organization 1 - Title", "Address 2 - Formatted".</summary>
/// <param name="Family">In lower case: phone, e-mail, im, organization, address, website, custom field, relation, event.</param>
/// <param name="Part">In lower case: value, type, label, name, title…</param>
internal sealed partial record NumberedColumn(string Family, int Number, string Part)
{
    public bool IsLabel => Part is "type" or "label";

    public static NumberedColumn? Of(string header) =>
        header.Length < 60 && Form().Match(header) is { Success: true } match
            ? new(match.Groups[1].Value.ToLowerInvariant(), int.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture), match.Groups[3].Value.ToLowerInvariant()) : null;

    public ImportTarget Target(ImportKind kind) => (Family, Part) switch
    {
        (_, "type" or "label" or "service" or "yomi name" or "symbol" or "country" or "postal code" or "po box" or "extended address") => ImportTarget.Ignore,
        ("phone", _) => ImportTarget.Phone,
        ("e-mail" or "email", _) => ImportTarget.Email,
        ("organization", "name") => kind == ImportKind.Accounts ? ImportTarget.Name : ImportTarget.Company,
        _ when kind != ImportKind.Contacts => ImportTarget.Ignore,
        ("organization", "title") => ImportTarget.Title,
        ("organization", "department") => ImportTarget.Department,
        ("im", "value") => ImportTarget.Social,
        ("address", "city") => ImportTarget.City,
        // The whole address says what its parts say.
        ("address", "street" or "region") => ImportTarget.Ignore,
        _ => ImportTarget.Notes,
    };

    [GeneratedRegex(@"^(Phone|E-?mail|IM|Organization|Address|Website|Custom Field|Relation|Event) ([0-9]{1,2}) - ([A-Za-z ]+)$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
