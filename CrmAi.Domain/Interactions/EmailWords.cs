using System.Collections.Frozen;

namespace CrmAi.Domain.Interactions;

internal enum MailField { None, From, To, Date, Subject, Other }

/// <summary>Words that frame a mail: header fields, marks of quoted history, salutations and closings.</summary>
internal static class EmailWords
{
    static readonly FrozenDictionary<string, MailField> Fields = new (MailField Field, string[] Names)[]
    {
        (MailField.From, ["from", "发件人", "寄件人", "寄件者", "von", "de"]),
        (MailField.To, ["to", "收件人", "收件者", "an"]),
        (MailField.Date, ["date", "sent", "发送时间", "发送日期", "日期", "时间", "发件时间", "gesendet", "received"]),
        (MailField.Subject, ["subject", "主题", "主旨", "标题", "betreff"]),
        (MailField.Other, ["cc", "bcc", "抄送", "密送", "密件抄送", "副本", "reply-to", "回复", "importance", "重要性", "attachments", "attachment", "附件", "message-id", "priority"]),
    }.SelectMany(f => f.Names.Select(n => (n, f.Field))).ToFrozenDictionary(f => f.n, f => f.Field, StringComparer.Ordinal);

    static readonly string[] HistoryMarks =
        ["original message", "原始邮件", "原邮件", "forwarded message", "转发邮件", "转发的邮件", "转发邮件信息", "回复的原邮件", "original appointment", "ursprüngliche nachricht"];

    static readonly string[] Salutations =
        ["hi ", "hi,", "hello", "dear ", "hey ", "good morning", "good afternoon", "good evening", "bonjour", "guten tag", "sehr geehrte", "hallo", "尊敬的", "亲爱的", "各位"];

    static readonly string[] Welcomes = ["您好", "你好", "大家好", "早上好", "上午好", "下午好", "晚上好", "早安", "好", "钧鉴", "台鉴"];

    static readonly string[] Closings =
    [
        "best regards", "best wishes", "best", "kind regards", "warm regards", "warmest regards", "regards", "sincerely", "yours sincerely", "yours faithfully", "yours truly", "thanks", "many thanks", "thank you",
        "thanks and regards", "thanks & regards", "thanks again", "with best regards", "all the best", "cheers", "cordially", "br", "kr", "talk soon", "cordialement", "mit freundlichen grüßen", "viele grüße",
        "此致", "此致敬礼", "敬礼", "祝好", "祝商祺", "顺颂商祺", "顺祝商祺", "商祺", "祝工作顺利", "祝您工作顺利", "祝生活愉快", "祝工作愉快", "祝您生活愉快", "敬上", "谨启", "盼复", "谢谢", "多谢", "感谢", "顺祝", "即颂", "以上", "此致 敬礼",
    ];

    static readonly string[] Thanks =
        ["thanks", "many thanks", "thank you", "thanks again", "best", "br", "kr", "谢谢", "多谢", "感谢", "以上", "盼复", "顺祝"];

    static readonly string[] Devices = ["sent from my ", "发自我的", "get outlook for", "获取 outlook for", "来自我的", "发自 iphone", "发自iphone", "sent via ", "sent from outlook", "sent from mail", "发送自"];

    /// <summary>The header field a line opens with, and where its value starts.</summary>
    public static MailField FieldAt(string folded, int start, int end, out int value)
    {
        value = end;
        while (start < end && folded[start] is '*' or ' ')
            start++;
        var front = folded.AsSpan(start, Math.Min(end - start, 16));
        var colon = front.IndexOf(':');
        if (colon <= 0)
            return MailField.None;
        value = start + colon + 1;
        while (value < end && folded[value] is '*' or ' ')
            value++;
        var name = front[..colon].ToString().Replace(" ", "", StringComparison.Ordinal).TrimEnd('*').ToLowerInvariant();
        return Fields.GetValueOrDefault(name);
    }

    public static bool IsHistoryMark(ReadOnlySpan<char> line)
    {
        if (line.Length is < 6 or > 90)
            return false;
        var bare = line.Trim("-—=_* ").ToString().ToLowerInvariant().TrimEnd(':').Trim();
        return (line[0] is '-' or '—' or '=' or '_' or '*' && HistoryMarks.Contains(bare)) || bare == "begin forwarded message";
    }

    public static bool IsGreeting(string line)
    {
        if (line.Length > 50 || line.Length < 2)
            return false;
        var key = line.ToLowerInvariant();
        var bare = key.TrimEnd(',', ':', '!', '。', '，', '.', ' ', '~');
        if (bare.IndexOfAny(['。', '?', ';']) >= 0)
            return false;
        if (Salutations.Any(s => (bare + " ").StartsWith(s, StringComparison.Ordinal)))
            return bare.Split(' ').Length <= 5 && (bare.Length < key.Length || bare.Length <= 24) && !bare.Contains(", ", StringComparison.Ordinal);
        if (bare.Length > 18 || !bare.Any(ChatLines.IsHan))
            return false;
        return Welcomes.Any(w => bare == w || (w != "好" && bare.EndsWith(w, StringComparison.Ordinal)))
            || (key[^1] is ':' or ',' && ChatWords.TitleLength(bare) > 0 && !bare.Contains(',', StringComparison.Ordinal));
    }

    public static bool IsClosing(string line)
    {
        var key = line.ToLowerInvariant().TrimEnd(',', '.', '!', '。', '，', ':', ' ', '~');
        return key.Length <= 30 && Closings.Contains(key);
    }

    /// <summary>A closing that is as often said in the middle of a message.</summary>
    public static bool IsThanks(string line) => Thanks.Contains(line.ToLowerInvariant().TrimEnd(',', '.', '!', '。', '，', ':', ' ', '~'));

    public static bool IsDevice(string line) =>
        line.Length <= 60 && Devices.Any(d => line.StartsWith(d, StringComparison.OrdinalIgnoreCase));
}
