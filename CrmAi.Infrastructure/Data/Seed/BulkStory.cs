using System.Globalization;
using CrmAi.Domain.Interactions;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>Any number of plain records for a big database, streamed; the texts are short and may repeat.</summary>
public static class BulkStory
{
    private const int PeoplePerAccount = 8;
    private const string Syllables = "恒泽岚拓玄鼎瑞淮珂茗泊歆冠丰芸皖禾松岭柏虞江菱速九庭溟芝越桥浣络驰曜弗槿墨奕凉灼雪岸沅";

    private static readonly string[] Suffixes = ["精密有限公司", "科技有限公司", "食品有限公司", "医药有限公司", "物流有限公司", "电器有限公司", "材料有限公司", "包装有限公司"];
    private static readonly string[] Industries = [.. DemoTexts.Industries.Keys];
    private static readonly string[] Cities = [.. DemoTexts.People.AreaCodes.Keys];
    private static readonly string[] Reps = [.. DemoStaff.Users.Where(u => u.Role == "SalesRep").Select(u => u.Key)];
    private static readonly string[] Stages = ["Prospecting", "Qualification", "Proposal", "Negotiation", "ClosedWon", "ClosedLost"];
    private static readonly string[] Lifecycles = ["Lead", "Prospect", "Customer", "Partner"];
    private static readonly string[] Beats = ["note/meet", "note/discover", "note/trial", "note/quote", "note/haggle", "note/deliver", "note/care", "note/renew"];

    /// <summary>How many accounts <see cref="Contacts"/> refers to.</summary>
    public static int AccountsFor(int contacts) => (contacts + PeoplePerAccount - 1) / PeoplePerAccount;

    public static IEnumerable<DemoAccount> Accounts(int count, DateTimeOffset now, int seed = 7)
    {
        var dice = Dice.For(seed, "bulk accounts");
        for (var index = 0; index < count; index++)
        {
            var shortName = new string([.. Enumerable.Range(0, 3).Select(_ => Syllables[dice.Below(Syllables.Length)])]);
            var city = dice.Of(Cities);
            yield return new DemoAccount
            {
                Key = AccountKey(index),
                Name = $"{city}{shortName}{dice.Of(Suffixes)}",
                ShortName = shortName,
                Language = "zh",
                Industry = DemoTexts.Industries[dice.Of(Industries)]["zh"].Name,
                City = city,
                Address = Text($"{city}市工业路{dice.Between(1, 999)}号"),
                Size = dice.Of<string>(["Small", "Medium", "Large", "Enterprise"]),
                Class = dice.Of<string>(["A", "B", "C"]),
                CreditRating = dice.Of<string>(["AA", "A", "BBB"]),
                Website = Text($"https://www.c{index}.example"),
                Description = $"{city}的制造企业。",
                Lifecycle = dice.Of(Lifecycles),
                OwnerKey = Reps[index % Reps.Length],
                CreatedAt = Past(now, dice, 300, 600),
            };
        }
    }

    /// <summary>Eight people to an account; their accounts are the first <see cref="AccountsFor"/> ones.</summary>
    public static IEnumerable<DemoContact> Contacts(int count, DateTimeOffset now, int seed = 7)
    {
        var dice = Dice.For(seed, "bulk contacts");
        var jobs = DemoTexts.People.Jobs["default"];
        for (var index = 0; index < count; index++)
        {
            var name = DemoNames.Chinese(dice);
            var job = jobs[index % PeoplePerAccount % jobs.Length];
            var account = index / PeoplePerAccount;
            yield return new DemoContact
            {
                Key = ContactKey(index),
                AccountKey = AccountKey(account),
                OwnerKey = Reps[account % Reps.Length],
                Name = name.Name,
                Language = "zh",
                Title = PhraseFill.Fill(job[1], slot => slot, dice),
                Department = job[2],
                Seniority = job[3],
                Part = job[0],
                Mobile = Text($"1{30 + (index / 10_000 % 70)} {1 + (index / 700_000):D4} {index % 10_000:D4}"),
                Email = Text($"{name.Latin.Replace(' ', '.')}{index}@c{account}.example"),
                WeChat = dice.Chance(70) ? Text($"{name.Latin.Replace(' ', '_')}{index}") : null,
                Priority = dice.Of<string>(["High", "Medium", "Low"]),
                Rating = dice.Of<string>(["Hot", "Warm", "Cold"]),
                Lifecycle = dice.Of(Lifecycles),
                Source = dice.Of<string>(["Referral", "Cold", "Inbound", "Event", "CardScan", "Import", "WebForm", "Campaign"]),
                Stage = dice.Of(Stages),
                BudgetAuthority = dice.Of<string>(["None", "Limited", "Significant", "Full"]),
                IsDecisionMaker = job[0] == "boss",
                Gender = name.Gender,
                BirthYear = dice.Chance(60) ? dice.Between(1962, 2003) : null,
                City = dice.Of(Cities),
                CreatedAt = Past(now, dice, 300, 600),
            };
        }
    }

