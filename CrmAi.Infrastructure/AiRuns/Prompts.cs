using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CrmAi.Infrastructure.AiRuns;

/// <param name="Version">"conversation/zh/1-3fa94c20": name, language, number and what tells texts of one number apart.</param>
internal sealed record Prompt(string Version, string Text);

/// <summary>What models are told: one file for each task and language, its number in the first line. Read once.</summary>
internal sealed class Prompts
{
    private static readonly string[] Languages = ["zh", "en"];

    private readonly Dictionary<string, Prompt> prompts = [];

    private Prompts()
    {
    }

    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "Prompts");

    /// <summary>Both languages of a task.</summary>
    /// <param name="folder">Where the files lie: conversation.zh.md, conversation.en.md.</param>
    /// <param name="schema">Of the answer: another schema makes another version.</param>
    /// <exception cref="InvalidOperationException">A file is missing, or does not begin with its number.</exception>
    public static Prompts Of(string task, string schema, string? folder = null)
    {
        var made = new Prompts();
        foreach (var language in Languages)
        {
            var file = Path.Combine(folder ?? DefaultFolder, $"{task}.{language}.md");
            if (!File.Exists(file)) throw new InvalidOperationException($"{file}: no such prompt");
            var lines = File.ReadAllText(file).ReplaceLineEndings("\n").Split('\n', 2);
            if (lines is not [var head, var text] || !head.StartsWith("version: ", StringComparison.Ordinal) || !int.TryParse(head.AsSpan(9), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                throw new InvalidOperationException($"{file}: the first line is \"version: NUMBER\"");
            made.prompts[language] = new($"{task}/{language}/{number}-{Hash(text, schema)}", text.Trim());
        }
        made.Version = $"{made.prompts["zh"].Version.Split('/')[2].Split('-')[0]}-{Hash([.. made.prompts.Values.Select(p => p.Version)])}";
        return made;
    }

    /// <summary>Changes with either language: whose language it was asked in does not tell results apart.</summary>
    public string Version { get; private set; } = "";

    /// <param name="language">The user's, "zh-CN" or "en".</param>
    public Prompt In(string language) => prompts[language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "zh"];

    private static string Hash(params string[] parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))).AsSpan(0, 4));
}
