namespace CrmAi.Domain.Interactions;

/// <summary>Who wrote a mail to whom and when, as its header or attribution line tells; <paramref name="Lines"/> of text are taken up by it.</summary>
internal readonly record struct MailHead(string? From, string? To, ChatStamp? Sent, int Lines);

internal static class EmailHeaders
{
    const int Reach = 240;

    /// <summary>A block of fields such as From and Sent; null where the lines are none, a memo's 时间 and 主题 among them.</summary>
    public static MailHead? ReadBlock(string text, string folded, List<MailLine> lines, int index)
    {
        var (fields, from, to, sent, last) = (0, (string?)null, (string?)null, (ChatStamp?)null, index);
        var (hasFrom, hasTo, hasSubject, hasDate) = (false, false, false, false);
        for (var i = index; i < lines.Count && i < index + 24; i++)
        {
            var line = lines[i];
            if (line.Depth != lines[index].Depth || (i > index && line.AfterBlank && !hasFrom))
                break;
            var field = EmailWords.FieldAt(folded, line.Start, line.End, out var value);
            if (i > index && line.AfterBlank && (field == MailField.None || field == MailField.From))
                break;
            if (field == MailField.None || (field == MailField.From && hasFrom))
            {
                // A long list of addresses goes on over lines.
                if (i > index && field == MailField.None && hasTo && folded.AsSpan(line.Start, line.End - line.Start).Contains('@') && line.End - line.Start < Reach)
                    continue;
                break;
            }
            fields++;
            last = i;
            switch (field)
            {
                case MailField.From:
                    (hasFrom, from) = (true, NameIn(text, folded, value, line.End));
                    break;
                case MailField.To:
                    // Several addressees are nobody in particular.
                    (hasTo, to) = (true, IsOne(folded.AsSpan(value, line.End - value)) ? NameIn(text, folded, value, line.End) : null);
                    break;
                case MailField.Date:
                    hasDate = true;
                    sent = StampIn(folded, value, line.End) ?? sent;
                    break;
                case MailField.Subject:
                    hasSubject = true;
                    break;
                default:
                    break;
            }
        }
        var isMail = fields >= 2 && (hasFrom || (hasTo && (hasSubject || hasDate)));
        return isMail ? new MailHead(from, to, sent, last - index + 1) : null;
    }

    /// <summary>A line such as "On 9 Oct 2026, Anna wrote:" or 在…写道：, which may break over two.</summary>
    public static MailHead? ReadAttribution(string text, string folded, List<MailLine> lines, int index)
    {
        for (var taken = 1; taken <= 3 && index + taken <= lines.Count; taken++)
        {
            var last = lines[index + taken - 1];
            if (last.Depth != lines[index].Depth || (taken > 1 && last.AfterBlank) || last.End - lines[index].Start > Reach)
                return null;
            if (Closes(folded.AsSpan(last.Start, last.End - last.Start)))
                return Attribution(text, folded, lines[index].Start, last.End, taken);
            if (!Opens(folded.AsSpan(lines[index].Start, lines[index].End - lines[index].Start)))
                return null;
        }
        return null;
    }

    /// <summary>A line such as "Anna Berg &lt;anna@example.com&gt;  Fri, Oct 9, 2026 at 4:20 PM", as Gmail prints over each mail.</summary>
    public static MailHead? ReadSender(string text, string folded, MailLine line)
    {
        if (line.End - line.Start > Reach)
            return null;
        var span = folded.AsSpan(line.Start, line.End - line.Start);
        var (open, close) = (span.IndexOf('<'), span.IndexOf('>'));
        if (open <= 0 || close < open || !span[open..close].Contains('@') || span[..open].Contains(':'))
            return null;
        var at = ChatLines.SkipSpaces(folded, line.Start + close + 1, line.End);
        return at < line.End && ChatStampReader.TryRead(folded.AsSpan(at, line.End - at), out var sent, out _) && sent.HasDate
            ? new MailHead(NameIn(text, folded, line.Start, line.Start + close + 1), null, sent, 1) : null;
    }

