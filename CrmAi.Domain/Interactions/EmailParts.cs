namespace CrmAi.Domain.Interactions;

/// <summary>Where a mail's words start after its greeting and where its signature starts, as indices of lines.</summary>
internal readonly record struct MailParts(int Body, int Signature);

internal static class EmailParts
{
    const int LongestSignature = 12;

    public static MailParts Of(string folded, List<MailLine> lines, ChatSides sides)
    {
        var body = 0;
        while (body < 2 && body < lines.Count - 1 && EmailWords.IsGreeting(Line(folded, lines[body])))
            body++;
        var signature = SignatureAt(folded, lines, body, sides);
        return new MailParts(body, signature);
    }

    /// <summary>The name that signs, where the signature gives one.</summary>
    public static string? Signatory(string text, string folded, List<MailLine> lines, MailParts parts)
    {
        for (var i = parts.Signature; i < lines.Count; i++)
        {
            var line = Line(folded, lines[i]);
            if (EmailWords.IsClosing(line) || EmailWords.IsDevice(line) || line is "--")
                continue;
            return IsPerson(line) ? text[lines[i].Start..lines[i].End].TrimEnd(',', '，') : null;
        }
        return null;
    }

    /// <summary>Whom the greeting names.</summary>
    public static string? Addressee(string folded, List<MailLine> lines, MailParts parts)
    {
        if (parts.Body == 0)
            return null;
        var line = Line(folded, lines[0]).TrimEnd(',', ':', '!', '。', '.', ' ');
        foreach (var opening in (ReadOnlySpan<string>)["hi ", "hello ", "dear ", "hey ", "good morning ", "good afternoon ", "good evening ", "尊敬的", "亲爱的"])
        {
            if (line.StartsWith(opening, StringComparison.OrdinalIgnoreCase))
                line = line[opening.Length..];
        }
        foreach (var welcome in (ReadOnlySpan<string>)["您好", "你好", "早上好", "上午好", "下午好", "晚上好"])
        {
            if (line.EndsWith(welcome, StringComparison.Ordinal))
                line = line[..^welcome.Length];
        }
        line = line.Trim(' ', ',');
        return line.Length > 0 ? line : null;
    }

    static int SignatureAt(string folded, List<MailLine> lines, int body, ChatSides sides)
    {
        for (var i = body; i < lines.Count; i++)
        {
            if (lines[i].End - lines[i].Start == 2 && folded.AsSpan(lines[i].Start, 2) is "--")
                return i;
        }
        var start = lines.Count;
        for (var i = lines.Count - 1; i >= Math.Max(body, lines.Count - LongestSignature); i--)
        {
            var line = Line(folded, lines[i]);
            if (line.Length > 80)
                break;
            if (EmailWords.IsDevice(line) || (EmailWords.IsClosing(line) && Closes(folded, lines, i)))
                start = i;
        }
        // A closing alone says thanks; it closes only under words.
        if (start < lines.Count)
            return start > body || body > 0 ? WithNameAbove(folded, lines, start, body) : lines.Count;
        return UnclosedSignatureAt(folded, lines, body, sides);
    }

    // What follows a closing names a person; sentences mean that the talk goes on.
    static bool Closes(string folded, List<MailLine> lines, int closing)
    {
        if (closing == lines.Count - 1)
            return true;
        if (EmailWords.IsThanks(Line(folded, lines[closing])) && !IsSigning(folded, lines, closing + 1) && !EmailWords.IsClosing(Line(folded, lines[closing + 1])))
            return false;
        for (var i = closing + 1; i < lines.Count; i++)
        {
            var line = Line(folded, lines[i]);
            if (line.Length > 80 || line[^1] is '。' or '!' or '?' or ';' && !EmailWords.IsClosing(line))
                return false;
        }
        return true;
    }

    static int WithNameAbove(string folded, List<MailLine> lines, int start, int body) =>
        EmailWords.IsDevice(Line(folded, lines[start])) && start - 1 > body && IsPerson(Line(folded, lines[start - 1])) ? start - 1 : start;

    // Without a closing, short lines at the end that hold a name, a phone or an address sign.
    static int UnclosedSignatureAt(string folded, List<MailLine> lines, int body, ChatSides sides)
    {
        var start = lines.Count;
        for (var i = lines.Count - 1; i > body && i >= lines.Count - 7; i--)
        {
            var line = Line(folded, lines[i]);
            if (line.Length > 60 || line[^1] is '。' or '!' or '?' or '.' or ';' or ':' or ',')
                break;
            if (lines[i].AfterBlank)
            {
                start = i;
                if (i > 0 && !IsSigning(folded, lines, i))
                    return LastName();
            }
        }
        return start < lines.Count && IsSigning(folded, lines, start) && (body > 0 || HasContact(folded, lines, start)) ? start : LastName();

        int LastName()
        {
            var last = Line(folded, lines[^1]);
            var signs = lines.Count - 1 > body && body > 0 && last.Length <= 24 && IsPerson(last);
            return signs || (lines.Count > 2 && last.Length <= 24 && sides.Of(last) != ChatSide.Unknown && ChatWords.RoleOf(ChatSides.Key(last)) == ChatSide.Unknown) ? lines.Count - 1 : lines.Count;
        }
    }

    static bool IsSigning(string folded, List<MailLine> lines, int start) =>
        IsPerson(Line(folded, lines[start])) || HasContact(folded, lines, start)
        || Line(folded, lines[start]).Split(' ') is { Length: >= 2 and <= 4 } words && words.All(w => w.Length is >= 2 and <= 12 && w.All(ChatLines.IsHan));

    static bool HasContact(string folded, List<MailLine> lines, int start)
    {
        for (var i = start; i < lines.Count; i++)
        {
            var line = Line(folded, lines[i]);
            if (line.Count(char.IsAsciiDigit) >= 7 || line.Contains('@', StringComparison.Ordinal) || line.Contains("www.", StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    static bool IsPerson(string line) =>
        line.Length is >= 2 and <= 30 && ChatWords.LooksLikePerson(line.TrimEnd(',')) && !EmailWords.IsClosing(line);

    static string Line(string folded, MailLine line) => folded[line.Start..Math.Min(line.End, line.Start + 120)];
}
