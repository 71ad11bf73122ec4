using System.Collections.Frozen;

namespace CrmAi.Domain.Interactions;

/// <summary>Words that tell a speaker from a label, a side from a name, and a person from prose.</summary>
internal static class ChatWords
{
    static readonly FrozenSet<string> Us = Set(
        "我 我方 我司 我们 本人 自己 销售 销售员 销售代表 销售顾问 客户经理 客户代表 客户成功 乙方 卖方 me i you we us rep sales seller salesperson salesman ae vendor self");

    static readonly FrozenSet<string> Customers = Set(
        "客户 客户方 顾客 客人 买家 买方 甲方 对方 customer client buyer prospect lead");

    static readonly FrozenSet<string> Labels = Set(
        "时间 日期 地点 地址 参会 参会人 与会 出席 主题 议题 议程 待办 备注 注 注意 附 附件 结论 现状 预算 下一步 跟进 需求 痛点 问题 报价 价格 电话 手机 邮箱 微信 公司 职位 " +
        "联系人 负责人 抄送 收件人 发件人 总结 小结 纪要 背景 目标 目的 风险 原因 结果 进展 行动 行动项 方案 产品 数量 金额 折扣 竞品 竞争对手 决策人 关键人 异议 其他 另外 首先 其次 最后 例如 比如 " +
        "订舱 报关 对账 接口 好处 优点 缺点 优势 劣势 标题 内容 摘要 来源 阶段 状态 类型 行业 规模 部门 链接 网址 账号 密码 答 问 提醒 通知");

    static readonly FrozenSet<string> EnglishLabels = Set(
        "next step,next steps,action items,action item,todo,to do,to-do,note,notes,date,time,when,where,who,location,place,venue,attendees,participants,present,agenda,subject," +
        "budget,summary,re,fw,fwd,p.s.,fyi,tel,phone,mobile,email,e-mail,fax,address,web,website,from,to,cc,bcc,sent,topic,topics,decision,decisions,outcome,result,results,risk,risks," +
        "issue,issues,question,questions,pain,pain points,need,needs,status,stage,price,pricing,discount,quote,objection,objections,competitor,competitors,timeline,deadline,background,goal,goals," +
        "follow up,follow-up,followup,call,meeting,demo,company,contact,title,role,owner,priority,http,https,ftp,mailto,example,warning,update,edit,tldr,tl;dr,cost,costs,total,pros,cons," +
        "conference id,meeting id,passcode,dial in,link,links,reminder,important,attachment,attachments,order,invoice,contract,po,ref,ps", ',');

    static readonly string[] LabelEnds =
        ["时间", "地点", "人员", "名单", "事项", "情况", "内容", "需求", "问题", "结论", "计划", "金额", "预算", "价格", "方案", "安排", "要求", "反馈", "备注", "总结", "建议", "背景", "目标", "进展", "风险", "编号", "电话", "号码", "邮箱",
         "地址", "链接", "步骤", "如下", "认为", "表示", "提到", "说", "说了", "问", "问了", "答复", "回复", "觉得", "表态", "确认", "的是", "部分", "方面", "阶段", "工作", "日期", "意见", "清单", "原因", "结果", "进度", "理由", "关键", "重点",
         " steps", " items", " said", " asked", " says", " asks", " notes", " note", " points", " date", " time", " number", " is", " are", " that", " to"];

    static readonly string[] ProseStarts =
        ["我们", "咱", "你们", "他们", "她们", "明天", "后天", "今天", "昨天", "下周", "本周", "上周", "下午", "上午", "晚上", "好的", "请", "约", "已", "大概", "预计", "截止", "拜访", "会议", "开会", "见面", "电话", "通话", "打"];

    static readonly string[] ProseEnds =
        ["在", "于", "到", "约", "是", "为", "了", "定", "改", "至", "和", "跟", "吧", "吗", "呢", "的", " at", " on", " by", " until", " till", " before", " after", " from", " to", " is", " was", " for", " around", " the"];

