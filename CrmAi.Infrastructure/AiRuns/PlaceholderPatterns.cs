using System.Text.RegularExpressions;
using CrmAi.Domain.AiRuns;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>What must not leave: the forms of numbers and addresses, and the forms in which a known name is written.</summary>
internal static partial class PlaceholderPatterns
{
    /// <summary>In the order in which they are tried; "keep" holds what looks like a number of somebody's and is a date or an amount.</summary>
    public const string Fixed =
        @"(?<sign>[⟦⟧])" +
        @"|(?<mail>(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]+[@＠][A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*)" +
        @"|(?<url>(?:(?<![A-Za-z0-9+.\-])[A-Za-z][A-Za-z0-9+.\-]*://|www\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+|(?<![A-Za-z0-9.\-])(?:[A-Za-z0-9\-]+\.)+(?:com|cn|net|org|io|ai|co|dev|app|top|xyz|info|biz|me|cc|vip|site|example|test|invalid)(?![A-Za-z0-9\-])(?:[/:?][A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]*)?)" +
        @"|(?<number>(?<![0-9A-Za-z])[0-9A-Fa-f]{8}-?(?:[0-9A-Fa-f]{4}-?){3}[0-9A-Fa-f]{12}(?![0-9A-Za-z])|(?<![0-9A-Za-z])(?=(?:[A-Za-z]*[0-9]){8})[0-9A-Z]{15,34}(?![0-9A-Za-z]))" +
        @"|(?<keep>(?<!\d)(?:19|20)\d\d[-/.年] ?(?:1[0-2]|0?[1-9])[-/.月] ?(?:3[01]|[12]\d|0?[1-9])(?!\d)" +
        @"|(?:[¥￥$€£] ?|(?:rmb|cny|usd|人民币) ?|(?<=(?:预算|报价|总价|单价|价格|金额|合同额|budget|price|total|quote)[^\d\n]{0,8}))(?!0|1[3-9]\d{9}(?!\d)|\d{11})\d[\d,]*(?:\.\d{1,2}(?!\d))?" +
        @"|(?<![\d.\-])(?!0|1[3-9]\d{9}(?!\d)|\d{11})\d[\d,]*(?:\.\d{1,2}(?!\d))? ?(?:元|块|万|千|百|亿|人民币|美元|美金|欧元|rmb|cny|usd|yuan|dollars?))" +
        @"|(?<wechat>(?=[A-Za-z0-9])(?:wxid_[A-Za-z0-9_\-]+|(?<=(?:微信号?|weixin|wechat(?: ?id)?|[vw]x|QQ号?)(?: ?(?:是|为|is|[:：]|号) ?[:：]? ?))[A-Za-z0-9][\-_A-Za-z0-9]{4,29}|(?<=(?:微信|wechat|[vw]x|QQ) ?)(?=[A-Za-z\-_]*[0-9_])[A-Za-z][\-_A-Za-z0-9]{5,19}))" +
        @"|(?<phone>[+＋]?\d(?:(?:[-.·－—]|[)）]? ?[(（\-]?)?\d){6,}[Xx]?|[零〇一二三四五六七八九幺]{7,})";

    private const string Titles = "总|董|经理|主任|部长|工(?![作程业厂人具])|老师|先生|女士|小姐|处长?|科长|院长|校长|主管|总监|博士|教授|会计|律师|秘书|姐|哥";

    // What a copied chat calls the two sides; no name.
    private static readonly HashSet<string> Labels = new(StringComparer.OrdinalIgnoreCase)
    {
        "客户", "对方", "我", "我方", "我们", "销售", "甲方", "乙方", "用户", "客服", "买家", "卖家", "联系人", "customer", "client", "me", "us", "rep", "sales", "seller", "buyer", "agent", "vendor", "contact", "user", "assistant", "system",
    };