    /// <summary>The person in the value of a From or To field: the name shown, else the address.</summary>
    public static string? NameIn(string text, string folded, int start, int end)
    {
        end = Math.Min(end, start + Reach);
        // Only the first of several people; a comma inside quotes or before the address is part of a name.
        var span = folded.AsSpan(start, Math.Max(0, end - start));
        var open = span.IndexOfAny('<', '[');
        if (span.IndexOf(';') is > 0 and var semicolon && (open < 0 || semicolon < open))
            end = start + semicolon;
        else if (open > 0)
            end = start + open;
        else if (open == 0)
            (start, end) = (start + 1, span.IndexOfAny('>', ']') is > 0 and var close ? start + close : end);
        else if (span.Contains('@') && span.IndexOf(',') is > 0 and var comma)
            end = start + comma;
        (start, end) = ChatLines.Trim(folded, start, end);
        while (start < end && folded[start] is '"' or '\'' or '*' or ' ')
            start++;
        while (end > start && folded[end - 1] is '"' or '\'' or '*' or ' ' or ',' or '(')
            end--;
        return end > start && end - start <= 80 ? text[start..end] : null;
    }

    static bool IsOne(ReadOnlySpan<char> people) => people.Count('@') <= 1 && !people.TrimEnd("; ").Contains(';');

    static ChatStamp? StampIn(string folded, int start, int end) =>
        ChatStampReader.TryRead(folded.AsSpan(start, Math.Max(0, end - start)), out var stamp, out _) ? stamp : null;

    static bool Opens(ReadOnlySpan<char> line) =>
        line.StartsWith("On ", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Am ", StringComparison.Ordinal) || line.StartsWith("Le ", StringComparison.Ordinal)
        || line.StartsWith("在", StringComparison.Ordinal) || line.StartsWith("于", StringComparison.Ordinal);

    static bool Closes(ReadOnlySpan<char> line) => WordAt(line) >= 0;

    static int WordAt(ReadOnlySpan<char> line)
    {
        if (line[^1] != ':')
            return -1;
        var bare = line[..^1].TrimEnd();
        foreach (var word in (ReadOnlySpan<string>)["wrote", "写道", "寫道", "a écrit", "schrieb", "writes"])
        {
            if (bare.EndsWith(word, StringComparison.OrdinalIgnoreCase))
                return bare.Length - word.Length;
        }
        return -1;
    }

    static MailHead? Attribution(string text, string folded, int start, int end, int lines)
    {
        var word = start + WordAt(folded.AsSpan(start, end - start));
        var at = start;
        if (Opens(folded.AsSpan(start, end - start)))
            at = ChatLines.SkipSpaces(folded, folded[start] is '在' or '于' ? start + 1 : start + 3, word);
        ChatStamp? sent = null;
        if (ChatStampReader.TryRead(folded.AsSpan(at, word - at), out var stamp, out var length))
        {
            sent = stamp;
            at += length;
        }
        else if (StampBetween(folded, at, word) is { } later)
        {
            // 张三 于2026年10月9日 写道 and "Anna wrote on" name the person first.
            return new MailHead(NameIn(text, folded, at, later.Name), null, later.Stamp, lines);
        }
        else if (at == start && !folded.AsSpan(start, word - start).ContainsAny("@<") && word - start > 24)
        {
            return null;
        }
        while (at < word && folded[at] is ',' or ' ' or '，' or '\n' or '\r')
            at++;
        return new MailHead(at < word ? NameIn(text, folded, at, word) : null, null, sent, lines);
    }

    static (int Name, ChatStamp Stamp)? StampBetween(string folded, int start, int end)
    {
        for (var at = start + 1; at < end; at++)
        {
            if (folded[at - 1] is ' ' or '于' or '在' && ChatStampReader.TryRead(folded.AsSpan(at, end - at), out var stamp, out _) && stamp.HasDate)
                return (folded[at - 1] == ' ' ? at : at - 1, stamp);
        }
        return null;
    }
}
