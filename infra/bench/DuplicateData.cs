using System.Globalization;
using CrmAi.Domain.Duplicates;
using CrmAi.Infrastructure.Data.Seed;
using CrmAi.Infrastructure.Search;

namespace CrmAi.Bench;

/// <summary>How a planted duplicate came about.</summary>
internal enum PlantedKind { Formats, NameTypo, PhoneTypo, EmailTypo, Pinyin, Swapped, OldJob, Sparse, Homophone, OtherField, EmailVariant, Traditional }

/// <param name="Of">Whose duplicate it is, by place in the list; null for a person of their own.</param>
internal sealed record MadePerson(MatchFields Fields, int? Of = null, PlantedKind? Kind = null);

/// <summary>
/// Invented people of whom some stand twice, and many who only look so: namesakes, families on one line, colleagues on one switchboard and one post address, numbers handed on, siblings.
/// The same seed makes the same people.
/// </summary>
internal sealed class DuplicateData(int seed, DuplicateWords words)
{
    private static readonly string[] Kinds = ["有限公司", "有限公司", "有限公司", "股份有限公司", "有限责任公司", "集团有限公司"];
    private static readonly string[] Free = ["qq.com", "163.com", "126.com", "gmail.com", "outlook.com"];
    private static readonly string[] Posts = ["info", "sales", "office"];

    private readonly Dice dice = Dice.For(seed, "duplicates");
    private readonly List<House> houses = [];
    private readonly HashSet<string> mobiles = [], houseNames = [], addresses = [];

    public IReadOnlyList<MadePerson> Make(int contacts, int planted)
    {
        var traps = planted * 3 / 2;
        for (var i = 0; i < Math.Max(20, contacts / 8); i++) houses.Add(NextHouse(i));
        var all = new List<MadePerson>(contacts);
        while (all.Count < contacts - planted - traps) all.Add(new(Person(HouseOf())));
        while (all.Count < contacts - planted) all.Add(new(Trap(all[dice.Below(all.Count)].Fields, all.Count)));
        var taken = new HashSet<int>();
        for (var i = 0; i < planted;)
        {
            var of = dice.Below(contacts - planted);
            var kind = (PlantedKind)(i % Enum.GetValues<PlantedKind>().Length);
            if (taken.Contains(of) || Copy(all[of].Fields, kind) is not { } copy) continue;
            taken.Add(of);
            all.Add(new(copy, of, kind));
            i++;
        }
        return all;
    }

    private House HouseOf() => houses[Math.Min(dice.Below(houses.Count), dice.Below(houses.Count))];

    private House NextHouse(int number)
    {
        string name;
        string domain;
        if (dice.Chance(12))
        {
            do name = $"{dice.Of(words.LatinBrands)} {dice.Of(words.LatinLines)} {Letters(2)}";
            while (!houseNames.Add(name));
            return new(name + dice.Of([" Ltd", " Co., Ltd.", " Inc.", " GmbH"]), name, Invariant($"{name.Split(' ')[0].ToLowerInvariant()}{number}.example"), Line(), false);
        }
        var city = dice.Of(words.Cities);
        do name = $"{Of(words.Brand)}{Of(words.Brand)}{(dice.Chance(40) ? Of(words.Brand) : "")}{dice.Of(words.Lines)}";
        while (!houseNames.Add(name));
        var whole = dice.Below(3) switch { 0 => $"{city}{name}", 1 => $"{name}（{city}）", _ => name };
        domain = Invariant($"{string.Concat(Pinyin.Syllables(name, isName: false).Take(2))}{number}.example");
        return new(whole + dice.Of(Kinds), whole, domain, Line(), true);
    }

    private MatchFields Person(House at)
    {
        var (name, english, latin) = Name(at.Chinese || dice.Chance(20));
        return Fill(name, english, latin, at);
    }

    private MatchFields Fill(string name, string? english, string latin, House at)
    {
        var mobile = dice.Chance(86) ? Mobile() : null;
        return new()
        {
            Name = name, EnglishName = english, Company = dice.Chance(95) ? at.Name : null, Mobile = mobile,
            Phone = dice.Chance(30) ? at.Line + (dice.Chance(40) ? Invariant($" 转 {dice.Between(100, 999)}") : "") : null,
            Email = dice.Chance(3) ? $"{dice.Of(Posts)}@{at.Domain}" : dice.Chance(62) ? Email(latin, dice.Chance(80) ? at.Domain : dice.Of(Free)) : null,
            WeChat = dice.Chance(45) ? mobile is not null && dice.Chance(25) ? mobile : WeChat(latin) : null,
        };
    }