    /// <summary>Spread evenly over the contacts, each contact's in order of time, none more than 300 days old.</summary>
    public static IEnumerable<DemoInteraction> Interactions(int count, int contacts, DateTimeOffset now, int seed = 7)
    {
        var dice = Dice.For(seed, "bulk interactions");
        var facts = Industries.Select(key => Facts(DemoTexts.Industries[key]["zh"])).ToArray();
        var types = Enum.GetValues<InteractionType>();
        var rounds = Math.Max(1, (count + contacts - 1) / contacts);
        for (var index = 0; index < count; index++)
        {
            var (round, contact) = Math.DivRem(index, contacts);
            var account = contact / PeoplePerAccount;
            var fact = facts[account % facts.Length];
            var at = now.AddDays(-300.0 * (rounds - round) / rounds).AddMinutes(dice.Below(300 * 1440 / rounds));
            var words = PhraseFill.Fill(dice.Of(PhraseBook.Chinese[dice.Of(Beats)]), slot => fact.GetValueOrDefault(slot) ?? Number(dice), dice);
            yield return new DemoInteraction
            {
                Key = Text($"bulk-i{index}"),
                AccountKey = AccountKey(account),
                ContactKey = ContactKey(contact),
                UserKey = Reps[account % Reps.Length],
                Type = dice.Of(types),
                Direction = dice.Chance(50) ? InteractionDirection.Inbound : InteractionDirection.Outbound,
                Outcome = dice.Chance(80) ? InteractionOutcome.Successful : InteractionOutcome.Pending,
                Sentiment = (Sentiment)dice.Below(3),
                Subject = "跟进",
                Content = words,
                Language = "zh",
                At = DemoCalendar.Local(at),
                Stage = dice.Of(Stages),
            };
        }
    }

    private static Dictionary<string, string> Facts(IndustryText industry) => new()
    {
        ["c"] = "对方",
        ["boss"] = "老板",
        ["tech"] = "质量部",
        ["buyer"] = "采购",
        ["co"] = "对方公司",
        ["rival"] = "别家",
        ["dept"] = "前台",
        ["hall"] = "展会",
        ["ref"] = "老客户",
        ["ind"] = industry.Name,
        ["prod"] = industry.Prod,
        ["sys"] = industry.Sys[0],
        ["line"] = industry.Lines[0],
        ["part"] = industry.Parts[0],
        ["defect"] = industry.Defects[0],
        ["defect2"] = industry.Defects[1],
        ["pain"] = industry.Pains[0],
        ["pain2"] = industry.Pains[1],
        ["loss"] = industry.Losses[0],
        ["today"] = industry.Today[0],
        ["fu"] = "下周",
        ["expiry"] = "年底",
        ["more"] = "两",
        ["caught"] = "三",
        ["quarter"] = "下季度",
        ["plan"] = "标准版",
        ["budget"] = "五十万左右",
        ["amt"] = "58万",
        ["amt2"] = "54万",
        ["cut"] = "三万",
        ["deposit"] = "三成",
        ["rep"] = "销售",
        ["city"] = "本地",
        ["interest"] = "爬山",
        ["rate"] = "99%",
        ["fp"] = "1%",
        ["base"] = "93%",
    };

    private static string Number(Dice dice) => dice.Between(2, 12).ToString(CultureInfo.InvariantCulture);

    private static string AccountKey(int index) => Text($"bulk-a{index}");

    private static string ContactKey(int index) => Text($"bulk-c{index}");

    private static DateTimeOffset Past(DateTimeOffset now, Dice dice, int fewest, int most) => now.AddMinutes(-dice.Between(fewest * 1440, most * 1440));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
