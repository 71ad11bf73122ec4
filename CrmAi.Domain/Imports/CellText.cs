using CrmAi.Domain.Contacts;

namespace CrmAi.Domain.Imports;

/// <summary>
/// Text that a spreadsheet program would take for a formula, made harmless for a table in text by an apostrophe in front, and read back.
/// Beginnings that are dangerous: = + - @ in either width, tab, carriage return and line feed; behind space too.
/// </summary>
public static class CellText
{
    private const char Mark = '\'';

    /// <summary>Whether a spreadsheet program may calculate it.</summary>
    public static bool IsDangerous(string text)
    {
        if (text.Length == 0) return false;
        if (text[0] is '\t' or '\r' or '\n') return true;
        var start = text.AsSpan().TrimStart();
        return start.Length > 0 && start[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' or '−' or '﹢' or '﹣' or '﹦' or '﹫' or '⁺' or '₊' or '⁼' or '₌';
    }

    /// <summary>As it is written into a table in text. What has such apostrophes already gets one more, so that reading gives back each text as it was.</summary>
    public static string Harmless(string text) => IsDangerous(text) || (text.StartsWith(Mark) && IsDangerous(text.TrimStart(Mark))) ? Mark + text : text;

    /// <summary>As it was before <see cref="Harmless"/>.</summary>
    public static string Read(string text) => text.StartsWith(Mark) && IsDangerous(text.TrimStart(Mark)) ? text[1..] : text;

    /// <summary>Whether people write it for nothing.</summary>
    public static bool SaysNothing(string text) => ContactKeys.Fold(text) is "" or "-" or "--" or "—" or "/" or "n/a" or "na" or "null" or "none" or "nil" or "无" or "暂无" or "没有" or "未知" or "空" or "\\n" or "(空)" or "#n/a" or "undefined";
}