    private (string Name, string? English, string Latin) Name(bool chinese)
    {
        if (!chinese)
        {
            var (first, last) = (dice.Of(words.Firsts), dice.Of(words.Lasts));
            return ($"{first} {(dice.Chance(30) ? Letters(1) + ". " : "")}{last}", null, Lower($"{first} {last}"));
        }
        var surname = words.Surnames[dice.Chance(70) ? Math.Min(dice.Below(words.Surnames.Length), dice.Below(words.Surnames.Length)) : dice.Below(words.Surnames.Length)];
        var name = surname + Of(words.Given) + (dice.Chance(68) ? Of(words.Given) : "");
        var latin = Latin(name);
        return (name, dice.Chance(6) ? Title(latin) : null, latin);
    }

    // Who only looks like another.
    private MatchFields Trap(MatchFields of, int number)
    {
        var at = HouseOf();
        var latin = IsHan(of.Name!) ? Latin(of.Name!) : Lower(of.Name!);
        var home = houses.Find(h => h.Name == of.Company) ?? at;
        switch (number % 6)
        {
            case 0: // a namesake at another company
                return Fill(of.Name!, null, latin, at);
            case 1: // of the family: one line at home, another number of one's own
                var family = IsHan(of.Name!) ? of.Name![..1] + (of.Name!.Length > 2 && dice.Chance(50) ? of.Name![1..2] + Other(of.Name![2]) : Of(words.Given) + Of(words.Given)) : $"{dice.Of(words.Firsts)} {of.Name!.Split(' ')[^1]}";
                return Fill(family, null, IsHan(family) ? Latin(family) : Lower(family), at) with { Phone = of.Phone ?? Line(), Company = null, Mobile = Mobile() };
            case 2: // a colleague on the same switchboard and the company's post
                var colleague = Name(home.Chinese);
                return Fill(colleague.Name, colleague.English, colleague.Latin, home) with { Phone = home.Line, Email = $"info@{home.Domain}" };
            case 3: // a namesake at the same company, as big ones have
                return Fill(of.Name!, null, latin, home) with { Company = home.Name, Mobile = Mobile(), Email = Email(latin, home.Domain), WeChat = null };
            case 4: // who got the company's telephone after another had it
                var after = Name(home.Chinese);
                return Fill(after.Name, after.English, after.Latin, home) with { Mobile = of.Mobile, WeChat = null };
            default: // a name of one other character at the same company
                var close = IsHan(of.Name!) && of.Name!.Length > 2 ? of.Name![..^1] + Other(of.Name![^1]) : Name(home.Chinese).Name;
                return Fill(close, null, IsHan(close) ? Latin(close) : Lower(close), home) with { Mobile = Mobile() };
        }
    }

