using CrmAi.Domain.Contacts;
using CrmAi.Domain.Exports;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;

namespace CrmAi.Tests.Exports;

internal static class ExportSamples
{
    public static Dictionary<string, string> Chinese { get; } = Words("Text.resx");

    public static Dictionary<string, string> English { get; } = Words("Text.en.resx");

    public static ContactEdit Full() => new()
    {
        Name = "张三", EnglishName = "Sam Zhang", Mobile = "+86 138 0000 6620", Phone = "021-58880000 转 802", Email = "zhang@xingchen.example", WeChat = "zhangsan_88", Company = "星辰科技", Title = "采购总监", Department = "采购部",
        Seniority = Seniority.Director, Priority = Priority.High, Lifecycle = Lifecycle.Prospect, Source = ContactSource.Event, Stage = DealStage.Negotiation, DealValueMinor = 123_456_78, Currency = "USD", DecisionMaker = true,
        BudgetAuthority = BudgetAuthority.Significant, BudgetMinor = 5_000_000, DecisionProcess = "先技术，\n后采购", CurrentSolutions = ["自研, 表格", "纸笔"], Competitors = ["甲软件"], Visibility = Visibility.Team,
        NextFollowUpAt = new(2026, 6, 1, 6, 30, 0, DateTimeKind.Utc), Notes = "第一行；要点, 和\n第二行", Personal = new() { Gender = Gender.Male, BirthYear = 1985, City = "上海", Interests = ["羽毛球"], Notes = "-两个孩子" },
        SocialProfiles = [new("LinkedIn", "zhangsan", "https://www.linkedin.com/in/zhangsan"), new("QQ", "10001", null)],
    };

    public static List<ExportColumn> Columns(ExportKind kind, Dictionary<string, string> words) => [.. ExportColumns.Of(kind).Select(t => new ExportColumn(new(t),
        words[(kind, t) switch { (ExportKind.Accounts, ImportTarget.Name) => "export.column.Company", (ExportKind.Interactions, ImportTarget.Owner) => "export.column.Author", _ => $"export.column.{t}" }]))];

    private static Dictionary<string, string> Words(string file) =>
        System.Xml.Linq.XDocument.Load(Path.Combine(Architecture.Sources.Root, "CrmAi.Web/Shared", file)).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);
}
