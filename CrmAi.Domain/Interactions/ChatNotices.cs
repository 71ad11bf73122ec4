namespace CrmAi.Domain.Interactions;

/// <summary>Lines that the program writes, not a person.</summary>
internal static class ChatNotices
{
    static readonly string[] Phrases =
    [
        "撤回了一条消息", "以下为新消息", "以下是新消息", "以上是打招呼的内容", "现在可以开始聊天了", "你已添加了", "加入了群聊", "移出了群聊", "修改群名为", "拍了拍", "消息已发出，但被对方拒收",
        "开启了朋友验证", "聊天记录如下", "消息免打扰", "end-to-end encrypted", "created group", "changed the subject", "changed the group", "changed this group", "joined using this group",
        "deleted this message", "message was deleted", "joined the group", "joined the channel", "joined the chat", "joined the meeting", "left the group", "left the chat", "missed voice call", "missed video call", "security code changed",
    ];

    static readonly string[] Whole = ["new messages", "unread messages", "新消息", "查看更多消息", "查看更早消息", "load more"];

    public static bool IsNotice(string key) =>
        key.Length <= 160 && (Whole.Contains(key) || Phrases.Any(p => key.Contains(p, StringComparison.Ordinal)));

    /// <summary>A notice on a line of its own, perhaps behind a time; words of a person that hold such a phrase run longer.</summary>
    public static bool IsNoticeLine(string folded, ChatLine line)
    {
        if (line.Length > 200)
            return false;
        var start = line.Start;
        while (start < line.End && (IsStroke(folded[start]) || folded[start] is ' ' or '['))
            start++;
        var stamped = ChatStampReader.TryRead(folded.AsSpan(start, line.End - start), out _, out var length);
        var notice = folded[(stamped ? start + length : start)..line.End].ToLowerInvariant().Trim(' ', ']', '-', '—', '*', '=');
        return notice.Length <= (stamped ? 160 : 60) && IsNotice(notice);
    }

    /// <summary>A line of strokes alone.</summary>
    public static bool IsRule(ReadOnlySpan<char> line)
    {
        var strokes = 0;
        foreach (var c in line)
        {
            if (IsStroke(c))
                strokes++;
            else if (c != ' ')
                return false;
        }
        return strokes >= 3;
    }

    /// <summary>The date or time that stands alone on a line, such as "—— 10月9日 ——"; decorated says whether strokes frame it.</summary>
    public static ChatStamp? ReadDivider(string folded, ChatLine line, out bool decorated)
    {
        var (start, end) = (line.Start, line.End);
        decorated = false;
        if (line.Length > 80)
            return null;
        while (start < end && (IsStroke(folded[start]) || folded[start] == ' '))
            start++;
        while (end > start && (IsStroke(folded[end - 1]) || folded[end - 1] == ' '))
            end--;
        decorated = start - line.Start >= 2 && line.End - end >= 2;
        return start < end && ChatStampReader.TryRead(folded.AsSpan(start, end - start), out var stamp, out var length) && length == end - start
            ? stamp : null;
    }

    static bool IsStroke(char c) => c is '-' or '—' or '–' or '─' or '━' or '=' or '_' or '*' or '~' or '·' or '…' or '―';
}
