using System.Globalization;
using System.Text;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>Lays turns marked C (customer) and U (us) out as chat programs copy them.</summary>
internal static class ThreadText
{
    private enum Layout { NameAndTime, NameAndColon, DateAndName }

    public static bool IsThread(string text) => text.StartsWith("C ", StringComparison.Ordinal) || text.StartsWith("U ", StringComparison.Ordinal);

    public static string Of(string turns, DateTimeOffset at, string customer, string rep, bool english, Dice dice)
    {
        var layout = dice.Of([(Layout.NameAndTime, 65), (Layout.NameAndColon, 20), (Layout.DateAndName, 15)]);
        var us = dice.Chance(75) ? english ? "Me" : "我" : rep;
        return Of(turns, at, customer, us, layout, english, dice);
    }

    /// <summary>Name and time above each turn, our side as 我 or Me.</summary>
    public static string Plain(string turns, DateTimeOffset at, string customer, bool english, Dice dice) =>
        Of(turns, at, customer, english ? "Me" : "我", Layout.NameAndTime, english, dice);

    private static string Of(string turns, DateTimeOffset at, string customer, string us, Layout layout, bool english, Dice dice)
    {
        var text = new StringBuilder();
        var time = at;
        foreach (var turn in turns.Split('\n'))
        {
            var name = turn[0] == 'C' ? customer : us;
            var words = english ? PhraseFill.Capitalised(turn[2..]) : turn[2..];
            text.Append(text.Length > 0 ? "\n" : "").Append(layout switch
            {
                Layout.NameAndTime => string.Create(CultureInfo.InvariantCulture, $"{name} {time:HH:mm}\n{words}"),
                Layout.NameAndColon => $"{name}{(english ? ": " : "：")}{words}",
                _ => string.Create(CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd HH:mm} {name}\n{words}"),
            });
            time = time.AddMinutes(dice.Of([(0, 30), (1, 40), (dice.Between(2, 5), 25), (dice.Between(6, 14), 5)]));
        }

        return text.ToString();
    }
}
