using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Imports;

/// <summary>Values of fields with a choice, by their names in Chinese and English and by what other programs call them.</summary>
public static class ImportChoices
{
    private static readonly Dictionary<ImportTarget, Dictionary<string, Enum>> Tables = new()
    {
        [ImportTarget.Seniority] = Table((Seniority.CLevel, "高管|c级|clevel|csuite|cxo|总裁|董事长|总经理|ceo|owner|founder|partner"), (Seniority.VicePresident, "副总|副总裁|副总经理|vicepresident|vp"), (Seniority.Director, "总监|director"),
            (Seniority.Manager, "经理|主管|manager"), (Seniority.Senior, "资深|高级|senior"), (Seniority.Staff, "员工|职员|staff|entry|employee|junior")),
        [ImportTarget.Priority] = Table((Priority.High, "高|重要|紧急|high|urgent|hot|a|1"), (Priority.Medium, "中|普通|一般|medium|normal|warm|b|2"), (Priority.Low, "低|low|cold|c|3")),
        [ImportTarget.Lifecycle] = Table((Lifecycle.Lead, "线索|lead|subscriber|marketingqualifiedlead|salesqualifiedlead|潜客"), (Lifecycle.Prospect, "潜在客户|意向客户|prospect|opportunity|evaluation"),
            (Lifecycle.Customer, "客户|成交客户|老客户|customer|client|evangelist|customerdirect|customerchannel"), (Lifecycle.Partner, "伙伴|合作伙伴|渠道|代理|partner|reseller|channelpartner|channelpartnerreseller|investor")),
        [ImportTarget.Source] = Table((ContactSource.Referral, "转介绍|介绍|推荐|referral|partner|wordofmouth|employeereferral|externalreferral|existingcustomer"), (ContactSource.Cold, "陌拜|陌生拜访|电销|cold|coldcall|purchasedlist"),
            (ContactSource.Inbound, "咨询|来电|主动咨询|inbound|call|phoneinquiry|organicsearch|directtraffic|email"), (ContactSource.Event, "活动|展会|会议|event|tradeshow|conference|seminar"), (ContactSource.CardScan, "名片|cardscan|businesscard"),
            (ContactSource.Import, "导入|import|offlinesources"), (ContactSource.WebForm, "表单|官网|网站|webform|web|website|webtolead|form"), (ContactSource.Campaign, "营销|广告|市场活动|campaign|advertisement|paidsearch|paidsocial|socialmedia|emailmarketing|publicrelations")),
        [ImportTarget.Stage] = Table((DealStage.Prospecting, "初步接触|接触|prospecting|prospect|new|appointmentscheduled"), (DealStage.Qualification, "资格确认|需求确认|qualification|qualified|qualifiedtobuy|needsanalysis|engaging"),
            (DealStage.Proposal, "方案报价|方案|报价|proposal|quote|presentationscheduled|proposalpricequote|valueproposition"), (DealStage.Negotiation, "谈判|商务谈判|合同|negotiation|negotiationreview|contractsent|decisionmakerboughtin"),
            (DealStage.ClosedWon, "赢单|成交|已成交|closedwon|won"), (DealStage.ClosedLost, "输单|丢单|流失|closedlost|lost")),
        [ImportTarget.BudgetAuthority] = Table((BudgetAuthority.None, "无|none|no"), (BudgetAuthority.Limited, "有限|limited|partial"), (BudgetAuthority.Significant, "较大|significant"), (BudgetAuthority.Full, "完全|full")),
        [ImportTarget.Visibility] = Table((Visibility.Private, "私有|仅自己|private"), (Visibility.Team, "团队|team"), (Visibility.Public, "公开|public|everyone")),
        [ImportTarget.Gender] = Table((Gender.Female, "女|女性|女士|小姐|f|female|woman"), (Gender.Male, "男|男性|先生|m|male|man"), (Gender.Other, "其他|其它|保密|other|o|n|u")),
        [ImportTarget.Class] = Table((AccountClass.A, "a|a类|a级|重点|hot"), (AccountClass.B, "b|b类|b级|普通|warm"), (AccountClass.C, "c|c类|c级|一般|cold")),
        [ImportTarget.Size] = Table((CompanySize.Small, "小型|小|small|s|微型"), (CompanySize.Medium, "中型|中|medium|m"), (CompanySize.Large, "大型|大|large|l"), (CompanySize.Enterprise, "集团|特大型|enterprise|xl")),
        [ImportTarget.Type] = Table((InteractionType.Call, "电话|通话|来电|去电|call|phone|phonecall|calls"), (InteractionType.WeChat, "微信|wechat|weixin"), (InteractionType.Email, "邮件|电子邮件|email|mail"), (InteractionType.Meeting, "会议|拜访|面谈|会面|meeting|visit"),
            (InteractionType.Message, "消息|短信|message|sms|whatsapp"), (InteractionType.Social, "社交|social|linkedin"), (InteractionType.Demo, "演示|demo"), (InteractionType.Proposal, "方案|报价|proposal|quote"), (InteractionType.Event, "活动|展会|event"),
            (InteractionType.Other, "其他|其它|备注|other|note|task")),
        [ImportTarget.Direction] = Table((InteractionDirection.Inbound, "客户发起|来电|呼入|收到|inbound|incoming|in|received"), (InteractionDirection.Outbound, "我方发起|去电|呼出|拨出|发出|outbound|outgoing|out|sent")),
        [ImportTarget.Outcome] = Table((InteractionOutcome.Successful, "成功|已接通|完成|已完成|successful|success|connected|completed|held"), (InteractionOutcome.Failed, "失败|failed|wrongnumber"), (InteractionOutcome.Pending, "待定|进行中|pending|planned|scheduled"),
            (InteractionOutcome.Cancelled, "取消|已取消|cancelled|canceled|notheld"), (InteractionOutcome.NoAnswer, "未接|未接通|无人接听|noanswer|busy|leftvoicemail"), (InteractionOutcome.Rescheduled, "改期|rescheduled"), (InteractionOutcome.Objection, "异议|objection")),
    };

    /// <summary>Null for a word that is none of the field's.</summary>
    public static Enum? Read(ImportTarget target, string text) => Tables.TryGetValue(target, out var table) ? table.GetValueOrDefault(ColumnWords.Key(text)) : null;

    /// <summary>A value's name in a file: the canonical one in Chinese, else in English.</summary>
    public static string Word(ImportTarget target, Enum value, bool chinese)
    {
        var word = chinese ? Tables[target].First(w => w.Value.Equals(value)).Key : value.ToString();
        return word.Any(ImportValues.IsHan) ? word : Words.Apart(value.ToString());
    }

    private static Dictionary<string, Enum> Table<T>(params ReadOnlySpan<(T Value, string Words)> rows) where T : struct, Enum
    {
        var table = new Dictionary<string, Enum>(StringComparer.Ordinal);
        foreach (var (value, words) in rows)
        {
            foreach (var word in words.Split('|')) table.TryAdd(word, value);
            table.TryAdd(value.ToString().ToLowerInvariant(), value);
        }
        return table;
    }
}
