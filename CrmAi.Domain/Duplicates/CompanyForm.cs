using System.Text.RegularExpressions;

namespace CrmAi.Domain.Duplicates;

public enum CompanyRelation { Unknown, Different, Close, Same }

/// <summary>A company's name as it is compared: what kind of company it is, is set aside; where a branch sits, is kept.</summary>
public sealed partial record CompanyForm
{
    private static readonly string[] Kinds = ["股份有限公司", "有限责任公司", "集团有限公司", "控股有限公司", "有限公司", "责任公司", "股份公司", "集团公司", "控股集团", "公司", "集团", "股份"];
    private static readonly HashSet<string> LatinKinds = ["co", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "llc", "llp", "plc", "gmbh", "ag", "bv", "company", "the", "pte", "sa", "srl"];

    private static readonly string[] Places =
    [
        "北京市", "上海市", "天津市", "重庆市", "广东省", "浙江省", "江苏省", "山东省", "四川省", "湖北省", "湖南省", "福建省", "河南省", "河北省", "安徽省", "陕西省", "辽宁省", "江西省", "中国", "北京", "上海", "天津", "重庆", "广州", "深圳", "杭州", "苏州", "南京", "成都", "武汉",
        "西安", "宁波", "青岛", "无锡", "长沙", "郑州", "东莞", "佛山", "合肥", "厦门", "福州", "济南", "大连", "沈阳", "常州", "昆山", "温州", "南通", "嘉兴", "珠海", "惠州", "中山", "泉州", "昆明", "南昌", "贵阳", "太原", "石家庄", "长春", "哈尔滨", "香港", "台湾", "广东", "浙江",
        "江苏", "山东", "四川", "湖北", "湖南", "福建", "河南", "河北", "安徽", "陕西", "辽宁", "江西", "海南", "云南", "贵州", "广西", "山西", "吉林", "黑龙江",
    ];

    /// <summary>Folded, without its kind; with the place of a branch.</summary>
    public string Core { get; private init; } = "";

    /// <summary>The core without places: the same for all branches.</summary>
    public string Brand { get; private init; } = "";

    /// <summary>The place in the name, without what kind of place it is; null for none, and for the whole country.</summary>
    public string? Place { get; private init; }

    public static CompanyForm? Of(string? text)
    {
        var folded = Characters.Fold(text);
        if (folded.Length == 0) return null;
        string core;
        if (folded.Any(Characters.IsHan))
        {
            core = new string([.. folded.Where(char.IsLetterOrDigit)]);
            for (var cut = true; cut;)
            {
                cut = false;
                // "分公司" names a branch and goes with it.
                foreach (var kind in (IEnumerable<string>)["分公司", .. Kinds])
                {
                    var at = core.LastIndexOf(kind, StringComparison.Ordinal);
                    if (at <= 0 || core.Length - kind.Length < 2) continue;
                    (core, cut) = (core.Remove(at, kind.Length), true);
                    break;
                }
            }
        }
        else
        {
            var words = Separators().Split(folded).Where(w => w.Length > 0).ToList();
            var kept = words.Where(w => !LatinKinds.Contains(w)).ToList();
            core = string.Concat(kept.Count > 0 ? kept : words);
        }
        if (core.Length == 0) return null;
        var (brand, place) = BrandOf(core);
        return new() { Core = core, Brand = brand, Place = place };
    }

    public static CompanyRelation Between(CompanyForm? a, CompanyForm? b)
    {
        if (a is null || b is null) return CompanyRelation.Unknown;
        if (a.Core == b.Core) return CompanyRelation.Same;
        // Two branches of one house are two companies; one may write its place before the name or behind it.
        if (a.Brand == b.Brand && a.Place is not null && a.Place == b.Place) return CompanyRelation.Same;
        var (shorter, longer) = a.Core.Length <= b.Core.Length ? (a.Core, b.Core) : (b.Core, a.Core);
        var least = shorter.Any(Characters.IsHan) ? 2 : 5;
        if (shorter.Length >= least && longer.Contains(shorter, StringComparison.Ordinal)) return CompanyRelation.Close;
        if (a.Brand == b.Brand && (a.Brand == a.Core || b.Brand == b.Core)) return CompanyRelation.Close;
        if (shorter.Length >= least + 3 && TextChanges.Between(shorter, longer, 1) == 1) return CompanyRelation.Close;
        return CompanyRelation.Different;
    }

    /// <summary>What companies are looked for together by: how the brand begins.</summary>
    public string Beginning => Brand.Length > 0 && Characters.IsHan(Brand[0]) ? Brand[..Math.Min(2, Brand.Length)] : Brand[..Math.Min(5, Brand.Length)];

    private static (string Brand, string? Place) BrandOf(string core)
    {
        var (brand, found) = (core, (string?)null);
        foreach (var place in Places)
        {
            if (brand.StartsWith(place, StringComparison.Ordinal) && brand.Length - place.Length >= 2) { (brand, found) = (brand[place.Length..], place); break; }
        }
        foreach (var place in Places)
        {
            var at = brand.IndexOf(place, StringComparison.Ordinal);
            if (at > 1) { (brand, found) = (brand.Remove(at, place.Length), found ?? place); break; }
        }
        return brand.Length == 0 ? (core, null) : (brand, PlaceOf(found));
    }

    /// <summary>A city or province as it is compared: "上海市" is 上海.</summary>
    public static string? PlaceOf(string? text) => Characters.Fold(text).TrimEnd('市', '省') is { Length: > 0 } place && place != "中国" ? place : null;

    [GeneratedRegex(@"[^\p{L}\p{N}]+", RegexOptions.NonBacktracking)]
    private static partial Regex Separators();
}
