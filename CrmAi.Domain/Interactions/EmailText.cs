namespace CrmAi.Domain.Interactions;

/// <summary>A line of a mail without its quote marks; <paramref name="Depth"/> counts them.</summary>
internal readonly record struct MailLine(int Start, int End, int Depth, bool AfterBlank);

/// <summary>Whose words a part of a mail is.</summary>
internal readonly record struct MailVoice(string? From, string? To, int Stamp, bool Quoted);

/// <summary>Takes apart mails: headers, quoted history, greeting and signature.</summary>
internal sealed class EmailText
{
    const int DeepestQuote = 20;

    readonly string _text;
    readonly string _folded;
    readonly List<MailLine> _lines;
    readonly ChatSides _sides;
    readonly ChatRuns _runs = new();
    readonly Dictionary<int, MailVoice> _voices = new() { [0] = new MailVoice(null, null, -1, false) };
    readonly List<MailLine> _open = [];
    MailVoice _openVoice;
    bool _marked;
    bool _divided;
    bool _framed;
    string? _answered;

    EmailText(string text, string folded, List<ChatLine> lines, ChatSides sides) =>
        (_text, _folded, _lines, _sides) = (text, folded, Unquote(folded, lines), sides);

    /// <summary>The runs of a mail with a header or quoted history; null for other texts.</summary>
    public static ChatRuns? Read(string text, string folded, List<ChatLine> lines, ChatSides sides)
    {
        var mail = new EmailText(text, folded, lines, sides);
        mail.ReadLines();
        return mail._framed ? mail.Finished() : null;
    }

    /// <summary>The runs of a letter without a header, which its greeting and its signature tell; null where neither is found.</summary>
    public static ChatRuns? ReadBare(string text, string folded, List<ChatLine> lines, ChatSides sides, out bool complete)
    {
        var mail = new EmailText(text, folded, lines, sides);
        mail.ReadLines();
        var parts = mail._runs.Runs.Select(r => r.Part).ToHashSet();
        complete = parts.Contains(ChatPart.Greeting) && parts.Contains(ChatPart.Signature);
        return parts.Contains(ChatPart.Greeting) || parts.Contains(ChatPart.Signature) || parts.Contains(ChatPart.Quoted) ? mail._runs : null;
    }

    ChatRuns Finished()
    {
        // Who answers a mail is whom it was sent to.
        if (_answered is { } author)
        {
            for (var i = 0; i < _runs.Runs.Count && _runs.Runs[i] is { Speaker: null, Part: not ChatPart.Quoted } run; i++)
                _runs.Runs[i] = run with { Speaker = author };
        }
        _runs.Type = InteractionType.Email;
        return _runs;
    }

    void ReadLines()
    {
        for (var i = 0; i < _lines.Count;)
            i += ReadFrame(i) is > 0 and var taken ? taken : ReadWords(i);
        Flush();
    }

    // How many lines frame the words that follow; 0 for words.
    int ReadFrame(int index)
    {
        var line = _lines[index];
        var span = _folded.AsSpan(line.Start, line.End - line.Start);
        if (EmailWords.IsHistoryMark(span))
        {
            Flush();
            _voices[line.Depth] = new MailVoice(null, null, -1, true);
            (_marked, _framed) = (true, true);
            return 1;
        }
        if (EmailHeaders.ReadBlock(_text, _folded, _lines, index) is { } block)
        {
            Flush();
            _voices[line.Depth] = Voice(block, line.Depth > 0 || _marked || IsHistory(block));
            (_marked, _divided, _framed) = (false, false, true);
            return block.Lines;
        }
        if (EmailHeaders.ReadSender(_text, _folded, line) is { } sender)
        {
            Flush();
            _voices[line.Depth] = Voice(sender, line.Depth > 0 || _marked);
            (_marked, _framed) = (false, true);
            return index + 1 < _lines.Count && EmailWords.FieldAt(_folded, _lines[index + 1].Start, _lines[index + 1].End, out _) == MailField.To ? 2 : 1;
        }
        if (EmailHeaders.ReadAttribution(_text, _folded, _lines, index) is { } attribution)
        {
            Flush();
            var next = index + attribution.Lines;
            var depth = next < _lines.Count && _lines[next].Depth > line.Depth ? _lines[next].Depth : line.Depth;
            _voices[depth] = Voice(attribution, quoted: true);
            _framed |= attribution.Sent is not null || depth > line.Depth;
            return attribution.Lines;
        }
        if (ChatNotices.IsRule(span))
        {
            Flush();
            // Outlook draws underscores over history; other rules part one mail from the next.
            (_marked, _divided) = span[0] == '_' ? (true, false) : (_marked, true);
            return 1;
        }
        return 0;
    }

