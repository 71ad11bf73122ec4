namespace CrmAi.Domain.Interactions;

/// <summary>Reads a date, a time or both from the front of a folded text, in the forms that chat and mail programs write.</summary>
internal ref partial struct ChatStampReader
{
    static readonly (string Word, int Hours)[] DayParts =
    [
        ("上午", 0), ("早上", 0), ("早晨", 0), ("清晨", 0), ("凌晨", 0), ("下午", 12), ("傍晚", 12), ("晚上", 12), ("中午", 12),
        ("a.m.", 0), ("p.m.", 12), ("am", 0), ("pm", 12),
    ];

    static readonly string[] Gaps = ["at ", "um ", "à ", "kl. "];
    static readonly string[] Zones = ["gmt", "utc", "cst"];

    readonly ReadOnlySpan<char> _text;
    int _at;
    ChatStamp _stamp;
    int? _dayPart;

    ChatStampReader(ReadOnlySpan<char> text) => _text = text;

    public static bool TryRead(ReadOnlySpan<char> folded, out ChatStamp stamp, out int length)
    {
        var reader = new ChatStampReader(folded);
        length = reader.ReadAll();
        stamp = reader._stamp;
        if (stamp.Time is { } time && reader._dayPart is { } part)
            stamp = stamp with { Time = InDayPart(time, part) };
        return length > 0 && (stamp.HasDate || stamp.Time is not null);
    }

    static TimeSpan InDayPart(TimeSpan time, int part) => (part, time.Hours) switch
    {
        (12, < 11) => time + TimeSpan.FromHours(12),
        (12, 11) => time,
        (0, 12) => time - TimeSpan.FromHours(12),
        _ => time,
    };

    int ReadAll()
    {
        var end = 0;
        while (end == 0 || SkipGap())
        {
            if (!ReadPart())
                break;
            end = _at;
        }
        return end;
    }

    bool ReadPart() =>
        (_stamp.Time is null && ReadTime())
        || (_stamp.Shape == DateShape.None && ReadDate())
        || (_stamp.Weekday is null && ReadWeekday())
        || (!_stamp.HasDate && ReadDayWord())
        || (_dayPart is null && ReadDayPart())
        || (_stamp.Time is not null && _stamp.Offset is null && ReadOffset());

    bool SkipGap()
    {
        var spaces = 0;
        for (; _at < _text.Length && spaces < 4; _at++, spaces++)
        {
            if (_text[_at] == ',' && !_stamp.HasComma)
                _stamp = _stamp with { HasComma = true };
            else if (_text[_at] != ' ')
                break;
        }
        foreach (var gap in Gaps)
        {
            if (_stamp.HasDate && StartsWith(gap))
                _at += gap.Length;
        }
        if (_stamp.HasDate && Peek() is 'T' && char.IsAsciiDigit(Peek(1)))
            _at++;
        return _at < _text.Length;
    }

    bool ReadTime()
    {
        var at = _at;
        if (!Number(ref at, 2, out var hour) || hour > 24 || CharAt(at) is not (':' or '时'))
            return false;
        at++;
        var minuteAt = at;
        if (!Number(ref at, 2, out var minute) || at - minuteAt != 2 || minute > 59)
            return false;
        var second = 0;
        var secondAt = at + 1;
        // "14:02：30 pieces" is a colon after the time, so seconds end at something that is no word.
        var hasSeconds = CharAt(at) == ':' && Number(ref secondAt, 2, out second) && secondAt - at == 3 && second < 60
            && !char.IsAsciiDigit(CharAt(secondAt))
            && (!char.IsLetter(CharAt(secondAt)) || CharAt(secondAt) is 'Z' or 'A' or 'P' or 'a' or 'p');
        if (hasSeconds)
            at = SkipFraction(secondAt);
        else if (char.IsAsciiDigit(CharAt(at)))
            return false;
        else if (CharAt(at) == '分')
            at++;
        _stamp = _stamp with { Time = new TimeSpan(hour % 24, minute, hasSeconds ? second : 0), HasSeconds = hasSeconds };
        _at = at;
        return true;
    }

    readonly int SkipFraction(int at)
    {
        if (CharAt(at) != '.' || !char.IsAsciiDigit(CharAt(at + 1)))
            return at;
        for (at++; char.IsAsciiDigit(CharAt(at)); at++) { }
        return at;
    }

    bool ReadDayPart()
    {
        foreach (var (word, hours) in DayParts)
        {
            if (!StartsWith(word) || (word[0] is 'a' or 'p' && (_stamp.Time is null || char.IsLetter(CharAt(_at + word.Length)))))
                continue;
            _dayPart = hours;
            _stamp = _stamp with { TwelveHour = _stamp.TwelveHour || word[0] is 'a' or 'p' };
            _at += word.Length;
            return true;
        }
        return false;
    }

    bool ReadOffset()
    {
        var at = _at;
        var zoned = CharAt(at) == '(';
        if (zoned)
            at++;
        foreach (var zone in Zones)
        {
            if (at < _text.Length && _text[at..].StartsWith(zone, StringComparison.OrdinalIgnoreCase))
                at += 3;
        }
        var named = at > _at + (zoned ? 1 : 0);
        var sign = CharAt(at);
        if (sign is '+' or '-' && Number(ref at, 2, out var hours, skip: 1) && hours <= 14)
        {
            if (CharAt(at) == ':')
                at++;
            _ = Number(ref at, 2, out var minutes);
            var offset = new TimeSpan(hours, minutes % 60, 0);
            _stamp = _stamp with { Offset = sign == '-' ? -offset : offset };
        }
        else if (sign == 'Z' && !char.IsLetterOrDigit(CharAt(at + 1)))
        {
            at++;
            _stamp = _stamp with { Offset = TimeSpan.Zero };
        }
        else if (!named)
        {
            return false;
        }
        if (zoned && CharAt(at) != ')')
            return false;
        _at = zoned ? at + 1 : at;
        return true;
    }

    static bool IsDayPart(ReadOnlySpan<char> text)
    {
        foreach (var (word, _) in DayParts)
        {
            if (text.StartsWith(word, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    readonly bool Number(ref int at, int most, out int value, int skip = 0)
    {
        value = 0;
        var end = at + skip;
        var from = end;
        for (; end - from < most && char.IsAsciiDigit(CharAt(end)); end++)
            value = (value * 10) + (CharAt(end) - '0');
        if (end == from)
            return false;
        at = end;
        return true;
    }

    readonly bool StartsWith(string word) =>
        _at < _text.Length && _text[_at..].StartsWith(word, StringComparison.OrdinalIgnoreCase);

    readonly char Peek(int ahead = 0) => CharAt(_at + ahead);

    readonly char CharAt(int at) => at < _text.Length ? _text[at] : '\0';
}
