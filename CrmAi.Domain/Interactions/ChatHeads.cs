namespace CrmAi.Domain.Interactions;

internal enum HeadForm { Colon, NameTime, NameStamp, StampName, TwoLines, Bracketed, Dashed }

/// <summary>The front of a line that may name who speaks; the words follow from <paramref name="Body"/> or on the next line.</summary>
internal readonly record struct ChatHead(HeadForm Form, string Name, ChatStamp? Stamp, int Body, bool HasBody, bool Certain)
{
    public string Key => ChatSides.Key(Name);
}

internal static class ChatHeads
{
    // A head stands at the front of its line; further in is prose.
    const int Reach = 110;
    const int ColonReach = 42;

    public static ChatHead? Read(string folded, string text, ChatLine line) =>
        ReadStampFirst(folded, text, line) ?? ReadNameFirst(folded, text, line) ?? ReadColon(folded, text, line);

    /// <summary>A name alone with a time alone on the line below, as Teams and Slack copy.</summary>
    public static ChatHead? ReadTwoLines(string folded, string text, ChatLine line, ChatLine next)
    {
        if (line.Length > 30 || next.AfterBlank || next.Length > 40
            || !ChatStampReader.TryRead(folded.AsSpan(next.Start, next.Length), out var stamp, out var length)
            || length != next.Length || stamp.Time is null)
            return null;
        return NameIn(folded, text, line.Start, line.End, loose: false) is { } name
            ? new ChatHead(HeadForm.TwoLines, name, stamp, line.End, false, false) : null;
    }

    /// <summary>The speaker's name within a span, or null where it cannot be one.</summary>
    public static string? NameIn(string folded, string text, int start, int end, bool loose)
    {
        (start, end) = ChatLines.Trim(folded, start, end);
        while (end > start && folded[end - 1] is ',' or ' ' or '-' or '|')
            end--;
        end = WithoutId(folded, start, end);
        if (start >= end || end - start > 40)
            return null;
        var name = text[start..end];
        var key = ChatSides.Key(name);
        if (loose)
            return ChatNotices.IsNotice(key) ? null : name;
        return IsNameLike(folded.AsSpan(start, end - start)) && !ChatWords.IsLabel(key) && !ChatWords.IsProse(key) && !ChatNotices.IsNotice(key) ? name : null;
    }

    static ChatHead? ReadStampFirst(string folded, string text, ChatLine line)
    {
        var limit = Math.Min(line.End, line.Start + Reach);
        var at = line.Start;
        var close = folded[at] switch { '[' => ']', '(' => ')', _ => '\0' };
        if (close != '\0')
            at++;
        if (!ChatStampReader.TryRead(folded.AsSpan(at, limit - at), out var stamp, out var length))
            return null;
        at += length;
        if (close != '\0')
        {
            at = ChatLines.SkipSpaces(folded, at, limit);
            if (at >= limit || folded[at++] != close)
                return null;
        }
        var afterStamp = at;
        at = ChatLines.SkipSpaces(folded, at, limit);
        var dashed = at < limit && folded[at] is '-' or '|';
        if (dashed)
            at = ChatLines.SkipSpaces(folded, at + 1, limit);
        if (at >= limit || (close == '\0' && at == afterStamp))
            return null;
        var full = stamp is { HasDate: true, Time: not null };
        var certain = full && (close != '\0' || dashed);
        var form = close != '\0' ? HeadForm.Bracketed : dashed ? HeadForm.Dashed : HeadForm.StampName;
        var colon = folded.AsSpan(at, limit - at).IndexOf(':');
        if (colon >= 0)
        {
            var name = NameIn(folded, text, at, at + colon, loose: certain);
            return name is null || IsInsideWord(folded, at + colon, line.End) ? null : Head(form, name, stamp, at + colon + 1, line, certain);
        }
        if (!full || limit < line.End)
            return null;
        return NameIn(folded, text, at, line.End, loose: false) is { } alone ? Head(form, alone, stamp, line.End, line, certain && stamp.HasSeconds) : null;
    }

