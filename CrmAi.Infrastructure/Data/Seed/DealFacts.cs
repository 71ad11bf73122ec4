using System.Globalization;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>What stays the same in all texts of one account: its problem, people, amounts and rival.</summary>
internal sealed class DealFacts
{
    private readonly Dictionary<string, string> facts;

    public DealFacts(AccountText account, IReadOnlyList<DemoContact> people, string rival, DateTimeOffset now, Dice dice)
    {
        Account = account;
        var english = account.Language == "en";
        var industry = DemoTexts.Industries[account.Industry][account.Language];
        var pains = dice.Shuffled(industry.Pains);
        var defects = dice.Shuffled(industry.Defects);
        var stations = account.Size switch { "Small" => dice.Between(1, 2), "Medium" => dice.Between(2, 4), "Large" => dice.Between(3, 6), _ => dice.Between(5, 10) };
        Currency = english ? CurrencyIn(account.City) : "CNY";
        var amount = Amount(account, english ? stations * dice.Between(310, 420) * 100L : stations * dice.Between(168, 245) * 1000L);
        AmountMinor = amount * 100;
        var lower = amount * dice.Between(895, 955) / 1000;
        ServiceEndsAt = DemoCalendar.Workday(DemoCalendar.Midnight(now).AddDays(dice.Between(18, 70)));
        var rep = DemoStaff.User(account.Owner);

        facts = new Dictionary<string, string>
        {
            ["co"] = account.Short,
            ["full"] = account.Name,
            ["city"] = account.City,
            ["ind"] = english ? char.ToLowerInvariant(industry.Name[0]) + industry.Name[1..] : industry.Name,
            ["rep"] = english ? rep.EnglishName : rep.Name,
            ["rs"] = DemoNames.SurnameOf(rep.Name),
            ["repf"] = rep.EnglishName.Split(' ')[0],
            ["repmail"] = rep.Email,
            ["rival"] = rival,
            ["line"] = dice.Of(industry.Lines),
            ["part"] = dice.Of(industry.Parts),
            ["defect"] = defects[0],
            ["defect2"] = defects[1],
            ["pain"] = pains[0],
            ["pain2"] = pains[1],
            ["loss"] = dice.Of(industry.Losses),
            ["today"] = dice.Of(industry.Today),
            ["prod"] = industry.Prod,
            ["sys"] = dice.Of(industry.Sys),
            ["caught"] = Number(dice.Between(2, 9)),
            ["more"] = Number(dice.Between(2, 6)),
            ["n"] = Number(stations),
            ["amt"] = Money(amount),
            ["amt2"] = Money(lower),
            ["cut"] = Money(Math.Max(amount / 100 * dice.Between(4, 9), 1000)),
            ["budget"] = english ? $"around {Money((amount * 97 / 100 / 5000 * 5000) + 5000)}" : $"{((amount * 96 / 100) + 49_999) / 50_000 * 5}万{dice.Of(["左右", "以内", "封顶"])}",
            ["rate"] = string.Create(CultureInfo.InvariantCulture, $"{dice.Between(988, 997) / 10.0:0.0}%"),
            ["fp"] = string.Create(CultureInfo.InvariantCulture, $"{dice.Between(4, 15) / 10.0:0.0}%"),
            ["base"] = string.Create(CultureInfo.InvariantCulture, $"{dice.Between(880, 968) / 10.0:0.0}%"),
            ["weeks"] = Number(dice.Between(6, 14)),
            ["payback"] = Number(dice.Between(9, 19)),
            ["plan"] = dice.Of<string>(english ? ["plan B", "option two", "the extended plan"] : ["方案B", "标准版", "方案二", "追溯版"]),
            ["deposit"] = dice.Of<string>(english ? ["30 percent", "40 percent"] : ["三成", "四成", "两成五"]),
        };

        foreach (var (name, value) in account.Facts ?? [])
        {
            facts[name] = value;
        }

        // A fact given by hand may be the one rolled for second place.
        facts["pain2"] = facts["pain2"] == facts["pain"] ? pains[0] : facts["pain2"];
        facts["defect2"] = facts["defect2"] == facts["defect"] ? defects[0] : facts["defect2"];

        Boss = account.HasHero ? (null, english ? "the board" : "领导") : Person(people, "boss", english ? "the board" : "集团领导");
        Tech = Person(people, "tech", english ? "the shift team" : "现场班组");
        Buyer = Person(people, "buyer", english ? "the procurement desk" : "招采那边");
    }

    public AccountText Account { get; }
    public string Currency { get; }
    public long AmountMinor { get; }

    /// <summary>When a customer's service contract runs out.</summary>
    public DateTimeOffset ServiceEndsAt { get; }

    public (DemoContact? Who, string Else) Boss { get; }
    public (DemoContact? Who, string Else) Tech { get; }
    public (DemoContact? Who, string Else) Buyer { get; }

    public string this[string fact] => facts[fact];

    /// <summary>How a rep and colleagues call somebody: 林总监, 王工; an English speaker by first name.</summary>
    public static string Called(DemoContact person)
    {
        if (person.Language == "en")
        {
            return person.Name.Split(' ')[0];
        }

        string[] endings = ["总监", "院长", "校长", "主任", "科长", "护士长", "厂长", "部长", "主管", "组长", "班长", "助理"];
        var title = person.Title switch
        {
            var t when t.EndsWith("副院长", StringComparison.Ordinal) => "院长",
            var t when t.EndsWith("总经理", StringComparison.Ordinal) || t.EndsWith("总裁", StringComparison.Ordinal) || t.EndsWith("副总", StringComparison.Ordinal) => "总",
            var t when t.EndsWith("董事长", StringComparison.Ordinal) => "董",
            var t when t.EndsWith("经理", StringComparison.Ordinal) => "经理",
            var t when t.EndsWith("工程师", StringComparison.Ordinal) => "工",
            var t => endings.FirstOrDefault(ending => t.EndsWith(ending, StringComparison.Ordinal)) ?? "老师",
        };
        return DemoNames.SurnameOf(person.Name) + title;
    }

    private static (DemoContact? Who, string Else) Person(IReadOnlyList<DemoContact> people, string part, string otherwise) =>
        (people.FirstOrDefault(person => person.Part == part), otherwise);

    private static string CurrencyIn(string city) => city switch
    {
        "Cork" or "Rotterdam" or "Leipzig" => "EUR",
        "Penang" or "Singapore" => "USD",
        _ => DemoTexts.People.AmericanCities.Contains(city) ? "USD" : "GBP",
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Amount(AccountText account, long rolled) => account.Facts?.GetValueOrDefault("amt") is not { } said ? rolled
        : said.EndsWith('万') ? (long)(decimal.Parse(said[..^1], CultureInfo.InvariantCulture) * 10_000)
        : long.Parse(said[1..], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private string Money(long amount) => Currency == "CNY"
        ? string.Create(CultureInfo.InvariantCulture, $"{amount / 10_000.0:0.#}万")
        : string.Create(CultureInfo.InvariantCulture, $"{Currency switch { "GBP" => "£", "EUR" => "€", _ => "$" }}{amount / 100 * 100:N0}");
}
