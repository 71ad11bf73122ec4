using System.Globalization;
using CrmAi.Domain.Duplicates;
using CrmAi.Infrastructure.Data.Seed;
using CrmAi.Infrastructure.Search;

namespace CrmAi.Bench;

/// <summary>How a planted duplicate of a company came about.</summary>
internal enum PlantedCompany { LegalForm, Place, ShortName, Mistake, Sound, Pinyin, English, Writing, Renamed, Sparse }

/// <param name="Of">Whose duplicate it is, by place in the list; null for a company of its own.</param>
internal sealed record MadeCompany(CompanyFields Fields, int? Of = null, PlantedCompany? Kind = null);

/// <summary>
/// Invented companies of which some stand twice, and many that only look so: branches, sisters in one group, neighbours on one telephone, names that differ in one character or in none to the ear, namesakes in another city.
/// The same seed makes the same companies.
/// </summary>
internal sealed class CompanyData(int seed, DuplicateWords words)
{
    private static readonly string[] Forms = ["有限公司", "有限公司", "有限公司", "股份有限公司", "有限责任公司", "集团有限公司"];

    // Typed by its sound, another character comes first.
    private static readonly string[] SameSound = ["恒衡横", "川穿", "盛胜圣", "泰太", "鼎顶", "瑞锐睿", "信欣新", "达答", "诚城成", "宏红弘", "远源圆", "天添", "中钟忠", "科柯", "通同", "博伯勃", "金今锦", "华花", "润闰", "凌灵玲", "启起", "明名铭", "德得", "力立利", "海孩", "君均军", "合和河", "嘉家佳", "正政郑", "东冬", "方芳", "兴星", "永勇"];

    private readonly Dice dice = Dice.For(seed, "companies");
    private readonly HashSet<string> names = [];
    private int number;

    public IReadOnlyList<MadeCompany> Make(int companies, int planted)
    {
        var traps = planted * 3 / 2;
        var all = new List<(House House, MadeCompany Made)>(companies);
        while (all.Count < companies - planted - traps) Add(Next());
        var own = all.Count;
        while (all.Count < companies - planted) all.Add((all[0].House, new(Trap(all[dice.Below(own)], all.Count))));
        var taken = new HashSet<int>();
        for (var i = 0; i < planted;)
        {
            var of = dice.Below(own);
            var kind = (PlantedCompany)(i % Enum.GetValues<PlantedCompany>().Length);
            if (taken.Contains(of) || Copy(all[of].House, all[of].Made.Fields, kind) is not { } copy) continue;
            taken.Add(of);
            all.Add((all[of].House, new(copy, of, kind)));
            i++;
        }
        return [.. all.Select(a => a.Made)];

        void Add(House house) => all.Add((house, new(Fields(house))));
    }

    private House Next()
    {
        string brand, line;
        do (brand, line) = ($"{Sign()}{Sign()}{(dice.Chance(65) ? Sign() : "")}", dice.Of(words.Lines));
        while (!names.Add(brand + line));
        return new(brand, line, dice.Of(words.Cities), dice.Below(3));
    }

    private CompanyFields Fields(House house) => new()
    {
        Name = Name(house) + dice.Of(Forms),
        ShortName = dice.Chance(50) ? house.Brand + house.Line[..2] : null,
        Website = dice.Chance(60) ? $"https://www.{Domain(house)}" : null,
        Phone = dice.Chance(60) ? Line() : null,
        City = dice.Chance(80) ? house.City : null,
        CreditCode = dice.Chance(35) ? Code() : null,
    };

    private static string Name(House house) => house.Place switch { 0 => house.City + house.Brand + house.Line, 1 => $"{house.Brand}{house.Line}（{house.City}）", _ => house.Brand + house.Line };

    private CompanyFields Trap((House House, MadeCompany Made) one, int turn)
    {
        var (house, of) = (one.House, one.Made.Fields);
        var elsewhere = words.Cities.First(c => c != house.City);
        switch (turn % 7)
        {
            case 0: // a branch of the house
                return new() { Name = $"{house.Brand}{house.Line}（{elsewhere}）有限公司", Website = house.Place == 2 ? null : of.Website, Phone = Line(), City = elsewhere, CreditCode = house.Place == 2 || dice.Chance(50) ? Code() : null };
            case 1: // a sister in the group
                return new() { Name = house.Brand + words.Lines.First(l => l != house.Line) + dice.Of(Forms), Website = of.Website, Phone = dice.Chance(50) ? of.Phone : Line(), City = house.City };
            case 2: // a neighbour on one telephone
                return Fields(Next()) with { Phone = of.Phone, City = house.City };
            case 3: // another character in the brand
                var brand = house.Brand[..^1] + Sign();
                return names.Add(brand + house.Line) ? Fields(house with { Brand = brand }) : Fields(Next());
            case 4: // a namesake in another city, with a registration of its own
                return new() { Name = elsewhere + house.Brand + house.Line + dice.Of(Forms), City = elsewhere, Website = $"https://www.{Domain(house)}", Phone = Line(), CreditCode = Code() };
            case 5: // another company that sounds the same
                return Turned(house.Brand) is { } sounds && names.Add(sounds + house.Line) ? Fields(house with { Brand = sounds, City = dice.Of(words.Cities) }) with { Phone = Line() } : Fields(Next());
            default: // who begins with the same brand
                return new() { Name = $"{house.City}{house.Brand}{Sign()}{words.Lines.First(l => l != house.Line)}有限公司", City = house.City, Phone = Line() };
        }
    }

