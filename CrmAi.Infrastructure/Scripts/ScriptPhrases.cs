using System.Security.Cryptography;
using System.Text;
using CrmAi.Infrastructure.Conversations.Rules;

namespace CrmAi.Infrastructure.Scripts;

/// <summary>The sentences of one language, by part, reason and detail; the files can be edited at a deployment.</summary>
internal sealed class ScriptPhrases
{
    private readonly Dictionary<string, IReadOnlyList<string>> sections;

    private ScriptPhrases(Dictionary<string, IReadOnlyList<string>> sections, string fingerprint) => (this.sections, Fingerprint) = (sections, fingerprint);

    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "Scripts", "Phrases");

    /// <summary>Changes whenever the file does.</summary>
    public string Fingerprint { get; }

    public IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> All => sections;

    /// <exception cref="LexiconException">A line that cannot be read.</exception>
    public static ScriptPhrases Of(string language, string? folder = null)
    {
        var path = Path.Combine(folder ?? DefaultFolder, $"{language}.txt");
        return new(LexiconFile.Read(path).GroupBy(e => e.Section).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(e => e.Pattern)]), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)).AsSpan(0, 4)));
    }

    /// <summary>Wordings of the most special section there is: part, reason and detail, or part and reason.</summary>
    public IReadOnlyList<string> Find(string part, string about, string? detail = null) =>
        (detail is null ? null : sections.GetValueOrDefault($"{part} {about} {detail}")) ?? sections.GetValueOrDefault($"{part} {about}") ?? [];

    /// <summary>Always the same for the same seed; the next take gives the next wording.</summary>
    public static int Start(string seed, int take, int count) => count == 0 ? 0 : (int)((BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(seed))) + (uint)(take - 1)) % (uint)count);
}
