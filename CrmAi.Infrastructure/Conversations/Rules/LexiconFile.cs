namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>A lexicon file that cannot be read: names the file and the line.</summary>
public sealed class LexiconException(string file, int line, string problem) : Exception($"{file}({line}): {problem}")
{
    public string File { get; } = file;

    public int Line { get; } = line;
}

/// <summary>One line of a lexicon: a pattern under its section, with a weight written as <c>@2</c> at its end, 1 where none is.</summary>
/// <param name="IsException">Written with a leading <c>!</c>: what it covers is no hit of the section.</param>
sealed record LexiconEntry(string File, int Line, string Section, string Pattern, double Weight, bool IsException);

/// <summary>Reads the lines of a lexicon: <c># comment</c>, <c>[section]</c>, <c>pattern</c>, <c>pattern @weight</c>, <c>!exception</c>.</summary>
static class LexiconFile
{
    public static IReadOnlyList<LexiconEntry> Read(string path)
    {
        var file = Path.GetFileName(path);
        var entries = new List<LexiconEntry>();
        string? section = null;
        var number = 0;
        foreach (var raw in File.ReadLines(path))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] == '[' && line[^1] == ']' && line.AsSpan(1, line.Length - 2).IndexOfAny("[]()~") < 0)
            {
                section = line[1..^1].Trim();
                if (section.Length == 0) throw new LexiconException(file, number, "a section without a name");
                continue;
            }

            if (section is null) throw new LexiconException(file, number, "a line before the first [section]");
            entries.Add(Entry(file, number, section, line));
        }

        return entries;
    }

    static LexiconEntry Entry(string file, int number, string section, string line)
    {
        var weight = 1d;
        var at = line.LastIndexOf(" @", StringComparison.Ordinal);
        if (at > 0)
        {
            if (!double.TryParse(line[(at + 2)..], System.Globalization.CultureInfo.InvariantCulture, out weight) || weight is < -10 or > 10)
                throw new LexiconException(file, number, $"'{line[(at + 1)..]}' is not a weight from -10 to 10");
            line = line[..at].TrimEnd();
        }

        var exception = line[0] == '!';
        if (exception) line = line[1..].TrimStart();
        if (line.Length == 0) throw new LexiconException(file, number, "an empty pattern");
        return new(file, number, section, line, weight, exception);
    }
}
