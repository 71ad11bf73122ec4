using System.Text.RegularExpressions;
using CrmAi.Domain.Contacts;

namespace CrmAi.Domain.Imports;

/// <summary>What cells look like, where a column's name says nothing.</summary>
internal static partial class CellForms
{
    private const double Most = 0.6;

    /// <summary>A target and how sure it is, 0.5 to 0.7; null where the cells look like nothing we know.</summary>
    public static (ImportTarget Target, double Confidence)? Of(ImportKind kind, IReadOnlyList<string> cells)
    {
        if (cells.Count == 0) return null;
        if (Share(ContactRules.IsEmail) >= Most) return kind == ImportKind.Accounts ? (ImportTarget.Description, 0.5) : (ImportTarget.Email, 0.7);
        if (Share(c => Mobile().IsMatch(c)) >= Most) return kind == ImportKind.Accounts ? (ImportTarget.Phone, 0.7) : (ImportTarget.Mobile, 0.7);
        if (Share(c => WeChat().IsMatch(c)) >= Most && kind != ImportKind.Accounts) return (ImportTarget.WeChat, 0.7);
        if (Share(c => Landline().IsMatch(c)) >= Most) return (ImportTarget.Phone, 0.6);
        if (Share(c => ContactRules.IsWebAddress(c) || c.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) >= Most) return kind == ImportKind.Accounts ? (ImportTarget.Website, 0.7) : null;
        if (Share(c => Company().IsMatch(c)) >= 0.5) return kind == ImportKind.Accounts ? (ImportTarget.Name, 0.7) : (ImportTarget.Company, 0.7);
        if (Share(c => c is "男" or "女" or "M" or "F" or "Male" or "Female") >= Most) return kind == ImportKind.Contacts ? (ImportTarget.Gender, 0.7) : null;
        if (kind == ImportKind.Interactions && Share(c => ImportChoices.Read(ImportTarget.Type, c) is not null) >= Most) return (ImportTarget.Type, 0.6);
        if (kind == ImportKind.Interactions && Share(c => c.Length >= 6 && ImportDates.OrdersOf(c).Count > 0) >= Most) return (ImportTarget.At, 0.6);
        if (kind == ImportKind.Contacts && Share(c => Title().IsMatch(c)) >= 0.5) return (ImportTarget.Title, 0.6);
        if (kind != ImportKind.Accounts && Share(c => HanName().IsMatch(c)) >= Most) return (ImportTarget.Name, 0.6);
        if (kind != ImportKind.Accounts && Share(c => LatinName().IsMatch(c)) >= 0.8) return (ImportTarget.Name, 0.5);
        return null;

        double Share(Func<string, bool> like) => (double)cells.Count(like) / cells.Count;
    }

    public static bool IsMobile(string text) => Mobile().IsMatch(ContactKeys.HalfWidth(text).Trim());

    [GeneratedRegex(@"^'?(?:(?:\+|00)?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}$")]
    private static partial Regex Mobile();

    [GeneratedRegex(@"^'?(?:\+\d{1,3}[\s-]?)?\(?0?\d{2,4}\)?[\s-]\d{3,4}[\s-]?\d{3,4}(?:[\s-转x]+\d{1,5})?$", RegexOptions.IgnoreCase)]
    private static partial Regex Landline();

    [GeneratedRegex(@"^wxid_\w+$", RegexOptions.IgnoreCase)]
    private static partial Regex WeChat();

    [GeneratedRegex(@"(公司|集团|有限|企业|工厂|中心|研究院|研究所|大学|医院|银行|事务所|合作社|\b(Inc|Ltd|LLC|Corp|GmbH|Co|PLC|Group|Holdings|Company|Limited)\b\.?)\s*\)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Company();

    [GeneratedRegex(@"(总经理|经理|总监|主管|工程师|总裁|董事长|主任|专员|顾问|助理|CEO|CTO|CFO|COO|VP|Manager|Director|Engineer|President|Officer|Head of .*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Title();

    [GeneratedRegex("^(?:公孙|东方|皇甫|尉迟|令狐|端木|南宫|长孙|宇文|轩辕|公羊|淳于|太史|申屠|百里|东郭|呼延|[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳史唐费薛雷贺倪汤滕殷罗毕郝安常乐于时傅皮齐康伍余元顾孟平黄穆萧尹姚邵汪毛戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季强贾路江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房解应宗丁宣邓单洪包左石崔吉龚程裴陆荣翁荀甄曲封储段焦巴谷车侯全秋仲伊宁仇甘武符刘景詹龙叶幸黎白蒲邰赖卓蔺屠池乔翟谭劳姬申冉桑桂牛寿边扈燕冀温庄晏柴瞿阎慕连习艾鱼容向古易廖耿满匡国文欧阳司马上官诸葛肖闫覃岳])[\u4e00-\u9fff·]{1,3}$")]
    private static partial Regex HanName();

    [GeneratedRegex(@"^\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]*){1,3}$")]
    private static partial Regex LatinName();
}
