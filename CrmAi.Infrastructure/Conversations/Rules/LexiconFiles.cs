using System.Security.Cryptography;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>All data files of the rules, read and checked once; the folder can be edited at a deployment.</summary>
sealed class LexiconFiles
{
    /// <summary>Stands for a competitor's name where patterns are read after the names are known; the slot {mark}.</summary>
    public const char RivalMark = '\u0002';

    // Slots with an expression of their own; all others are word lists of slots.txt.
    static readonly Dictionary<string, string> BuiltIn = new()
    {
        ["han"] = "[\u4e00-\u9fff]{1,3}",
        ["word"] = "[a-z][a-z0-9'.-]*",
        ["number"] = "(?:[0-9][0-9,.]*|[一二三四五六七八九十百千两几半]+)",
        ["name"] = "(?<name>[a-z][a-z0-9&.+-]*(?: [a-z0-9][a-z0-9&.+-]*){0,2}|[\u4e00-\u9fffa-z0-9]{2,10}?)",
        ["names"] = "(?<name>[\u4e00-\u9fffa-z0-9&.+、 -]{2,30}?)",
        ["mark"] = RivalMark.ToString(),
        ["end"] = "(?:$|[^\u4e00-\u9fffa-z0-9])",
    };

    public LexiconFiles(string folder)
    {
        Simplified = ReadSimplified(Path.Combine(folder, "traditional.txt"));
        var slots = ReadSlots(Path.Combine(folder, "slots.txt"));
        // A vocabulary too long for one readable file goes on in files named after it: pains.txt, pains-trades.txt.
        Patterns Load(string name) => new(
            Directory.GetFiles(folder, $"{Path.GetFileNameWithoutExtension(name)}-*.txt").Order(StringComparer.Ordinal).Prepend(Path.Combine(folder, name)).SelectMany(LexiconFile.Read), slots, Simplified);
        Objections = Load("objections.txt");
        Pains = Load("pains.txt");
        Needs = Load("needs.txt");
        Signals = Load("signals.txt");
        Sentiments = Load("sentiment.txt");
        Negations = Load("negations.txt");
        Competitors = Load("competitors.txt");
        DecisionMakers = Load("decision-makers.txt");
        Disc = Load("disc.txt");
        Stages = Load("stages.txt");
        Injections = Load("injections.txt");
        Topics = Load("topics.txt");
        Money = Load("money.txt");
        FollowUps = Load("follow-ups.txt");
        Voices = Load("voices.txt");
        Actions = Load("actions.txt");
        Insights = Load("insights.txt");
        Cues = Load("cues.txt");
        Names = new(Path.Combine(folder, "surnames.txt"), Simplified);
        Holidays = new(Path.Combine(folder, "holidays.txt"), Simplified);
        Fingerprint = Hash(folder);
        Vendors = new(Path.Combine(folder, "vendors.txt"), Simplified);
    }

    public IReadOnlyDictionary<char, char> Simplified { get; }

    public Patterns Objections { get; }

    public Patterns Pains { get; }

    public Patterns Needs { get; }

    public Patterns Signals { get; }

    public Patterns Sentiments { get; }

    public Patterns Negations { get; }

    public Patterns Competitors { get; }

    public Patterns DecisionMakers { get; }

    public Patterns Disc { get; }

    public Patterns Stages { get; }

    public Patterns Injections { get; }

    public Patterns Topics { get; }

    public Patterns Money { get; }

    public Patterns FollowUps { get; }

    public Patterns Voices { get; }

    public Patterns Actions { get; }

    public Patterns Insights { get; }

    public Patterns Cues { get; }

    public VendorNames Vendors { get; }

    public PersonNames Names { get; }

    public Holidays Holidays { get; }

    /// <summary>Changes whenever a file does.</summary>
    public string Fingerprint { get; }

    /// <summary>The files beside the program.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "Conversations", "Lexicons");

    static string Hash(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal)) hash.AppendData(File.ReadAllBytes(file));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..8];
    }

    public static Dictionary<char, char> ReadSimplified(string path)
    {
        var map = new Dictionary<char, char>();
        foreach (var entry in LexiconFile.Read(path))
        {
            foreach (var pair in entry.Pattern.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (pair.Length != 2) throw new LexiconException(entry.File, entry.Line, $"'{pair}' is not a pair of characters");
                map[pair[0]] = pair[1];
            }
        }

        return map;
    }

    Dictionary<string, string> ReadSlots(string path)
    {
        var slots = new Dictionary<string, string>(BuiltIn);
        // In order of the file, so that a list may use the ones above it.
        foreach (var list in LexiconFile.Read(path).GroupBy(e => e.Section))
        {
            var options = list.Select(e => PatternSyntax.Read(FoldedText.Fold(e.Pattern, Simplified), slots, p => new LexiconException(e.File, e.Line, p), whole: false).Expression);
            slots[list.Key] = $"(?:{string.Join('|', options)})";
        }

        return slots;
    }
}
