using System.Globalization;
using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>What an invented register says of invented companies, chosen over the past weeks; and two people's names that somebody confirmed. The source calls itself demo data.</summary>
internal sealed class DemoRegistry(IDbContextFactory<AppDbContext> contexts, DateTimeOffset now)
{
    private const string Source = "demo";

    private static readonly RiskEvent Hearing = new(RiskScope.Own, "开庭公告", 4, RiskWeight.Info), Verdict = new(RiskScope.Own, "裁判文书", 7, RiskWeight.Info), Unusual = new(RiskScope.Own, "经营异常", 1, RiskWeight.Warning),
        Enforced = new(RiskScope.Own, "被执行人", 2, RiskWeight.High), Dishonest = new(RiskScope.Own, "失信被执行人", 1, RiskWeight.High), Holder = new(RiskScope.Around, "股东被限制消费", 1, RiskWeight.Warning), Past = new(RiskScope.Past, "历史立案信息", 3, RiskWeight.Info),
        Change = new(RiskScope.Notice, "主要人员变更", 2, RiskWeight.Info);

    // Invented, so nobody was asked: there are no runs of it in the ledger.
    // Days since the source was asked, whether the registered name is another one, how it stands, what speaks against it. The first is a company that the newcomer meets at once.
    private static readonly (int DaysAgo, bool IsRenamed, string Status, RiskEvent[] Events)[] Cases =
    [
        (3, false, "存续", [Hearing, Past, Change]), (11, false, "存续", [Hearing, Unusual, Holder]), (46, false, "存续", [Past]), (19, true, "存续", [Change]), (6, false, "存续", [Verdict, Enforced, Dishonest, Holder, Past]), (25, false, "存续", []),
        (14, false, "清算", [Verdict, Enforced]), (8, false, "存续", [Hearing]),
    ];

    public async Task RunAsync(DemoData story, IReadOnlyDictionary<string, User> people, IReadOnlyDictionary<string, Account> accounts, IReadOnlyDictionary<string, Contact> contacts, CancellationToken ct)
    {
        var dice = Dice.For(17, "registry");
        var known = story.Accounts.Where(a => a.Language == "zh" && a.Name.EndsWith("公司", StringComparison.Ordinal) && accounts[a.Key].DeletedAt is null).OrderByDescending(a => a.PrimaryContactKey is not null).ThenBy(a => a.Class, StringComparer.Ordinal).ToList();
        // One after the other of the three reps', so that each meets several.
        var taken = known.GroupBy(a => a.OwnerKey).SelectMany(g => g.Select((a, i) => (Account: a, Turn: i))).OrderBy(x => x.Turn).ThenByDescending(x => x.Account.OwnerKey, StringComparer.Ordinal).Select(x => x.Account).Take(Cases.Length).ToList();
        foreach (var (from, (daysAgo, isRenamed, status, events)) in taken.Zip(Cases))
        {
            var at = now.AddDays(-daysAgo).AddMinutes(-daysAgo * 53).UtcDateTime;
            var facts = FactsOf(from, isRenamed, status, story.Contacts.FirstOrDefault(c => c.AccountKey == from.Key && c.Part == "boss")?.Name, dice);
            var entry = new RegistryEntry
            {
                Id = accounts[from.Key].Id, Source = Source, SourceId = $"demo-{from.Key}", PickedBy = people[from.OwnerKey].Id, PickedAt = at, CheckedAt = at, Facts = facts, Risk = RiskRules.Of(events),
                Officers = [new(facts.LegalRepresentative!, ["董事长", "总经理"]), new("云知远", ["董事"]), new("苗筱宁", ["监事"])],
                Verification = daysAgo < 20 ? new(from.Name, !isRenamed, at.AddMinutes(2)) : null,
            };
            await SaveAsync(db => db.Add(entry), "registry.pick", people[from.OwnerKey], at, ct);
        }
        foreach (var (from, index) in story.Contacts.Where(c => c.Part == "boss" && taken.Any(a => a.Key == c.AccountKey) && contacts[c.Key].DeletedAt is null).Take(2).Select((c, i) => (c, i)))
        {
            var at = now.AddDays(-4 - index * 9).UtcDateTime;
            var company = accounts[from.AccountKey].Name;
            var page = new PersonCandidate($"demo-{from.Key}", $"{company}{from.Title}{from.Name}：把质量做在产线上", $"日前，{company}{from.Title}{from.Name}在行业论坛上介绍了公司的质量改进做法，并谈到今年在检测上的投入计划。", "https://news.example/forum/" + from.Key, "行业论坛（演示）", DateOnly.FromDateTime(at).AddDays(-60));
            await SaveAsync(db => db.Add(new NameConfirmation { Id = contacts[from.Key].Id, Source = Source, Page = page, RetrievedAt = at, PickedBy = people[from.OwnerKey].Id, PickedAt = at }), "name.confirm", people[from.OwnerKey], at, ct);
        }
    }

    private static CompanyFacts FactsOf(DemoAccount from, bool isRenamed, string status, string? boss, Dice dice)
    {
        var capital = from.Size switch { "Small" => 200, "Medium" => 1_200, "Large" => 8_000, _ => 36_000 } + dice.Below(40) * 10;
        var founded = new DateOnly(2026 - dice.Between(6, 24), dice.Between(1, 12), dice.Between(1, 28));
        return new()
        {
            // Nothing that a real register would hold: its letters tell.
            Name = isRenamed ? $"{from.City}{from.Name}" : from.Name, FormerNames = isRenamed ? [from.Name] : [], CreditCode = $"91DEMO{dice.Between(100_000, 999_999)}{dice.Between(100_000, 999_999)}",
            Form = capital > 20_000 ? "股份有限公司(非上市)" : "有限责任公司(自然人投资或控股)", Status = CompanyStatuses.Of(status), StatusText = status, LegalRepresentative = boss ?? "祁望舒",
            Capital = string.Create(CultureInfo.InvariantCulture, $"{capital}万人民币"), Founded = founded, Industry = ["制造业", from.Industry], Scope = [$"{from.Industry}产品的研发、生产、销售", "货物进出口", "技术服务、技术咨询"],
            Address = from.Address, City = from.City, Staff = from.Size switch { "Small" => "少于50人", "Medium" => "100-499人", "Large" => "500-999人", _ => "5000-9999人" }, Insured = from.Employees is { } staff ? staff * 9 / 10 : null, Authority = $"{from.City}市场监督管理局（演示）",
        };
    }

    private async Task SaveAsync(Action<AppDbContext> change, string command, User by, DateTime at, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        change(db);
        db.Begin(command, new(by.Id, by.Name, by.Role, by.TeamId, [], by.Language, by.TimeZone, ChangeOrigin.Page), at);
        await db.SaveChangesAsync(ct);
    }
}