    public static readonly string[] Titles =
        ["副总经理", "总经理", "董事长", "工程师", "副总", "总监", "经理", "主任", "老师", "部长", "科长", "处长", "院长", "校长", "园长", "局长", "厂长", "店长", "行长", "所长", "站长", "组长", "队长", "会计", "律师", "医生", "大夫", "护士长",
         "教授", "博士", "先生", "女士", "小姐", "老板", "主管", "秘书", "书记", "专员", "顾问", "助理", "采购", "师傅", "总", "工", "董", "哥", "姐", "叔", "姨", "处", "局", "科", "院", "校", "厂"];

    static readonly FrozenSet<string> TwoSignSurnames = Set("欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 夏侯 司徒 端木 南宫");

    const string Surnames =
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤" +
        "温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费" +
        "卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝";

    /// <summary>The side a word for a part in the talk names, such as 我 or Customer; Unknown for a name.</summary>
    public static ChatSide RoleOf(string key)
    {
        if (Us.Contains(key))
            return ChatSide.Us;
        if (Customers.Contains(key))
            return ChatSide.Customer;
        var end = RoleEnd(key);
        if (end == 0)
            return ChatSide.Unknown;
        var role = key[..end].TrimEnd();
        return Customers.Contains(role) ? ChatSide.Customer : Us.Contains(role) ? ChatSide.Us : ChatSide.Unknown;
    }

    public static bool IsLabel(string key) =>
        Labels.Contains(key) || EnglishLabels.Contains(key) || (RoleOf(key) == ChatSide.Unknown && EndsWithAny(key, LabelEnds));

    public static bool IsProse(string key) =>
        RoleOf(key) == ChatSide.Unknown && (EndsWithAny(key, ProseEnds) || ProseStarts.Any(s => key.StartsWith(s, StringComparison.Ordinal)));

    /// <summary>Length of the title that the name ends with, 0 for none.</summary>
    public static int TitleLength(string key) =>
        Titles.FirstOrDefault(t => key.Length > t.Length && key.EndsWith(t, StringComparison.Ordinal))?.Length ?? 0;

    public static int SurnameLength(string key) =>
        key.Length >= 2 && TwoSignSurnames.Contains(key[..2]) ? 2 : key.Length > 0 && Surnames.Contains(key[0], StringComparison.Ordinal) ? 1 : 0;

    /// <summary>Whether a name has the form of a person's: 张三, 王经理, 老李, Anna Berg.</summary>
    public static bool LooksLikePerson(string name)
    {
        if (name.Length == 1)
            return char.IsAsciiLetterUpper(name[0]);
        if (name.All(ChatLines.IsHan))
        {
            var surname = SurnameLength(name);
            var title = TitleLength(name);
            return (surname > 0 && name.Length - surname is >= 1 and <= 2)
                || (title > 0 && name.Length - title <= 3 && (surname > 0 || name.Length - title >= 2))
                || (name[0] is '老' or '小' or '阿' && name.Length <= 3);
        }
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length is >= 1 and <= 4 && words.All(w => char.IsUpper(w[0]) && w.All(c => (char.IsLetter(c) && !ChatLines.IsHan(c)) || c is '.' or '-' or '\''));
    }

    // 客户A, 客户2, 客户-张总 and 客户张总 name the role first; 客户服务 and "sales team" are other words.
    static int RoleEnd(string key)
    {
        var end = 0;
        while (end < key.Length && char.IsLetter(key[end]) && ChatLines.IsHan(key[end]) == ChatLines.IsHan(key[0]))
            end++;
        if (end == key.Length)
            return key.StartsWith("客户", StringComparison.Ordinal) && key.Length is 4 or 5 && SurnameLength(key[2..]) > 0 && TitleLength(key[2..]) > 0 ? 2 : 0;
        var rest = key[end..].TrimStart();
        return rest.Length is > 0 and <= 8 && key[end] is not ('.' or '\'' or '@') && (!char.IsLetter(rest[0]) || rest.Length == 1 || (end > 0 && ChatLines.IsHan(key[0])))
            ? end : 0;
    }

    static bool EndsWithAny(string key, string[] ends) =>
        ends.Any(e => key.Length > e.Length && key.EndsWith(e, StringComparison.Ordinal));

    static FrozenSet<string> Set(string words, char separator = ' ') =>
        words.Split(separator, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
