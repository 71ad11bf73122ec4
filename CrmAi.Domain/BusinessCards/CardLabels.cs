using System.Text.RegularExpressions;

namespace CrmAi.Domain.BusinessCards;

/// <summary>What a printed label announces. <see cref="Other"/> is something that no field keeps: a postal code, a QQ number, a tax number.</summary>
public enum CardLabel { Mobile, Tel, Fax, Email, Website, Address, WeChat, Other }

/// <param name="Start">Of the label, in characters; its value begins at <paramref name="End"/>.</param>
public readonly record struct FoundLabel(CardLabel Label, int Start, int End);

/// <summary>Labels as cards in Chinese and English print them.</summary>
public static partial class CardLabels
{
    private static readonly (string Group, CardLabel Label)[] Groups =
        [("mobile", CardLabel.Mobile), ("tel", CardLabel.Tel), ("fax", CardLabel.Fax), ("email", CardLabel.Email), ("web", CardLabel.Website), ("address", CardLabel.Address), ("wechat", CardLabel.WeChat), ("other", CardLabel.Other)];

    /// <summary>In order of their places. A single letter is one only where the right kind of value follows it.</summary>
    /// <param name="text">One line, narrow (<see cref="Widths"/>).</param>
    public static IReadOnlyList<FoundLabel> In(string text)
    {
        var found = new List<FoundLabel>();
        foreach (Match match in Words().Matches(text).Concat(Letters().Matches(text)))
        {
            var (_, label) = Groups.First(g => match.Groups[g.Group].Success);
            var hit = new FoundLabel(label, match.Index, match.Index + match.Length);
            if (!found.Any(f => f.Start < hit.End && hit.Start < f.End)) found.Add(hit);
        }
        return [.. found.OrderBy(f => f.Start)];
    }

    // The first character of 微信 is often read as 徽; letters of a Chinese label may stand apart.
    [GeneratedRegex("""
        (?<![A-Za-z0-9@._-])(?:
          (?<mobile>手\s*机(?:号码?)?|移\s*动(?:电\s*话)|mobile(?:\s?(?:phone|no\.?))?|mob|cell(?:\s?phone)?)
        | (?<fax>传\s*真|fax)
        | (?<tel>(?:办公|固定|联系|公司)?电\s*话|座\s*机|固\s*话|直\s*线|总\s*机|(?:服务|客服)?热\s*线|tele?phone|tel|phone|direct|office)
        | (?<email>电子邮[箱件]|邮\s*箱|邮\s*件|e\s?-?\s?mail|mail)
        | (?<web>(?:公司)?网\s*[址站]|官\s*网|主\s*页|web(?:\s?site)?|https?(?!:?/{1,2})|homepage|url)
        | (?<address>(?:公司|办公|联系|通讯)?地\s*址|address|addr?)
        | (?<wechat>[微徽]\s*信\s*(?:号码?|ID)?|we\s?chat(?:\s?(?:id|no\.?))?|wx)
        | (?<other>邮\s*编|邮政编码|(?:企业)?QQ|公众号|税\s*号|账\s*号|开户行|zip|post\s?code|skype|whats\s?app|linked\s?in)
        )(?:\s*[:;.|/]+\s*|\s+|\s*$|(?=[\u4e00-\u9fff\d+(])|(?<=[\u4e00-\u9fff])(?=[A-Za-z\d+(_]))
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex("""
        (?:(?<=^\W{0,2})|(?<=[\s|/]))(?:
          (?:(?<mobile>[MC](?:\s?P)?)|(?<tel>[TPDO])|(?<fax>F))\s*[:;.|]{0,2}\s*(?=[+(\d][\d\s()+.-]{6})
        | (?<email>E)(?:\s*[:;|]+\s*|\s*\.?\s+)(?=\S+(?:\s?[@©®]|\S*\.[A-Za-z]{2})) | (?<web>[WH])(?:\s*[:;|]+\s*|\s*\.?\s+)(?=\S+\.\S)
        | (?<address>A)(?:\s*[:;.|]+\s*|\s+(?=\d|(?:Room|Rm|Unit|Suite|Floor|No)\b|[A-Z]\w+[^,]*\d[^,]*,)|\s*(?=[\u4e00-\u9fff])(?!\s*[座栋幢区馆楼号塔]))
        )
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Letters();
}
