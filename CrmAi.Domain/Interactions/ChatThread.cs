namespace CrmAi.Domain.Interactions;

/// <summary>Builds the turns of a text whose speakers stand at the front of lines.</summary>
internal sealed class ChatThread
{
    readonly string _text;
    readonly string _folded;
    readonly List<ChatLine> _lines;
    readonly Dictionary<int, ChatHead> _heads;
    readonly bool _plain;
    readonly int _lastHead;
    readonly ChatRuns _runs = new();
    string? _speaker;
    int _stamp = -1;
    int _dividerStamp = -1;
    int _start = -1;
    int _end = -1;

    ChatThread(string text, string folded, List<ChatLine> lines, Dictionary<int, ChatHead> heads) =>
        (_text, _folded, _lines, _heads, _plain, _lastHead) =
            (text, folded, lines, heads, heads.Values.All(h => h is { Form: HeadForm.Colon, HasBody: true }), heads.Keys.Max());

    public static ChatRuns? Read(string text, string folded, List<ChatLine> lines, ChatSides sides)
    {
        var heads = ChatHeadChoice.Choose(text, folded, lines, sides);
        return heads.Count == 0 ? null : new ChatThread(text, folded, lines, heads).Read();
    }

    ChatRuns Read()
    {
        var afterHead = false;
        for (var i = 0; i < _lines.Count; i++)
        {
            var line = _lines[i];
            if (_heads.TryGetValue(i, out var head))
            {
                Flush();
                _speaker = head.Name;
                _stamp = head.Stamp is null ? _dividerStamp : _runs.Add(head.Stamp);
                if (head.Form == HeadForm.TwoLines)
                    i++;
                if (head.HasBody)
                    i = Say(i, ChatLines.SkipSpaces(_folded, head.Body, line.End));
                afterHead = !head.HasBody;
                continue;
            }
            if (!afterHead && IsAround(i))
                continue;
            i = Say(i, line.Start);
            afterHead = false;
        }
        Flush();
        _runs.Type = ChatChannel.Of(_heads.Values, _folded, ChatLines.IsChinese(_folded));
        return _runs;
    }

    // Dividers, notices and rules belong to nobody.
    bool IsAround(int index)
    {
        var line = _lines[index];
        if (ChatNotices.ReadDivider(_folded, line, out var decorated) is { } stamp
            && (decorated || line.AfterBlank || index == 0 || stamp is { HasDate: true, Time: not null }))
        {
            Flush();
            _dividerStamp = _runs.Add(stamp, isDivider: true);
            if (stamp.Time is null)
                _dividerStamp = -1;
            return true;
        }
        var span = _folded.AsSpan(line.Start, line.Length);
        if (ChatNotices.IsRule(span) || ChatNotices.IsNoticeLine(_folded, line))
        {
            Flush();
            return true;
        }
        // A labelled line after a gap or under a plain dialog is a note, not the last speaker's words.
        if ((line.AfterBlank || (_plain && index > _lastHead)) && span[..Math.Min(span.Length, 24)].IndexOf(':') is > 0 and var colon && ChatWords.IsLabel(ChatSides.Key(span[..colon].ToString())))
        {
            Flush();
            (_speaker, _stamp) = (null, -1);
        }
        return false;
    }

    /// <summary>Adds a line's words to the turn; returns the last line that was taken.</summary>
    int Say(int index, int from)
    {
        var line = _lines[index];
        if (from >= line.End)
            return index;
        if (ReadReply(index, from) is { } reply)
        {
            Flush();
            _runs.Add(_folded, new ChatRun(reply.Name, -1, ChatPart.Quoted, reply.Start, reply.End));
            while (index + 1 < _lines.Count && _lines[index].End <= reply.End)
                index++;
            from = ChatLines.SkipSpaces(_folded, reply.End + 1, _lines[index].End);
            if (from >= _lines[index].End)
                return index;
            (_start, _end) = (from, _lines[index].End);
            return index;
        }
        if (_folded[from] == '>' && from + 1 < line.End)
        {
            Flush();
            _runs.Add(_folded, new ChatRun(null, -1, ChatPart.Quoted, from + 1, line.End));
            return index;
        }
        _start = _start < 0 ? from : _start;
        _end = line.End;
        return index;
    }

    // WeChat copies a reply as 「name：words」, a rule of strokes, and the answer.
    (string Name, int Start, int End)? ReadReply(int index, int from)
    {
        const int NameReach = 24, WordsReach = 2000;
        if (_folded[from] != '「')
            return null;
        var colon = _folded.AsSpan(from, Math.Min(NameReach, _lines[index].End - from)).IndexOf(':');
        if (colon < 2 || ChatHeads.NameIn(_folded, _text, from + 1, from + colon, loose: true) is not { } name)
            return null;
        var limit = Math.Min(_folded.Length, from + WordsReach);
        for (var next = index + 1; next < _lines.Count && _lines[next].Start < limit; next++)
        {
            if (_heads.ContainsKey(next))
                limit = _lines[next].Start;
        }
        var start = from + colon + 1;
        var close = _folded.AsSpan(start, Math.Max(0, limit - start)).IndexOf('」');
        return close < 0 ? null : (name, start, start + close);
    }

    void Flush()
    {
        if (_start >= 0)
            _runs.Add(_folded, new ChatRun(_speaker, _stamp, ChatPart.Said, _start, _end));
        _start = _end = -1;
    }
}
