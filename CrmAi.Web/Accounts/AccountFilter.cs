using CrmAi.Domain.Accounts;

namespace CrmAi.Web.Accounts;

/// <summary>What the list of companies shows, as it stands in the address.</summary>
public sealed record AccountFilter(string? Search = null, AccountClass? Class = null, string? Industry = null, Guid? Owner = null, bool Archived = false, AccountOrder Order = AccountOrder.LastContact)
{
    public bool IsNarrowed => Search is not null || Class is not null || Industry is not null || Owner is not null || Archived;

    public AccountQuery Query => new(Search, Class, Industry, null, Owner, Archived, Order);

    public static AccountFilter Parse(string? search, string? grade, string? industry, string? owner, string? archived, string? order) => new(
        string.IsNullOrWhiteSpace(search) ? null : search.Trim(), Known<AccountClass>(grade), string.IsNullOrEmpty(industry) ? null : industry,
        Guid.TryParse(owner, out var id) ? id : null, archived == "yes", Known<AccountOrder>(order) ?? AccountOrder.LastContact);

    /// <summary>The address of a company, or of the list, with this filter kept.</summary>
    public string Address(Guid? accountId)
    {
        var path = accountId is { } id ? $"/accounts/{id}" : "/accounts";
        var pairs = string.Join('&', Pairs().Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
        return pairs.Length == 0 ? path : $"{path}?{pairs}";
    }

    private IEnumerable<(string Name, string Value)> Pairs()
    {
        if (Search is { } search) yield return ("q", search);
        if (Class is { } grade) yield return ("class", grade.ToString().ToLowerInvariant());
        if (Industry is { } industry) yield return ("industry", industry);
        if (Owner is { } owner) yield return ("owner", owner.ToString());
        if (Archived) yield return ("archived", "yes");
        if (Order != AccountOrder.LastContact) yield return ("order", Order.ToString().ToLowerInvariant());
    }

    private static T? Known<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