    // The same person once more; null where this one cannot be doubled in that way.
    private MatchFields? Copy(MatchFields of, PlantedKind kind)
    {
        var han = IsHan(of.Name!);
        var email = of.Email is { } mail && !Posts.Any(p => mail.StartsWith(p, StringComparison.Ordinal)) ? mail : null;
        switch (kind)
        {
            case PlantedKind.Formats when of.Mobile is not null || email is not null:
                var byMobile = of.Mobile is not null && (email is null || dice.Chance(60));
                return Thin(Formatted(of), byMobile, !byMobile || dice.Chance(60));
            case PlantedKind.NameTypo when han && of.Name!.Length > 2 && (of.Mobile ?? email) is not null:
                return Thin(of with { Name = of.Name[..^1] + Other(of.Name[^1]), EnglishName = null }, of.Mobile is not null, of.Mobile is null || dice.Chance(50));
            case PlantedKind.NameTypo when !han && (of.Mobile ?? email) is not null:
                return Thin(of with { Name = Mistyped(of.Name!) }, of.Mobile is not null, of.Mobile is null || dice.Chance(50));
            case PlantedKind.PhoneTypo when of.Mobile is not null && (email is not null || of.Company is not null):
                return Thin(of with { Mobile = WrongDigits(of.Mobile), Company = email is not null && dice.Chance(30) ? null : of.Company, WeChat = null }, true, dice.Chance(60) || of.Company is null);
            case PlantedKind.EmailTypo when email is not null && of.Company is not null:
                return Thin(of with { Email = Mistyped(email[..email.IndexOf('@')]) + email[email.IndexOf('@')..], WeChat = null }, of.Mobile is not null && dice.Chance(40), true);
            case PlantedKind.Pinyin when han && (of.Mobile ?? email) is not null:
                var parts = Latin(of.Name!).Split(' ');
                var written = dice.Below(4) switch { 0 => Title($"{parts[0]} {parts[1]}"), 1 => Title($"{parts[1]} {parts[0]}"), 2 => parts[0].ToUpperInvariant() + " " + Title(parts[1]), _ => Title(parts[0] + parts[1]) };
                var withMobile = of.Mobile is not null && (email is null || dice.Chance(70));
                return Thin(Formatted(of) with { Name = written, EnglishName = null }, withMobile, !withMobile || dice.Chance(40));
            case PlantedKind.Swapped when (of.Mobile ?? email) is not null:
                var surname = words.Surnames.FirstOrDefault(s => s.Length == 2 && of.Name!.StartsWith(s, StringComparison.Ordinal))?.Length ?? 1;
                var turned = han ? of.Name![surname..] + of.Name![..surname] : $"{of.Name!.Split(' ')[^1]}{dice.Of([", ", " "])}{of.Name!.Split(' ')[0]}";
                return Thin(of with { Name = turned, EnglishName = null }, of.Mobile is not null, of.Mobile is null || dice.Chance(40));
            case PlantedKind.OldJob when of.Mobile is not null || of.WeChat is not null:
                var before = HouseOf();
                return Formatted(of) with { Company = before.Name, Email = dice.Chance(50) ? Email(han ? Latin(of.Name!) : Lower(of.Name!), before.Domain) : null, Phone = dice.Chance(30) ? before.Line : null, Mobile = of.Mobile is not null && (of.WeChat is null || dice.Chance(60)) ? of.Mobile : null };
            case PlantedKind.Sparse when of.Company is not null:
                return new() { Name = of.Name, Company = Suffixless(of.Company), Phone = of.Phone };
            case PlantedKind.Homophone when han && of.Mobile is not null && SameSound(of.Name![^1]) is { } sound:
                return Thin(of with { Name = of.Name[..^1] + sound, EnglishName = null }, true, dice.Chance(50));
            case PlantedKind.OtherField when of.Mobile is not null:
                return new() { Name = of.Name, Company = dice.Chance(50) ? of.Company : null, Phone = dice.Chance(50) ? Phones(of.Mobile) : null, WeChat = of.Mobile };
            case PlantedKind.EmailVariant when email is not null:
                return new() { Name = of.Name, Email = email.Insert(email.IndexOf('@'), "+" + Letters(3).ToLowerInvariant()), Company = dice.Chance(50) ? of.Company : null, Mobile = dice.Chance(20) ? Mobile() : null };
            case PlantedKind.Traditional when han && of.Mobile is not null:
                return Thin(of with { Name = Wide(of.Name!), Company = of.Company is null ? null : Wide(of.Company).Replace('(', '（'), Mobile = Wide(of.Mobile) }, true, dice.Chance(50));
            default: return null;
        }
    }

    // A copy seldom has all that the other has.
    private MatchFields Thin(MatchFields fields, bool keepMobile, bool keepEmail) => fields with
    {
        Mobile = keepMobile ? fields.Mobile : null,
        Email = keepEmail ? fields.Email : null,
        WeChat = dice.Chance(40) ? fields.WeChat : null,
        Phone = dice.Chance(50) ? fields.Phone : null,
        Company = fields.Company is not null && dice.Chance(75) ? fields.Company : null,
    };

    private MatchFields Formatted(MatchFields of) => of with
    {
        Mobile = of.Mobile is null ? null : Phones(of.Mobile),
        Email = of.Email is null ? null : dice.Chance(50) ? of.Email.ToUpperInvariant() : Wide(of.Email),
        WeChat = of.WeChat is null ? null : dice.Chance(50) ? of.WeChat.ToUpperInvariant() : of.WeChat,
        Company = of.Company is null ? null : dice.Chance(50) ? Suffixless(of.Company) : of.Company.Replace('（', '(').Replace('）', ')'),
        Name = dice.Chance(20) ? of.Name + (IsHan(of.Name!) ? "先生" : "") : of.Name,
    };

