using CrmAi.Domain.Accounts;

namespace CrmAi.Domain.Enrichment;

/// <param name="Field">As <see cref="AccountEdit"/> names it.</param>
/// <param name="Ours">Null where we have nothing.</param>
public sealed record RegistryDifference(string Field, string? Ours, string Theirs);

/// <summary>Where a company's own fields differ from its registration: offered to a person, one by one.</summary>
public static class RegistryDifferences
{
    public const string AddressKind = "注册地址";

    public static IReadOnlyList<RegistryDifference> Between(AccountEdit ours, CompanyFacts theirs)
    {
        var found = new List<RegistryDifference>();
        void Compare(string field, string? mine, string? other)
        {
            if (!string.IsNullOrWhiteSpace(other) && Account.Fold(mine ?? "") != Account.Fold(other)) found.Add(new(field, string.IsNullOrWhiteSpace(mine) ? null : mine, other));
        }
        Compare(nameof(AccountEdit.Name), ours.Name, theirs.Name);
        // The trade as people call it stands; the classification's only where there is none.
        if (string.IsNullOrWhiteSpace(ours.Industry)) Compare(nameof(AccountEdit.Industry), null, theirs.Industry.Count > 0 ? theirs.Industry[^1] : null);
        if (string.IsNullOrWhiteSpace(ours.City) || !(theirs.City?.Contains(ours.City, StringComparison.Ordinal) ?? true)) Compare(nameof(AccountEdit.City), ours.City, theirs.City);
        if (theirs.Address is { Length: > 0 } address && !ours.Addresses.Any(a => Account.Fold(a.Text) == Account.Fold(address)))
            found.Add(new(nameof(AccountEdit.Addresses), ours.Addresses.FirstOrDefault(a => a.Kind == AddressKind)?.Text, address));
        if (ours.Employees is null && theirs.Insured is > 0) found.Add(new(nameof(AccountEdit.Employees), null, theirs.Insured.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return found;
    }

    /// <summary>With the registered value of one field in place of ours; a registered address joins the others.</summary>
    public static AccountEdit Adopt(AccountEdit ours, RegistryDifference difference) => difference.Field switch
    {
        nameof(AccountEdit.Name) => ours with { Name = difference.Theirs, ShortName = string.IsNullOrWhiteSpace(ours.ShortName) ? ours.Name : ours.ShortName },
        nameof(AccountEdit.Industry) => ours with { Industry = difference.Theirs },
        nameof(AccountEdit.City) => ours with { City = difference.Theirs },
        nameof(AccountEdit.Employees) => ours with { Employees = int.Parse(difference.Theirs, System.Globalization.CultureInfo.InvariantCulture) },
        nameof(AccountEdit.Addresses) => ours with { Addresses = [.. ours.Addresses.Where(a => a.Kind != AddressKind), new(AddressKind, difference.Theirs)] },
        _ => ours,
    };
}
