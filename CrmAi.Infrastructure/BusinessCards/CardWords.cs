using System.Collections.Frozen;
using CrmAi.Infrastructure.Conversations.Rules;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>The words by which names, titles, companies and addresses are told.</summary>
internal static class CardWords
{
    private static readonly FrozenDictionary<string, string[]> Sections = Load();

    /// <summary>Family names of one and of two characters.</summary>
    public static FrozenSet<string> Surnames { get; } = LexiconFile.Read(Path.Combine(LexiconFiles.DefaultFolder, "surnames.txt"))
        .SelectMany(e => e.Pattern.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToFrozenSet(StringComparer.Ordinal);

    public static string[] ChineseTitles { get; } = [.. Sections["title-zh"].OrderByDescending(w => w.Length)];

    public static FrozenSet<string> EnglishTitles { get; } = Sections["title-en"].ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static string[] ChineseCompanies { get; } = [.. Sections["company-zh"].OrderByDescending(w => w.Length)];

    public static string[] EnglishCompanies { get; } = [.. Sections["company-en"].OrderByDescending(w => w.Length)];

    public static FrozenSet<string> EnglishAddresses { get; } = Sections["address-en"].ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static string[] Places { get; } = Sections["place-en"];

    /// <summary>Words of letters, lower case, dots and brackets taken off.</summary>
    public static IReadOnlyList<string> WordsOf(string text) =>
        [.. text.ToLowerInvariant().Split([' ', ',', '/', '&', '|', '(', ')', ':', ';', '·', '•'], StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim('.', '-', '\'')).Where(w => w.Length > 0)];

    private static FrozenDictionary<string, string[]> Load()
    {
        using var reader = new StreamReader(typeof(CardWords).Assembly.GetManifestResourceStream("CrmAi.Infrastructure.BusinessCards.words.txt")!);
        var sections = new Dictionary<string, List<string>>();
        var words = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] == '[') sections[line.Trim('[', ']')] = words = [];
            else words.AddRange(line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Replace('_', ' ')));
        }
        return sections.ToFrozenDictionary(s => s.Key, s => s.Value.ToArray());
    }
}
