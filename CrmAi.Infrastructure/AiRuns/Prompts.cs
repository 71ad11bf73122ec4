using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CrmAi.Infrastructure.AiRuns;

/// <param name="Version">"conversation/zh/1-3fa94c20": name, language, number and what tells texts of one number apart; "c2" is the company's own second. What a person adds follows: "+9d01b7aa".</param>
internal sealed record Prompt(string Version, string Text)
{
    /// <summary>What a person asks to heed besides; null for nothing.</summary>
    public string? Addition { get; init; }

    /// <summary>The text, and what was added in its fence, without the names that the data may not hold either.</summary>
    public string Instructions(QuestionData data) => Addition is { } added ? AdditionFence.Append(Text, Version, data.Mask(added, Domain.PromptTexts.PromptRules.MaxAddition)!) : Text;
}

/// <summary>What models are told for one task, in both languages.</summary>
internal sealed class Prompts
{
    public static readonly IReadOnlyList<string> Languages = ["zh", "en"];

    private readonly Dictionary<string, Prompt> prompts;
    private readonly Func<Guid, Guid?, CancellationToken, Task<Prompts>>? present;

    private Prompts(Dictionary<string, Prompt> prompts, string version, Func<Guid, Guid?, CancellationToken, Task<Prompts>>? present = null) => (this.prompts, Version, this.present) = (prompts, version, present);

    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "Prompts");

    /// <summary>Both languages of a task, as they come with the program: one file for each language, its number in the first line.</summary>
    /// <param name="folder">Where the files lie: conversation.zh.md, conversation.en.md.</param>
    /// <param name="schema">Of the answer: another schema makes another version.</param>
    /// <exception cref="InvalidOperationException">A file is missing, or does not begin with its number.</exception>
    public static Prompts Of(string task, string schema, string? folder = null) => Of(task, schema, Languages.ToDictionary(l => l, l =>
    {
        var file = PromptFile.Read(PathOf(task, l, folder));
        return (file.Number.ToString(CultureInfo.InvariantCulture), file.Text());
    }));

    /// <param name="texts">By language: number and text.</param>
    public static Prompts Of(string task, string schema, IReadOnlyDictionary<string, (string Number, string Text)> texts)
    {
        var made = Languages.ToDictionary(l => l, l => new Prompt($"{task}/{l}/{texts[l].Number}-{Hash(texts[l].Text, schema)}", texts[l].Text.Trim()));
        return new(made, $"{texts["zh"].Number}-{Hash([.. made.Values.Select(p => p.Version)])}");
    }

    public static string PathOf(string task, string language, string? folder = null) => Path.Combine(folder ?? DefaultFolder, $"{task}.{language}.md");

    /// <summary>Changes with either language: whose language it was asked in does not tell results apart.</summary>
    public string Version { get; }

    /// <summary>An administrator tries it: the ledger says so.</summary>
    public bool IsPreview { get; init; }

    /// <param name="language">The user's, "zh-CN" or "en".</param>
    public Prompt In(string language) => prompts[CodeOf(language)];

    public static string CodeOf(string language) => language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "zh";

    /// <summary>What holds at this moment: the company's own wording where there is one, with what a person added. Read anew for each question.</summary>
    /// <param name="userId">Who asks.</param>
    /// <param name="contactId">Whose contact's owner's addition counts; null for that of who asks.</param>
    public Task<Prompts> ForAsync(Guid userId, Guid? contactId, CancellationToken ct) => present is null ? Task.FromResult(this) : present(userId, contactId, ct);

    /// <summary>The same, asking each time what holds.</summary>
    public Prompts Live(Func<Guid, Guid?, CancellationToken, Task<Prompts>> source) => new(prompts, Version, source) { IsPreview = IsPreview };

    /// <param name="addition">Null or empty for none.</param>
    public Prompts With(string? addition)
    {
        if (string.IsNullOrEmpty(addition)) return this;
        var mark = $"{AdditionMark}{Hash(addition)}";
        return new(prompts.ToDictionary(p => p.Key, p => p.Value with { Version = p.Value.Version + mark, Addition = addition }), Version + mark) { IsPreview = IsPreview };
    }

    public Prompts AsPreview() => new(prompts, Version, present) { IsPreview = true };

    /// <summary>The version without what a person added: the company's.</summary>
    public static string Shared(string version) => version.Split(AdditionMark, 2)[0];

    public const char AdditionMark = '+';

    private static string Hash(params string[] parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))).AsSpan(0, 4));
}
