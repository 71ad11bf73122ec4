using System.Globalization;
using CrmAi.Domain.Accounts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;

namespace CrmAi.Web.Accounts;

/// <summary>A company's fields as they stand in the form: numbers as typed, so that nothing is lost where they are not valid.</summary>
public sealed class AccountForm(AccountEdit edit)
{
    /// <summary>What needs no reading: changed by "with".</summary>
    public AccountEdit Edit { get; set; } = edit;
    public string Revenue { get; set; } = Amounts.Show(edit.RevenueMinor);
    public string Employees { get; set; } = edit.Employees?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>The edit, or what in it cannot be read.</summary>
    public Result<AccountEdit> Read()
    {
        var errors = new List<Error>();
        if (!Amounts.TryMinor(Revenue, out var revenue)) errors.Add(new("money.range", nameof(AccountEdit.RevenueMinor)));
        if (!TryCount(Employees, out var employees)) errors.Add(new("employees.range", nameof(AccountEdit.Employees)));
        var edit = Edit with { RevenueMinor = revenue, Employees = employees };
        errors.AddRange(AccountRules.Check(edit).Where(e => !errors.Exists(x => x.Field == e.Field)));
        return errors.Count > 0 ? Result.Refused<AccountEdit>(errors) : edit;
    }

    public static bool TryCount(string text, out int? count)
    {
        count = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (!int.TryParse(text.Replace(",", "").Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        count = number;
        return true;
    }
}