    static ChatHead? ReadNameFirst(string folded, string text, ChatLine line)
    {
        var limit = Math.Min(line.End, line.Start + Reach);
        for (var at = line.Start + 1; at < limit; at++)
        {
            var close = folded[at] switch { '[' => ']', '(' => ')', _ => '\0' };
            if (close == '\0' && !(folded[at - 1] is ' ' or ')' && MayOpenStamp(folded[at])))
                continue;
            var from = close == '\0' ? at : at + 1;
            if (!ChatStampReader.TryRead(folded.AsSpan(from, limit - from), out var stamp, out var length)
                || (stamp.Time is null && (close == '\0' || !stamp.HasDate)))
                continue;
            var end = ChatLines.SkipSpaces(folded, from + length, limit);
            if (close != '\0')
            {
                if (end >= limit || folded[end] != close)
                    continue;
                end = ChatLines.SkipSpaces(folded, end + 1, limit);
            }
            var atEnd = end >= line.End;
            if (!atEnd && (end >= limit || folded[end] != ':'))
                continue;
            var certain = close != '\0' && stamp is { HasDate: true, Time: not null } && (stamp.HasSeconds || !atEnd);
            if (NameIn(folded, text, line.Start, at, loose: false) is not { } name)
                return null;
            return Head(stamp.HasDate ? HeadForm.NameStamp : HeadForm.NameTime, name, stamp, atEnd ? line.End : end + 1, line, certain);
        }
        return null;
    }

    static ChatHead? ReadColon(string folded, string text, ChatLine line)
    {
        var limit = Math.Min(line.End, line.Start + ColonReach);
        var start = line.Start;
        while (start < limit && folded[start] is '-' or '*' or '•' or ' ')
            start++;
        var colon = folded.AsSpan(start, limit - start).IndexOf(':');
        if (colon <= 0 || IsInsideWord(folded, start + colon, line.End))
            return null;
        var (end, body) = (start + colon, start + colon + 1);
        while (end > start && folded[end - 1] == '*')
            end--;
        while (start > line.Start && body < line.End && folded[body] == '*')
            body++;
        if (NameIn(folded, text, start, end, loose: false) is not { } name)
            return null;
        // Points of a list are often "name: fact", so behind a bullet only the role itself speaks.
        return start == line.Start || ChatWords.RoleOf(ChatSides.Key(name)) != ChatSide.Unknown
            ? Head(HeadForm.Colon, name, null, body, line, certain: false) : null;
    }

    static ChatHead Head(HeadForm form, string name, ChatStamp? stamp, int body, ChatLine line, bool certain) =>
        new(form, name, stamp, body, body < line.End, certain);

    // The colon of https://, of 14:00 and of a path is no end of a name.
    static bool IsInsideWord(string folded, int colon, int end) =>
        colon + 1 < end && (folded[colon + 1] is '/' or '\\'
            || (colon > 0 && char.IsAsciiDigit(folded[colon - 1]) && char.IsAsciiDigit(folded[colon + 1])));

    static bool MayOpenStamp(char c) =>
        char.IsAsciiLetterOrDigit(c) || "上下昨今前星周礼早凌中晚傍清".Contains(c, StringComparison.Ordinal);

    // 张三(wxid_abc), 张三(10086) and Anna <anna@example.com> carry what tells accounts apart, not what a person is called.
    static int WithoutId(string folded, int start, int end)
    {
        var open = folded[end > start ? end - 1 : start] switch { ')' => '(', '>' => '<', _ => '\0' };
        if (open == '\0' || end - start < 3)
            return end;
        var at = folded.AsSpan(start, end - start).LastIndexOf(open);
        if (at <= 0)
            return end;
        var id = folded.AsSpan(start + at + 1, end - start - at - 2);
        var isId = open == '<' || id.IndexOfAny('_', '@') >= 0 || (id.Length >= 5 && !id.ContainsAnyExceptInRange('0', '9'));
        return isId ? ChatLines.Trim(folded, start, start + at).End : end;
    }

    static bool IsNameLike(ReadOnlySpan<char> name)
    {
        var (han, words, spoken) = (0, 1, false);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (ChatLines.IsHan(c))
                han++;
            if (c == ' ')
                words++;
            spoken |= char.IsLetter(c) || char.IsSurrogate(c);
            if (":;!?\",，。、；「」『』《》…/\\=*#|{}[]<>".Contains(c, StringComparison.Ordinal))
                return false;
            // "1. " and "J." differ by what stands before the dot.
            if (c == '.' && (i == 0 || !char.IsLetter(name[i - 1])))
                return false;
        }
        return spoken && han <= 14 && words <= 5 && name[0] is not ('-' or '.' or ')' or '+') && !IsNumbered(name);
    }

    static bool IsNumbered(ReadOnlySpan<char> name)
    {
        var at = name[0] == '(' ? 1 : 0;
        while (at < name.Length && (char.IsAsciiDigit(name[at]) || "一二三四五六七八九十".Contains(name[at], StringComparison.Ordinal)))
            at++;
        return at > 0 && at < name.Length && name[at] is ')' or ' ' or '.' or '-';
    }
}
