using System.Text;

namespace CrmAi.Infrastructure.ContactFiles;

/// <summary>One property of a card: "item1.TEL;TYPE=CELL:+86…". Written as vCard 2.1, RFC 2426 (3.0) and RFC 6350 (4.0) have it.</summary>
/// <param name="Group">What stands before the dot, in lower case; empty for none.</param>
/// <param name="Name">In capitals.</param>
/// <param name="Types">In capitals: values of TYPE, and bare ones as 2.1 has them.</param>
/// <param name="Raw">The value as written, its lines joined; quoted-printable already undone.</param>
internal sealed record VCardProperty(string Group, string Name, IReadOnlyList<string> Types, IReadOnlyDictionary<string, string> Parameters, string Raw, bool IsCut)
{
    public bool Is(params ReadOnlySpan<string> kinds)
    {
        foreach (var kind in kinds)
            if (Types.Contains(kind)) return true;
        return false;
    }

    public bool IsBase64 => Parameters.GetValueOrDefault("ENCODING") is "B" or "BASE64";

    /// <summary>The value as one text.</summary>
    public string Text => Unescape(Raw);

    /// <summary>Parts between separators that are not escaped, each unescaped.</summary>
    public IReadOnlyList<string> Parts(char separator)
    {
        var (parts, from) = (new List<string>(), 0);
        for (var i = 0; i < Raw.Length; i++)
        {
            if (Raw[i] == '\\') { i++; continue; }
            if (Raw[i] != separator) continue;
            parts.Add(Unescape(Raw[from..i]));
            from = i + 1;
        }
        parts.Add(Unescape(Raw[from..]));
        return parts;
    }

    public static VCardProperty? Parse(string line, bool isCut)
    {
        var colon = Colon(line);
        if (colon <= 0) return null;
        var head = Split(line[..colon]);
        var dot = head[0].LastIndexOf('.');
        var (group, name) = dot < 0 ? ("", head[0]) : (head[0][..dot], head[0][(dot + 1)..]);
        var types = new List<string>();
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in head.Skip(1).Take(50))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = equals < 0 ? ("", part) : (part[..equals].Trim().ToUpperInvariant(), part[(equals + 1)..]);
            var given = value.Trim().Trim('"').ToUpperInvariant();
            if (key.Length == 0 && given is "QUOTED-PRINTABLE" or "BASE64" or "B" or "8BIT") key = "ENCODING";
            if (key is "" or "TYPE") types.AddRange(given.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            else parameters[key] = key is "ENCODING" or "CHARSET" or "VALUE" ? given : value.Trim().Trim('"');
        }
        var raw = line[(colon + 1)..];
        if (parameters.GetValueOrDefault("ENCODING") == "QUOTED-PRINTABLE") raw = Printable(raw, parameters.GetValueOrDefault("CHARSET"));
        return new(group.ToLowerInvariant(), name.Trim().ToUpperInvariant(), types, parameters, raw, isCut);
    }

    /// <summary>Whether a line's value is quoted-printable and goes on in the next.</summary>
    public static bool IsOpen(string line) =>
        line.EndsWith('=') && Colon(line) is > 0 and var colon && line.AsSpan(0, colon).Contains("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a line begins a value in base64, which old programs write on without a mark.</summary>
    public static bool IsBase64Head(string line) =>
        Colon(line) is > 0 and var colon && line[..colon].ToUpperInvariant() is var head && (head.Contains("BASE64", StringComparison.Ordinal) || head.Contains("ENCODING=B", StringComparison.Ordinal));

    private static int Colon(string line)
    {
        var quoted = false;
        for (var i = 0; i < line.Length && i < 4_000; i++)
        {
            if (line[i] == '"') quoted = !quoted;
            else if (line[i] == ':' && !quoted) return i;
        }
        return -1;
    }

    private static List<string> Split(string head)
    {
        var (parts, from, quoted) = (new List<string>(), 0, false);
        for (var i = 0; i < head.Length; i++)
        {
            if (head[i] == '"') quoted = !quoted;
            if (head[i] != ';' || quoted) continue;
            parts.Add(head[from..i]);
            from = i + 1;
        }
        parts.Add(head[from..]);
        return parts;
    }

    // RFC 2045, 6.7: soft line breaks are already undone. Bytes are of the property's own character set; what stands unencoded is text already.
    private static string Printable(string raw, string? charset)
    {
        var encoding = TextEncodings.Marking(charset is null ? TextEncodings.Of(TextEncodings.Utf8)! : Charset(charset));
        var (text, bytes) = (new StringBuilder(raw.Length), new List<byte>());
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '=' && i + 2 < raw.Length && char.IsAsciiHexDigit(raw[i + 1]) && char.IsAsciiHexDigit(raw[i + 2]))
            {
                bytes.Add(Convert.ToByte(raw.Substring(i + 1, 2), 16));
                i += 2;
                continue;
            }
            // In Chinese character sets a letter may be the second byte of a character.
            if (bytes.Count > 0 && raw[i] < 128 && encoding.CodePage != 65001 && raw[i] != ';') { bytes.Add((byte)raw[i]); continue; }
            Flush();
            text.Append(raw[i]);
        }
        Flush();
        return text.ToString();

        void Flush()
        {
            if (bytes.Count > 0) text.Append(encoding.GetString([.. bytes]));
            bytes.Clear();
        }
    }

    private static Encoding Charset(string name)
    {
        if (name is "GBK" or "GB2312" or "GB18030" or "CP936") return TextEncodings.Of(TextEncodings.Gb)!;
        if (TextEncodings.Of(name) is { } known) return known;
        try { return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name); }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException) { return TextEncodings.Of(TextEncodings.Utf8)!; }
    }

    private static string Unescape(string raw)
    {
        if (!raw.Contains('\\', StringComparison.Ordinal)) return raw;
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 == raw.Length) { text.Append(raw[i]); continue; }
            var next = raw[++i];
            if (next is 'n' or 'N') text.Append('\n');
            else if (next is ',' or ';' or ':' or '\\') text.Append(next);
            else text.Append('\\').Append(next);
        }
        return text.ToString();
    }
}
