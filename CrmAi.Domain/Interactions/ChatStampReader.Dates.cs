namespace CrmAi.Domain.Interactions;

internal ref partial struct ChatStampReader
{
    static readonly (string Word, int Days)[] DayWords =
        [("今天", 0), ("昨天", 1), ("前天", 2), ("today", 0), ("yesterday", 1)];

    static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    static readonly string[] LongMonths =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    bool ReadDate()
    {
        var at = _at;
        return Number(ref at, 4, out var a) ? ReadNumericDate(at, a, at - _at) : ReadNamedMonth(at);
    }

    bool ReadNumericDate(int at, int a, int digits)
    {
        var sign = CharAt(at);
        if (sign == '年' && digits == 4)
            return Number(ref at, 2, out var month, skip: 1) && CharAt(at) == '月'
                && Number(ref at, 2, out var dayOfYear, skip: 1) && Take(at, DateShape.YearMonthDay, a, month, dayOfYear);
        if (sign == '月')
            return Number(ref at, 2, out var day, skip: 1) && CharAt(at) is '日' or '号' && Take(at, DateShape.MonthDay, a, day, 0);
        if (sign is '/' or '-' or '.')
        {
            if (!Number(ref at, 2, out var b, skip: 1))
                return false;
            if (CharAt(at) != sign)
                return digits <= 2 && (sign != '.' || CharAt(at) == ' ')
                    && Take(at, sign == '-' ? DateShape.MonthDay : DateShape.TwoNumbers, a, b, 0);
            var thirdAt = at + 1;
            if (!Number(ref at, 4, out var c, skip: 1))
                return false;
            return (digits, at - thirdAt) switch
            {
                (4, <= 2) => Take(at, DateShape.YearMonthDay, a, b, c),
                ( <= 2, 4) => Take(at, DateShape.TwoNumbersYear, a, b, c),
                ( <= 2, <= 2) => Take(at, DateShape.ThreeShort, a, b, c),
                _ => false,
            };
        }
        at = SkipOrdinal(at);
        if (CharAt(at) is ' ' or '-' or '.')
            at++;
        if (CharAt(at) == ' ')
            at++;
        return digits <= 2 && MonthAt(ref at) is > 0 and var named && TakeNamed(at, named, a);
    }

    bool ReadNamedMonth(int at)
    {
        if (MonthAt(ref at) is not (> 0 and var month))
            return false;
        if (CharAt(at) is not (' ' or '-') || !Number(ref at, 2, out var day, skip: 1) || CharAt(at) == ':')
            return false;
        return TakeNamed(SkipOrdinal(at), month, day);
    }

    bool TakeNamed(int at, int month, int day)
    {
        var from = CharAt(at) == ',' ? at + 1 : at;
        while (CharAt(from) is ' ' or '-' && from - at < 3)
            from++;
        var end = from;
        return from > at && Number(ref end, 4, out var year) && end - from == 4 && CharAt(end) != ':'
            ? Take(end, DateShape.YearMonthDay, year, month, day)
            : Take(at, DateShape.MonthDay, month, day, 0);
    }

    readonly int SkipOrdinal(int at)
    {
        var rest = _text[Math.Min(at, _text.Length)..];
        return rest.StartsWith("th") || rest.StartsWith("st") || rest.StartsWith("nd") || rest.StartsWith("rd") ? at + 2 : at;
    }

    readonly int MonthAt(ref int at)
    {
        var end = at;
        while (char.IsAsciiLetter(CharAt(end)) && end - at < 10)
            end++;
        var word = _text[Math.Min(at, _text.Length)..Math.Min(end, _text.Length)];
        for (var month = 0; month < Months.Length; month++)
        {
            if (word.Equals(Months[month], StringComparison.OrdinalIgnoreCase)
                || word.Equals(LongMonths[month], StringComparison.OrdinalIgnoreCase)
                || (month == 8 && word.Equals("sept", StringComparison.OrdinalIgnoreCase)))
            {
                at = CharAt(end) == '.' ? end + 1 : end;
                return month + 1;
            }
        }
        return 0;
    }

    bool Take(int at, DateShape shape, int a, int b, int c)
    {
        if (CharAt(at) is '日' or '号')
            at++;
        var possible = shape switch
        {
            DateShape.YearMonthDay => a is >= 1970 and <= 2100 && b is >= 1 and <= 12 && c >= 1 && c <= DateTime.DaysInMonth(a, b),
            DateShape.MonthDay => a is >= 1 and <= 12 && b >= 1 && b <= DateTime.DaysInMonth(2000, a),
            DateShape.ThreeShort => true,
            _ => a is >= 1 and <= 31 && b is >= 1 and <= 31 && (a <= 12 || b <= 12) && (c == 0 || c is >= 1970 and <= 2100),
        };
        if (!possible || char.IsAsciiDigit(CharAt(at)))
            return false;
        _stamp = _stamp with { Shape = shape, A = a, B = b, C = c };
        _at = at;
        return true;
    }

    bool ReadWeekday()
    {
        var at = CharAt(_at) == '(' ? _at + 1 : _at;
        var start = at;
        var rest = _text[Math.Min(at, _text.Length)..];
        DayOfWeek? day = null;
        if (rest.StartsWith("星期") || rest.StartsWith("礼拜") || rest.StartsWith("周"))
        {
            at += rest[0] == '周' ? 1 : 2;
            var index = "日一二三四五六".IndexOf(CharAt(at), StringComparison.Ordinal);
            day = index >= 0 ? (DayOfWeek)index : CharAt(at) == '天' ? DayOfWeek.Sunday : null;
            at++;
        }
        else
        {
            while (char.IsAsciiLetter(CharAt(at)) && at - start < 10)
                at++;
            for (var d = DayOfWeek.Sunday; d <= DayOfWeek.Saturday; d++)
            {
                var name = d.ToString();
                if (at - start >= 3 && (rest[..(at - start)].Equals(name, StringComparison.OrdinalIgnoreCase)
                    || rest[..(at - start)].Equals(name.AsSpan(0, 3), StringComparison.OrdinalIgnoreCase)))
                    day = d;
            }
            if (CharAt(at) == '.')
                at++;
        }
        if (day is null || (start > _at && CharAt(at) != ')'))
            return false;
        if (start > _at)
            at++;
        // "周三丰" is a person: a weekday ends its word, unless the part of the day follows.
        if (char.IsLetter(CharAt(at)) && !IsDayPart(_text[at..]))
            return false;
        _stamp = _stamp with { Weekday = day };
        _at = at;
        return true;
    }

    bool ReadDayWord()
    {
        foreach (var (word, days) in DayWords)
        {
            if (!StartsWith(word) || (char.IsLetter(CharAt(_at + word.Length)) && !IsDayPart(_text[(_at + word.Length)..])))
                continue;
            _stamp = _stamp with { DaysAgo = days };
            _at += word.Length;
            return true;
        }
        return false;
    }
}
