using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CrmAi.Infrastructure.Scripts;

/// <summary>What words say that nobody may put into a person's mouth: looked for in folded text (NFKC, lower case).</summary>
internal static partial class ScriptGuards
{
    /// <summary>As it is compared: one form for full-width and half-width, capitals and small letters.</summary>
    public static string Fold(string text) => text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    /// <summary>Control characters, what turns the direction of writing or is not seen, private characters.</summary>
    public static bool HasHidden(string text) => text.EnumerateRunes().Any(r => r == Rune.ReplacementChar || Rune.GetUnicodeCategory(r) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);

    /// <summary>Markup, and places that somebody was to fill in.</summary>
    [GeneratedRegex(@"[⟦⟧{}<>\[\]【】|`*_#~=\\^]|x{2,}|×{2,}|某某|(?:your|customer|contact|company|product) name\b|\bn/a\b|\btbd\b|待定内容|姓名|公司名", RegexOptions.CultureInvariant)]
    public static partial Regex Leftover();

    /// <summary>Ways to lead somebody elsewhere, also written so that no link is seen.</summary>
    [GeneratedRegex(@"链接|网址|网站|扫码|二维码|点击|官网|附上|\blinks?\b|\burl|\bwebsite|qr code|\bclick|http|hxxp|www|[@＠]|(?:点|\bdot\b|[.。]) ?(?:com|cn|net|org|io|top|xyz|cc|vip|site|info)(?![a-z])|[a-z0-9-]+\.[a-z]{2,}|微信号|加(?:我|个)?微信|加qq|电话号|手机号|账号|账户|卡号|汇款|转账|打款到|\biban|\baccount number|\bbank|\bwechat id|\bphone number|\bwire\b|\btransfer\b", RegexOptions.CultureInvariant)]
    public static partial Regex Elsewhere();

    /// <summary>Figures, written in whatever way; a Chinese one alone ("一下", "一步") is none.</summary>
    [GeneratedRegex(@"\d+(?:[.,:/\-]\d+)*%?|[¥$€£]|百分之|(?:[零〇一二两三四五六七八九十百千]+[万亿]+[零〇一二两三四五六七八九十百千万亿]*|[零〇一二两三四五六七八九十百千]{2,}(?=[^感分足]|$)|[二两三四五六七八九半](?=个|年|月|天|日|号|周|星期|小时|分钟|点|分之|折|成|倍|元|块|台|套|人|家|期|页|单|名|位|次|款|条|项|季|把|份)|一(?=折|成|倍|万|亿|千|百|半))|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|half|halve|double|twice|triple|dozens?|percent|per cent)\b", RegexOptions.CultureInvariant)]
    public static partial Regex Figure();

    /// <summary>Days that no calendar names.</summary>
    [GeneratedRegex(@"(?:本|这|下|上)(?:个)?(?:周|星期|礼拜|月|季度|年度)|周末|月初|月底|月末|年底|年前|年后|季末|明年|今年|去年|\b(?:this|next|last) (?:week|month|quarter|year)\b|\bweekend|\bend of (?:the )?(?:week|month|quarter|year)|\btonight\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|april|june|july|august|september|october|november|december)\b", RegexOptions.CultureInvariant)]
    public static partial Regex VagueDay();

    /// <summary>Concessions on the price, and promises that would bind the company.</summary>
    [GeneratedRegex(@"打[个点一下些]{0,3}折|[\d一二三四五六七八九半]折|折扣|优惠|降价|降低价格|涨价|提价|上调|让利|便宜|免费|免单|免掉|减免|赠送|白送|送您|送你|返点|返利|返现|回扣|佣金|最低价|底价|特价|成本价|打包价|退款|退货|包退|赔偿|赔付|补偿|保证|承诺|担保|无条件|代金券|抵扣|\bdiscount|\d ?% ?off|percent off|\bhalf price|\bfree\b(?! to)|\bfor free|\brebate|\brefund|\bcash ?back|\bguarantee|\bpromise|\blowest price|\bbest price|\bspecial price|\bspecial offer|\bwaive|\bcomplimentary|\bvoucher|\bcoupon|\bbonus|\bcompensat|\bcheaper|\bprice (?:cut|rise|increase)|\braise (?:the |our )?price|\b(?:cut|lower|reduce|drop) (?:the |our |your )?price|\bcommission|\bkickback|\bno charge|\bon us\b|\bat no cost", RegexOptions.CultureInvariant)]
    public static partial Regex Concession();

    /// <summary>Facts that are true or not: they need words that say so.</summary>
    [GeneratedRegex(@"已(?:经)?(?:付|支付|打款|签|批|审批|通过|确认|同意|下单|采购|发货|收到款|到账|成交|购买)|付款了|签了|赢单|百分百|绝对|永久|终身|\b(?:has|have|had|was|were|already|been) (?:\w+ )?(?:paid|signed|approved|agreed|bought|ordered|shipped|delivered)\b|\bwe (?:agreed|signed|paid)|\balways works|\b100 ?percent", RegexOptions.CultureInvariant)]
    public static partial Regex Fact();