    // The same company once more; null where this one cannot be doubled in that way.
    private CompanyFields? Copy(House house, CompanyFields of, PlantedCompany kind)
    {
        var plain = house.Brand + house.Line;
        switch (kind)
        {
            case PlantedCompany.LegalForm:
                return Thin(of with { Name = Name(house) + (dice.Chance(50) ? "" : dice.Of(Forms)) });
            case PlantedCompany.Place:
                return Thin(of with { Name = Name(house with { Place = (house.Place + 1 + dice.Below(2)) % 3 }) + dice.Of(Forms) });
            case PlantedCompany.ShortName when of.ShortName is not null:
                return Thin(of with { Name = of.ShortName, ShortName = null });
            case PlantedCompany.Mistake when (of.Website ?? of.Phone) is not null:
                var at = dice.Below(plain.Length);
                var wrong = dice.Chance(30) && house.Brand.Length > 2 ? plain.Remove(at, 1) : plain[..at] + (char)(plain[at] + 1) + plain[(at + 1)..];
                return Thin(of with { Name = Name(house).Replace(plain, wrong, StringComparison.Ordinal) + dice.Of(Forms), ShortName = null }, website: of.Website is not null, phone: of.Website is null);
            case PlantedCompany.Sound when Turned(house.Brand) is { } turned:
                return Thin(of with { Name = Name(house).Replace(house.Brand, turned, StringComparison.Ordinal) + dice.Of(Forms), ShortName = null });
            case PlantedCompany.Pinyin:
                return Thin(of with { Name = $"{Title(house.Brand)} {Title(house.Line)}{dice.Of([" Co., Ltd.", " Co.,Ltd", " Limited", ""])}", ShortName = null });
            case PlantedCompany.English when of.Website is not null:
                return Thin(of with { Name = $"{Title(house.Brand)} {dice.Of(words.LatinLines)}{dice.Of([" Co., Ltd.", " Ltd", " Inc."])}", ShortName = null }, website: true);
            case PlantedCompany.Writing:
                return Thin(of with { Name = Wide(of.Name!), Website = of.Website?.Replace("https://www.", "HTTP://", StringComparison.Ordinal) + (of.Website is null ? null : "/index.html"), City = of.City is null ? null : of.City + "市" });
            case PlantedCompany.Renamed when of.CreditCode is not null:
                return Thin(of with { Name = Next() is var other ? Name(other) + dice.Of(Forms) : null, ShortName = null }, code: true);
            case PlantedCompany.Sparse:
                return new() { Name = house.Place == 2 || dice.Chance(50) ? plain : Name(house), City = dice.Chance(40) ? of.City : null };
            default: return null;
        }
    }

    // A copy seldom has all that the other has.
    private CompanyFields Thin(CompanyFields fields, bool website = false, bool phone = false, bool code = false) => fields with
    {
        ShortName = dice.Chance(30) ? fields.ShortName : null,
        Website = website || dice.Chance(40) ? fields.Website : null,
        Phone = phone || dice.Chance(40) ? fields.Phone?.Replace("-", dice.Of([" ", "-", ""]), StringComparison.Ordinal) : null,
        City = dice.Chance(60) ? fields.City : null,
        CreditCode = code || dice.Chance(15) ? fields.CreditCode : null,
    };

    private string? Turned(string brand)
    {
        for (var i = 0; i < brand.Length; i++)
            if (Array.Find(SameSound, s => s[0] == brand[i]) is { } sounds) return brand[..i] + sounds[1 + dice.Below(sounds.Length - 1)] + brand[(i + 1)..];
        return null;
    }

    private static string Title(string text)
    {
        var read = string.Concat(Pinyin.Syllables(text, isName: false));
        return char.ToUpperInvariant(read[0]) + read[1..];
    }

    private string Domain(House house) => string.Create(CultureInfo.InvariantCulture, $"{string.Concat(Pinyin.Syllables(house.Brand, isName: false))}{number++}.example");

    private string Line() => string.Create(CultureInfo.InvariantCulture, $"0{dice.Of(["21", "10", "755", "512", "571"])}-{dice.Between(20_000_000, 89_999_999)}");

    private string Code() => string.Create(CultureInfo.InvariantCulture, $"91DEMO{number++:D12}");

    // Beside the characters that many brands are made of there are all the others.
    private string Sign() => Of(dice.Chance(60) ? words.Brand : words.Given);

    private string Of(string characters) => characters[dice.Below(characters.Length)].ToString();

    private static string Wide(string text) => string.Concat(text.Select(c => c switch { '（' => '(', '）' => ')', > ' ' and <= '~' => (char)(c + 0xFEE0), _ => c }));

    /// <param name="Place">Where its city stands in the name: before it, behind it in brackets, not at all.</param>
    private sealed record House(string Brand, string Line, string City, int Place);
}
