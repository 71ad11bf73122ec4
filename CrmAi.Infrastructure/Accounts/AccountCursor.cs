using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CrmAi.Domain.Accounts;

namespace CrmAi.Infrastructure.Accounts;

/// <summary>Where a page of companies ended: the order, the last row's place in it, and its id as tiebreak; opaque to callers.</summary>
internal sealed record AccountCursor(AccountOrder Order, string Key, Guid Id)
{
    private const int IdLength = 32, MaxText = 6000;

    public static AccountCursor Of(AccountOrder order, Guid id, string name, DateTime? lastContactAt, int contacts) => new(order, order switch
    {
        AccountOrder.Name => name,
        AccountOrder.LastContact => lastContactAt?.Ticks.ToString(CultureInfo.InvariantCulture) ?? "",
        AccountOrder.Contacts => contacts.ToString(CultureInfo.InvariantCulture),
        _ => "",
    }, id);

    /// <summary>Null where nobody there was ever spoken to.</summary>
    public DateTime? At => Key.Length == 0 ? null : new(long.Parse(Key, CultureInfo.InvariantCulture), DateTimeKind.Utc);

    public int Count => int.Parse(Key, CultureInfo.InvariantCulture);

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{(int)Order}{Id:N}{Key}"));

    /// <summary>Null where the text is no cursor of ours in this order.</summary>
    public static AccountCursor? Parse(string text, AccountOrder order)
    {
        if (text.Length is 0 or > MaxText || !Base64Url.IsValid(text)) return null;
        var plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        if (plain.Length <= IdLength || plain[0] != (char)('0' + (int)order) || !Guid.TryParseExact(plain[1..(IdLength + 1)], "N", out var id)) return null;
        var key = plain[(IdLength + 1)..];
        var known = order switch
        {
            AccountOrder.LastContact => key.Length == 0 || (long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks),
            AccountOrder.Contacts => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            AccountOrder.Created => key.Length == 0,
            _ => true,
        };
        return known ? new(order, key, id) : null;
    }
}
