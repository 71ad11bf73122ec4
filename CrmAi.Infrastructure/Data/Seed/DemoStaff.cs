namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>The seller's side: 明瞳视觉 (Mingtong Vision) sells machine-vision inspection and the quality software behind it.</summary>
internal static class DemoStaff
{
    public static IReadOnlyList<DemoTeam> Teams { get; } = [new("east", "华东"), new("south", "华南")];

    public static IReadOnlyList<DemoUser> Users { get; } =
    [
        new("wengu", "温故", "Victor Wen", "wen.gu@crmai.example", "Admin", null),
        new("gunanzhou", "顾南舟", "Nathan Gu", "gu.nanzhou@crmai.example", "Manager", "east"),
        new("lijingshu", "黎静姝", "Jane Li", "li.jingshu@crmai.example", "Manager", "south"),
        new("zhoulan", "周岚", "Lana Zhou", "zhou.lan@crmai.example", "SalesRep", "east"),
        new("fangyu", "方屿", "Felix Fang", "fang.yu@crmai.example", "SalesRep", "east"),
        new("qinlixia", "覃立夏", "Summer Qin", "qin.lixia@crmai.example", "SalesRep", "south"),
    ];

    private static readonly string[] FolderNames = ["重点跟进", "老客户维护", "展会名片", "待激活", "海外客户", "医院与院校", "报价与谈判", "初步接触", "续约与增购"];

    // By folder: the one it lies in.
    private static readonly Dictionary<string, string> Within = new() { ["报价与谈判"] = "重点跟进", ["初步接触"] = "重点跟进", ["续约与增购"] = "老客户维护" };

    public static IReadOnlyList<DemoFolder> Folders { get; } =
        [.. from user in Users where user.Role == "SalesRep" from index in Enumerable.Range(0, FolderNames.Length)
            select new DemoFolder($"{user.Key}-{index}", user.Key, FolderNames[index], index, Within.TryGetValue(FolderNames[index], out var parent) ? KeyOf(user.Key, parent) : null)];

    public static IReadOnlyList<DemoTag> Tags { get; } =
    [
        new("urgent", "本周必跟", "Priority", "#d13438"), new("nurture", "慢慢养", "Priority", "#8a8886"),
        new("champion", "内线", "Custom", "#8764b8"), new("price", "价格敏感", "Custom", "#ca5010"), new("technical", "懂技术", "Custom", "#038387"),
        new("rival", "竞品用户", "Custom", "#a4262c"), new("reference", "可做参考客户", "Custom", "#498205"),
        new("trial", "样件测试中", "Stage", "#0078d4"), new("contract", "合同在走", "Stage", "#107c10"), new("renewal", "续约窗口", "Stage", "#c19c00"),
        .. DemoTexts.Industries.Select(i => new DemoTag($"industry-{i.Key}", i.Value["zh"].Name, "Industry", "#005b70")),
    ];

    public static DemoUser User(string key) => Users.First(user => user.Key == key);

    public static string FolderFor(string owner, AccountText account, string source, Dice dice)
    {
        var name = account switch
        {
            { Language: "en" } => "海外客户",
            { Industry: "hospital" or "college" } => "医院与院校",
            { IsCustomer: true } => source is "Referral" or "Inbound" ? "续约与增购" : "老客户维护",
            { IsLost: true } => "待激活",
            _ => source is "Event" or "CardScan" && dice.Chance(60) ? "展会名片" : account.Stage switch
            {
                "Proposal" or "Negotiation" => "报价与谈判",
                "Prospecting" => "初步接触",
                _ => "重点跟进",
            },
        };
        return KeyOf(owner, name);
    }

    private static string KeyOf(string owner, string folder) => $"{owner}-{Array.IndexOf(FolderNames, folder)}";
}
