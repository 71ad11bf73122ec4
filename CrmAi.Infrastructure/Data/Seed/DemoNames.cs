using System.Globalization;

namespace CrmAi.Infrastructure.Data.Seed;

internal sealed record DemoName(string Name, string Latin, string Gender);

/// <summary>Names, numbers and addresses, none of them given twice.</summary>
internal sealed class DemoNames(Dice dice)
{
    private static readonly string[] MobilePrefixes = ["138", "139", "136", "137", "135", "158", "159", "186", "188", "177"];

    private static readonly DemoName[] Surnames = Parse(DemoTexts.People.Surnames, "");
    private static readonly DemoName[] Given = [.. Parse(DemoTexts.People.Men, "Male"), .. Parse(DemoTexts.People.Women, "Female")];
    private static readonly DemoName[] EnglishGiven =
        [.. DemoTexts.People.EnglishMen.Split(' ').Select(n => new DemoName(n, n, "Male")), .. DemoTexts.People.EnglishWomen.Split(' ').Select(n => new DemoName(n, n, "Female"))];

    private readonly HashSet<string> taken = [];
    private int mobiles;
    private int landlines;
    private int british;
    private int american;

    /// <summary>The part of a Chinese name before the given name, one or two characters.</summary>
    public static string SurnameOf(string name) => Surnames.FirstOrDefault(s => s.Name.Length == 2 && name.StartsWith(s.Name, StringComparison.Ordinal))?.Name ?? name[..1];

    public void Reserve(string name) => taken.Add(name);

    public DemoName Next(string language)
    {
        while (true)
        {
            var name = language == "en" ? English(dice) : Chinese(dice);
            if (taken.Add(name.Name))
            {
                return name;
            }
        }
    }

    public static DemoName Chinese(Dice dice)
    {
        // Common surnames stand first in the list; most people bear one of them.
        var surname = Surnames[dice.Chance(72) ? Math.Min(dice.Below(Surnames.Length), dice.Below(Surnames.Length)) : dice.Below(Surnames.Length)];
        var given = dice.Of(Given);
        return new DemoName(surname.Name + given.Name, $"{surname.Latin} {given.Latin}", given.Gender);
    }

    public static DemoName English(Dice dice)
    {
        var given = dice.Of(EnglishGiven);
        var name = $"{given.Name} {dice.Of(DemoTexts.People.EnglishLast.Split(' '))}";
        return new DemoName(name, Lower(name), given.Gender);
    }

    /// <summary>Chinese numbers have the block 0000 that no operator gives out; others come from the ranges kept for fiction.</summary>
    public string Mobile(AccountText account)
    {
        if (account.Language == "en")
        {
            return DemoTexts.People.AmericanCities.Contains(account.City)
                ? Invariant($"+1 202 555 01{american++:D2}")
                : Invariant($"+44 7700 900{british++:D3}");
        }

        return Invariant($"{MobilePrefixes[mobiles % MobilePrefixes.Length]} 0000 {((mobiles++ * 7919) + 1203) % 10000:D4}");
    }

    public string? Landline(AccountText account) => account.Language == "en"
        ? DemoTexts.People.AmericanCities.Contains(account.City) ? null : Invariant($"+44 20 7946 0{landlines++:D3}")
        : Invariant($"{DemoTexts.People.AreaCodes[account.City]}-5550 {((landlines++ * 37) + 1008) % 10000:D4}");

    public string Email(string latin, string accountKey)
    {
        var parts = latin.Split(' ');
        string[] forms = [$"{parts[0]}.{parts[^1]}", $"{parts[^1]}.{parts[0]}", $"{parts[0]}{parts[^1][0]}", $"{parts[^1]}_{parts[0]}"];
        var local = forms[accountKey.Length % 3];
        var address = $"{local}@{accountKey}.example";
        for (var number = 2; !taken.Add(address); number++)
        {
            address = Invariant($"{local}{number}@{accountKey}.example");
        }

        return address;
    }

    public string WeChat(string latin)
    {
        var plain = latin.Replace(" ", "", StringComparison.Ordinal);
        string[] forms = [$"wx_{plain}", $"{plain}{dice.Between(70, 99)}", $"{latin.Replace(' ', '_')}", $"{plain}-{dice.Between(101, 999)}"];
        var id = dice.Of(forms);
        while (!taken.Add(id))
        {
            id = Invariant($"{plain}{dice.Between(1000, 9999)}");
        }

        return id;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Lower(string text) => string.Concat(text.Select(char.ToLowerInvariant));

    /// <summary>"林lin 罗luo": letters after the characters are their pinyin.</summary>
    private static DemoName[] Parse(string list, string gender) => [.. list.Split(' ').Select(entry =>
    {
        var latin = entry.TakeWhile(letter => !char.IsAscii(letter)).Count();
        return new DemoName(entry[..latin], entry[latin..], gender);
    })];
}