    int ReadWords(int index)
    {
        var line = _lines[index];
        var voice = _voices.GetValueOrDefault(line.Depth, new MailVoice(null, null, -1, true));
        if (_open.Count > 0 && (voice != _openVoice || line.Depth != _open[^1].Depth))
            Flush();
        _openVoice = voice;
        _open.Add(line);
        return 1;
    }

    // A block under a mail is its history, unless it is newer or set apart by a rule: then it is the next of several.
    bool IsHistory(MailHead block)
    {
        if (_runs.Runs.Count == 0 || _divided)
            return false;
        var above = _voices[0];
        if (above.From is null || above.Stamp < 0 || block.Sent is not { Shape: DateShape.YearMonthDay } sent)
            return true;
        var before = _runs.Stamps[above.Stamp].Stamp;
        return before.Shape != DateShape.YearMonthDay
            || (sent.A, sent.B, sent.C, sent.Time ?? default).CompareTo((before.A, before.B, before.C, before.Time ?? default)) <= 0;
    }

    MailVoice Voice(MailHead head, bool quoted)
    {
        if (head is { From: { } from, To: { } to })
            Address(from, to);
        if (quoted && _runs.Runs.Count > 0 && _runs.Runs.All(r => r.Part != ChatPart.Quoted))
            _answered ??= head.To;
        return new MailVoice(head.From, head.To, _runs.Add(head.Sent), quoted);
    }

    void Address(string from, string to)
    {
        if (ChatSides.Opposite(_sides.Of(to)) is var side && side != ChatSide.Unknown)
            _runs.Addressed.TryAdd(ChatSides.Key(from), side);
    }

    void Flush()
    {
        if (_open.Count == 0)
            return;
        var voice = _openVoice;
        if (voice.Quoted)
        {
            _runs.Add(_folded, new ChatRun(voice.From, voice.Stamp, ChatPart.Quoted, _open[0].Start, _open[^1].End));
        }
        else
        {
            var parts = EmailParts.Of(_folded, _open, _sides);
            var speaker = voice.From ?? EmailParts.Signatory(_text, _folded, _open, parts);
            if (speaker is not null && EmailParts.Addressee(_folded, _open, parts) is { } addressee)
                Address(speaker, addressee);
            Add(speaker, voice.Stamp, ChatPart.Greeting, 0, parts.Body);
            Add(speaker, voice.Stamp, ChatPart.Said, parts.Body, parts.Signature);
            Add(speaker, voice.Stamp, ChatPart.Signature, parts.Signature, _open.Count);
        }
        _open.Clear();
    }

    void Add(string? speaker, int stamp, ChatPart part, int first, int end)
    {
        if (first < end)
            _runs.Add(_folded, new ChatRun(speaker, stamp, part, _open[first].Start, _open[end - 1].End));
    }

    static List<MailLine> Unquote(string folded, List<ChatLine> lines)
    {
        var mail = new List<MailLine>(lines.Count);
        var afterBlank = false;
        foreach (var line in lines)
        {
            var (at, depth) = (line.Start, 0);
            while (at < line.End && folded[at] is '>' or ' ')
            {
                if (folded[at++] == '>')
                    depth++;
            }
            if (at < line.End)
                mail.Add(new MailLine(at, line.End, Math.Min(depth, DeepestQuote), line.AfterBlank || afterBlank));
            afterBlank = at >= line.End;
        }
        return mail;
    }
}
