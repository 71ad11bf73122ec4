using System.Globalization;
using CrmAi.Domain.Accounts;
using CrmAi.Domain.Shared;

namespace CrmAi.Web.Accounts;

/// <summary>A company's fields as they stand in the form: numbers as typed, so that nothing is lost where they are not valid.</summary>
public sealed class AccountForm(AccountEdit edit)
{
    /// <summary>What needs no reading: changed by "with".</summary>
    public AccountEdit Edit { get; set; } = edit;
    public string Revenue { get; set; } = edit.RevenueMinor is { } value ? (value / 100m).ToString("0.##", CultureInfo.InvariantCulture) : "";
    public string Employees { get; set; } = edit.Employees?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>The edit, or what in it cannot be read.</summary>
    public Result<AccountEdit> Read()
    {
        var errors = new List<Error>();
        if (!TryAmount(Revenue, out var revenue)) errors.Add(new("money.range", nameof(AccountEdit.RevenueMinor)));
        if (!TryCount(Employees, out var employees)) errors.Add(new("employees.range", nameof(AccountEdit.Employees)));
        var edit = Edit with { RevenueMinor = revenue, Employees = employees };
        errors.AddRange(AccountRules.Check(edit).Where(e => !errors.Exists(x => x.Field == e.Field)));
        return errors.Count > 0 ? Result.Refused<AccountEdit>(errors) : edit;
    }

    /// <summary>Minor units; false where the text is no amount.</summary>
    public static bool TryAmount(string text, out long? minor)
    {
        minor = null;
        var plain = text.Trim();
        if (plain.Length == 0) return true;
        var times = char.ToLowerInvariant(plain[^1]) switch { 'k' => 1_000m, '\u4E07' => 10_000m, 'm' => 1_000_000m, '\u4EBF' => 100_000_000m, _ => 1m };
        var digits = (times == 1m ? plain : plain[..^1]).Replace(",", "").Trim();
        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) || amount > AccountRules.MaxRevenue / 100m / times) return false;
        minor = (long)Math.Round(amount * times * 100);
        return true;
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