    /// <summary>What one says of oneself and of others who buy.</summary>
    [GeneratedRegex(@"(?:行业|业内|全国|全球|市场|国内)第一|第一名|排名|唯一|最好的|最大的(?!是)|领先|上市|案例|其他客户|别的客户|同行都|认证|专利|获奖|\bcertified|\baward|\bnumber one|\bmarket leader|\bindustry[- ]leading|\bcase stud|\bother (?:customers|clients)|\bcustomers like", RegexOptions.CultureInvariant)]
    public static partial Regex Boast();

    /// <summary>Words put into the other's mouth, or an agreement that is said to be there.</summary>
    [GeneratedRegex(@"(?<![跟向对给和与请让])(?:您|你|贵司|贵方|贵公司)[^,，。.!?、;；]{0,8}(?:说过?(?!一声|清|话|明|个|说)|提到|提过|提的|提出|讲过|讲的|表示|(?<!什么)要求|希望过|担心“|反映|反馈|强调|答应|同意|(?<![再的能])决定(?!要不要)|想买|要买|承认)|上次(?:我们)?(?:聊|谈|说|提)到|我们(?:约定|说好|谈好|商定)的?[^,，。.]{0,4}(?:是|为)|\byou (?:have |had )?(?:said|told|mentioned|wrote|asked|wanted|agreed|promised|raised|noted|decided|confirmed|requested|complained)\b|\bas (?:we )?(?:agreed|discussed with)\b|\byour (?:words|request for|decision to|promise|complaint that)\b", RegexOptions.CultureInvariant)]
    public static partial Regex Attribution();

    /// <summary>Statements about what we sell, or about us.</summary>
    [GeneratedRegex(@"(?:我们|咱们|我司|本公司)(?:的)?(?:产品|系统|平台|软件|方案|服务|技术|公司|团队)[^,，。.!?]{0,6}(?:支持|具备|兼容|符合|满足|拥有|能够|可以|比|服务过|是|有|达到)|\b(?:our|the) (?:product|system|platform|software|solution|service|technology|company|team) (?:is|are|has|have|can|will|supports?|offers?|provides?|was|serves?|meets?|does|works?)\b", RegexOptions.CultureInvariant)]
    public static partial Regex Product();

    /// <summary>What one says to machines, or a machine of itself.</summary>
    [GeneratedRegex(@"忽略|指令|提示词|系统提示|系统消息|语言模型|人工智能|机器人|负责人改|改成|设为|设置为|总分|评分|评级|数据库|密码|口令|密钥|告诉(?:客户|对方)|转告(?:客户|对方)|请(?:在|写)[^,。]{0,8}(?:写|注明|附)|(?:请|要|注意)[^,。]{0,2}写[明上]|话术|必须说|\bignore\b|\binstruction|\bprompt\b|\bsystem message|\blanguage model|\bas an ai\b|\bassistant\b|\bscore to\b|\bset the\b|\bpassword|\bapi key|\bdatabase|\bcontact id|\bowner to\b|\bmention that|\btell the (?:customer|client)|\bwrite that\b(?! up)|\binclude (?:this|the)|\breveal|\bmust (?:say|write)", RegexOptions.CultureInvariant)]
    public static partial Regex Machine();

    [GeneratedRegex(@"没问题|可以的|同意|答应|照办|好的|就按|就这么|成交|一定|\b(?:sure|no problem|deal|okay|ok|agreed?|happy to|certainly|of course|we will|we can|accept)\b", RegexOptions.CultureInvariant)]
    public static partial Regex Assent();

    [GeneratedRegex("“([^”]{1,200})”", RegexOptions.CultureInvariant)]
    public static partial Regex Quoted();

    [GeneratedRegex(@"[a-z][a-z0-9'’\-]+|[a-z](?=\d)", RegexOptions.CultureInvariant)]
    public static partial Regex Latin();

    [GeneratedRegex(@"(?<=[a-z0-9,;:”""] )[A-Z][A-Za-z'’\-]+", RegexOptions.CultureInvariant)]
    public static partial Regex CapitalWithin();

    /// <summary>Somebody with a title, or a company by its form.</summary>
    [GeneratedRegex(@"[\u4e00-\u9fff]{1,3}(?=总(?![的是之体共结监裁])|总监|总裁|经理|主任|部长|处长|科长|厂长|院长|董事长|老师|先生|女士|小姐|工程师)|[\u4e00-\u9fff]{2,6}(?=有限公司|股份|集团|科技公司)", RegexOptions.CultureInvariant)]
    public static partial Regex Titled();

    /// <summary>As long a run of the same characters is said by one of the two, and repeated by the other.</summary>
    public static bool Repeats(string text, string source)
    {
        var (said, from) = (Compact(text), Compact(source));
        var run = said.Any(IsHan) ? RunInChinese : Run;
        return Enumerable.Range(0, Math.Max(0, said.Length - run + 1)).Any(at => from.Contains(said.AsSpan(at, run), StringComparison.Ordinal));
    }

    public static string Compact(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    private const int RunInChinese = 12, Run = 28;

    public static bool IsHan(char c) => c is >= '\u4E00' and <= '\u9FFF' or >= '\u3400' and <= '\u4DBF';
}
