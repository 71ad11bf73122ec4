namespace CrmAi.Domain.BusinessCards;

/// <summary>Full-width letters, digits and signs, and the many dashes, as their plain forms; one character stays one.</summary>
public static class Widths
{
    public static string Narrow(string text) => string.Create(text.Length, text, static (to, from) => { for (var i = 0; i < to.Length; i++) to[i] = Narrow(from[i]); });

    public static char Narrow(char c) => c switch
    {
        >= '\uff01' and <= '\uff5e' => (char)(c - 0xfee0),
        '\u3000' or '\u00a0' => ' ',
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\u2212' => '-',
        '\u2018' or '\u2019' => '\'',
        '\u201c' or '\u201d' => '"',
        '\u3002' => '.',
        '\ufe30' => ':',
        _ => c,
    };
}
