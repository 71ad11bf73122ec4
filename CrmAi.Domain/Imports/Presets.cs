using CrmAi.Domain.ContactFiles;

namespace CrmAi.Domain.Imports;

/// <summary>Which program wrote a file, by columns that together only it writes.</summary>
internal static class Presets
{
    // Of each line all must be there; any line will do.
    private static readonly (string Name, string[] Signature)[] Known =
    [
        (ImportPresets.Google, ["First Name", "Phonetic First Name", "File As"]),
        (ImportPresets.Google, ["Given Name", "Additional Name", "Family Name", "Group Membership"]),
        (ImportPresets.Google, ["E-mail 1 - Value", "Phone 1 - Value"]),
        (ImportPresets.Outlook, ["First Name", "Last Name", "Business Street", "E-mail Address"]),
        (ImportPresets.Outlook, ["名", "姓", "单位", "电子邮件地址"]),
        (ImportPresets.Outlook, ["First Name", "Last Name", "Business Phone", "Mobile Phone", "E-mail Address"]),
        (ImportPresets.HubSpot, ["Record ID", "Lifecycle Stage"]),
        (ImportPresets.HubSpot, ["Record ID", "Contact owner"]),
        (ImportPresets.HubSpot, ["Record ID", "Company owner"]),
        (ImportPresets.HubSpot, ["Record ID", "Company Domain Name"]),
        (ImportPresets.Salesforce, ["Salutation", "First Name", "Last Name", "Account Name"]),
        (ImportPresets.Salesforce, ["First Name", "Last Name", "Mailing City"]),
        (ImportPresets.Salesforce, ["FirstName", "LastName", "AccountId"]),
        (ImportPresets.Salesforce, ["Account Name", "Billing Street"]),
        (ImportPresets.Salesforce, ["Account Name", "Account Owner"]),
        (ImportPresets.EspoCrm, ["salutationName", "firstName", "lastName"]),
        (ImportPresets.EspoCrm, ["emailAddress", "assignedUserName"]),
        (ImportPresets.EspoCrm, ["First Name", "Last Name", "Assigned User"]),
        (ImportPresets.EspoCrm, ["Name", "Assigned User", "Teams"]),
        (ImportPresets.EspoCrm, ["billingAddressCity", "assignedUserName"]),
    ];

    /// <summary>What a program means by a name that elsewhere means something else.</summary>
    private static readonly Dictionary<(string Preset, ImportKind Kind), Dictionary<string, ImportTarget>> Special = new()
    {
        [(ImportPresets.Outlook, ImportKind.Contacts)] = Words(("Title", ImportTarget.NamePrefix), ("Priority", ImportTarget.Ignore), ("优先级", ImportTarget.Ignore), ("Account", ImportTarget.Notes), ("Location", ImportTarget.Notes), ("单位", ImportTarget.Company)),
        [(ImportPresets.Google, ImportKind.Contacts)] = Words(("Priority", ImportTarget.Ignore), ("Subject", ImportTarget.Ignore), ("Name Prefix", ImportTarget.NamePrefix), ("Short Name", ImportTarget.Ignore), ("Name", ImportTarget.Name)),
        [(ImportPresets.HubSpot, ImportKind.Contacts)] = Words(("Phone Number", ImportTarget.Phone), ("Company name", ImportTarget.Company), ("Name", ImportTarget.Name)),
        [(ImportPresets.HubSpot, ImportKind.Accounts)] = Words(("Type", ImportTarget.Lifecycle)),
        [(ImportPresets.Salesforce, ImportKind.Accounts)] = Words(("Type", ImportTarget.Lifecycle), ("Rating", ImportTarget.Class)),
        [(ImportPresets.EspoCrm, ImportKind.Contacts)] = Words(("Account", ImportTarget.Company), ("accountName", ImportTarget.Company), ("phoneNumber", ImportTarget.Phone), ("emailAddress", ImportTarget.Email)),
    };

    public static string? Of(IReadOnlyList<FileColumn> columns)
    {
        if (columns.Count == VCardColumns.All.Count && columns.Select(c => c.Name).SequenceEqual(VCardColumns.All)) return ImportPresets.VCard;
        var names = columns.Select(c => c.Name.Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Known.Where(k => k.Signature.All(names.Contains)).Select(k => k.Name).FirstOrDefault();
    }

    public static ImportTarget? TargetOf(string preset, ImportKind kind, string header) =>
        Special.TryGetValue((preset, kind), out var words) && words.TryGetValue(ColumnWords.Key(header), out var target) ? target : null;

    private static Dictionary<string, ImportTarget> Words(params ReadOnlySpan<(string Name, ImportTarget Target)> words)
    {
        var table = new Dictionary<string, ImportTarget>(StringComparer.Ordinal);
        foreach (var (name, target) in words) table[ColumnWords.Key(name)] = target;
        return table;
    }
}