    private static readonly string[] CompanyEnds = ["股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "集团公司", "集团", "公司", "Co., Ltd.", "Co., Ltd", "Co.,Ltd.", "Ltd.", "Ltd", "Inc.", "Inc", "GmbH", "LLC", "Corporation", "Corp.", "Corp", "Company", "Group"];
    private static readonly string[] Trades = ["精密制造", "智能制造", "信息技术", "网络科技", "电子商务", "新能源", "新材料", "生物科技", "科技", "技术", "制造", "电子", "机械", "软件", "医药", "物流", "贸易", "实业", "教育", "食品", "能源", "材料", "化工", "汽车", "建设", "咨询", "传媒", "零售", "服务"];
    private static readonly string[] Places = ["北京", "上海", "天津", "重庆", "广州", "深圳", "杭州", "南京", "苏州", "无锡", "常州", "宁波", "温州", "嘉兴", "合肥", "福州", "厦门", "泉州", "青岛", "济南", "烟台", "郑州", "武汉", "长沙", "成都", "西安", "沈阳", "大连", "长春", "哈尔滨", "石家庄", "太原", "南昌", "昆明", "贵阳", "南宁", "海口", "东莞", "佛山", "珠海", "中山", "惠州", "江苏", "浙江", "广东", "山东", "福建", "安徽", "湖北", "湖南", "四川", "河南", "河北", "中国"];

    /// <summary>Whether a text holds an address or a number of somebody's.</summary>
    public static bool HoldsAddress(string text) => Addresses().Matches(text).Any(m => !m.Groups["keep"].Success && !m.Groups["sign"].Success);

    /// <summary>The forms in which the name is written, with their patterns.</summary>
    public static IEnumerable<(string Form, string Pattern)> FormsOf(KnownName known)
    {
        var name = known.Name.Trim();
        if (name.Length < 2 || Labels.Contains(name)) return [];
        return (known.Role switch { NameRole.Company => CompanyForms(name), NameRole.Channel => [name], _ => PersonForms(name) }).Distinct().Select(f => (f, Pattern(f)));
    }

    /// <summary>The surname where the name is a Chinese one: 李 in 李总 and 老李 is somebody's, wherever else it is a word.</summary>
    public static string? SurnameOf(KnownName known) => known.Role is not (NameRole.Company or NameRole.Channel) && known.Name.Trim() is { Length: >= 2 and <= 4 } name && name.All(IsHan) && !Labels.Contains(name) ? (name.Length == 4 ? name[..2] : name[..1]) : null;

    public static string SurnamePattern(IEnumerable<string> surnames)
    {
        var any = string.Join('|', surnames.Distinct().OrderByDescending(s => s.Length).Select(Regex.Escape));
        return $"(?:{any})(?= ?(?:{Titles}))|(?<=[老小阿])(?:{any})";
    }

    private static IEnumerable<string> PersonForms(string name)
    {
        yield return name;
        if (name.All(IsHan))
        {
            if (name.Length is 3 or 4) yield return name[^2..];
            yield break;
        }
        foreach (var part in name.Split([' ', '·', '.', ',', '-'], StringSplitOptions.RemoveEmptyEntries).Where(p => p.Length > 2 || (p.Length == 2 && p.All(IsHan)))) yield return part;
    }

    private static IEnumerable<string> CompanyForms(string name)
    {
        yield return name;
        var core = CompanyEnds.FirstOrDefault(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)) is { } end ? name[..^end.Length].TrimEnd(' ', ',') : name;
        if (core.Length >= 2) yield return core;
        var place = Places.FirstOrDefault(p => core.StartsWith(p, StringComparison.Ordinal) && core.Length >= p.Length + 2);
        if (place is not null) yield return core = core[place.Length..].TrimStart('市', '省');
        var trade = Trades.FirstOrDefault(t => core.EndsWith(t, StringComparison.Ordinal) && core.Length >= t.Length + 2);
        if (trade is not null) yield return core[..^trade.Length];
    }

    // Han names may be spaced out; others stand as words, with a capital where they are but a part.
    private static string Pattern(string form)
    {
        if (form.All(IsHan)) return string.Join("[ \\u3000]?", form.Select(c => c.ToString()));
        var words = string.Join("\\s+", form.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape));
        var bounded = $"{(char.IsAsciiLetterOrDigit(form[0]) ? "(?<![A-Za-z0-9])" : "")}{words}{(char.IsAsciiLetterOrDigit(form[^1]) ? "(?![A-Za-z0-9])" : "")}";
        return form.Contains(' ', StringComparison.Ordinal) ? $"(?i:{bounded})" : $"(?:{bounded}|{bounded.Replace(words, Regex.Escape(form.ToUpperInvariant()), StringComparison.Ordinal)})";
    }

    /// <summary>The fixed forms in texts of any length.</summary>
    [GeneratedRegex(Fixed, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 60_000)]
    public static partial Regex FixedForms();

    private static bool IsHan(char c) => c is >= '\u4E00' and <= '\u9FFF' or >= '\u3400' and <= '\u4DBF';

    [GeneratedRegex(Fixed, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 5000)]
    private static partial Regex Addresses();
}