    private string Suffixless(string company) => houses.Find(h => h.Name == company)?.Short ?? company;

    private string Phones(string mobile) => dice.Below(5) switch
    {
        0 => $"+86 {mobile[..3]}-{mobile[3..7]}-{mobile[7..]}",
        1 => $"0086{mobile}",
        2 => Wide(mobile),
        3 => $"{mobile[..3]} {mobile[3..7]} {mobile[7..]}",
        _ => $"(86){mobile}",
    };

    private string WrongDigits(string mobile)
    {
        var digits = mobile.ToCharArray();
        if (dice.Chance(40)) { var at = dice.Between(3, 9); (digits[at], digits[at + 1]) = (digits[at + 1], digits[at]); if (digits.SequenceEqual(mobile)) digits[at] = (char)('0' + ((digits[at] - '0' + 3) % 10)); }
        else for (var times = dice.Between(1, 2); times > 0; times--) { var at = dice.Between(3, 10); digits[at] = (char)('0' + ((digits[at] - '0' + dice.Between(1, 9)) % 10)); }
        return new(digits);
    }

    private string Mistyped(string text)
    {
        var at = dice.Between(1, text.Length - 2);
        return dice.Below(3) switch { 0 => text.Remove(at, 1), 1 => text.Insert(at, text[at..(at + 1)]), _ => text[..at] + text[at + 1] + text[at] + text[(at + 2)..] };
    }

    private string? SameSound(char c)
    {
        var sound = Pinyin.Syllables(c.ToString(), isName: false)[0];
        var others = words.Given.Where(g => g != c && Pinyin.Syllables(g.ToString(), isName: false)[0] == sound).ToList();
        return others.Count == 0 ? null : dice.Of(others).ToString();
    }

    private string Other(char c)
    {
        for (; ; )
            if (Of(words.Given) is var other && other[0] != c) return other;
    }

    private string Mobile()
    {
        for (; ; )
            if (Invariant($"{dice.Of(["138", "139", "150", "158", "186", "188", "177", "199"])}{dice.Below(100_000_000):D8}") is var number && mobiles.Add(number)) return number;
    }

    private string Line() => Invariant($"0{dice.Of(["21", "10", "755", "512", "571"])}-{dice.Between(20_000_000, 89_999_999)}");

    private string Email(string latin, string domain)
    {
        var parts = latin.Split(' ');
        var local = dice.Below(4) switch { 0 => $"{parts[0]}.{parts[^1]}", 1 => $"{parts[^1]}.{parts[0]}", 2 => $"{parts[^1]}{parts[0]}", _ => $"{parts[^1][..1]}{parts[0]}{dice.Between(10, 99)}" };
        var address = $"{local}@{domain}";
        // One box at Gmail, however its dots stand.
        for (var number = 2; !addresses.Add(MatchForm.Plain(address)); number++) address = Invariant($"{local}{number}@{domain}");
        return address;
    }

    private string WeChat(string latin)
    {
        var plain = latin.Replace(" ", "", StringComparison.Ordinal);
        for (; ; )
            if ((dice.Chance(50) ? Invariant($"{plain}{dice.Between(10, 9999)}") : Invariant($"wx_{plain}{dice.Between(1, 999)}")) is var id && addresses.Add(id)) return id;
    }

    // Surname and given name in letters.
    private string Latin(string name)
    {
        var surname = words.Surnames.FirstOrDefault(s => s.Length == 2 && name.StartsWith(s, StringComparison.Ordinal))?.Length ?? 1;
        var syllables = Pinyin.Syllables(name, isName: true);
        return $"{string.Concat(syllables.Take(surname))} {string.Concat(syllables.Skip(surname))}";
    }

    private string Of(string characters) => characters[dice.Below(characters.Length)].ToString();

    private string Letters(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('A' + dice.Below(26))));

    private static bool IsHan(string name) => name[0] > '\u3000';

    private static string Wide(string text) => string.Concat(text.Select(c => c is > ' ' and <= '~' ? (char)(c + 0xFEE0) : c));

    private static string Title(string text) => string.Join(' ', text.Split(' ').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    private static string Lower(string text) => text.ToLowerInvariant();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record House(string Name, string Short, string Domain, string Line, bool Chinese);
}
