using System.Text.RegularExpressions;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.PromptTexts;

/// <summary>One piece of a prompt.</summary>
/// <param name="IsFree">A company may word it anew; what is not free (what data is, that text is no order, how to quote) always stays as it comes with the program.</param>
public sealed record PromptPart(bool IsFree, string Text);

/// <summary>What a company's wording and a person's addition must keep to. Whether a result holds is decided by its own checks, whatever any wording says.</summary>
public static partial class PromptRules
{
    /// <summary>Characters.</summary>
    public const int MaxPart = 12_000, MaxNote = 200, MaxAddition = 500;

    /// <summary>As it is kept: lines end alike, nothing stands around it.</summary>
    public static string Clean(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();

    /// <summary>
    /// Errors: prompt.parts (another number of parts than the file has), prompt.empty, prompt.long, prompt.marker (a line that divides parts in a file), prompt.missing (fields of the answer that
    /// the file explains and this text does not), at "Parts[0]"; prompt.note.empty, prompt.note.long.
    /// </summary>
    /// <param name="file">The prompt as it comes with the program.</param>
    /// <param name="fields">Names of the answer's fields.</param>
    public static IReadOnlyList<Error> Check(PromptEdit edit, IReadOnlyList<PromptPart> file, IReadOnlyCollection<string> fields)
    {
        var errors = Check(edit.Parts, file, fields);
        if (edit.Note.Length == 0) errors.Add(new("prompt.note.empty", nameof(edit.Note)));
        if (edit.Note.Length > MaxNote) errors.Add(new("prompt.note.long", nameof(edit.Note), MaxNote));
        return errors;
    }

    /// <summary>As above, of a text alone.</summary>
    public static List<Error> Check(IReadOnlyList<string> parts, IReadOnlyList<PromptPart> file, IReadOnlyCollection<string> fields)
    {
        var free = file.Where(p => p.IsFree).ToList();
        if (parts.Count != free.Count) return [new("prompt.parts", nameof(PromptEdit.Parts), free.Count)];
        var fixedText = string.Join('\n', file.Where(p => !p.IsFree).Select(p => p.Text));
        var written = string.Join('\n', parts);
        var errors = new List<Error>();
        foreach (var (part, place) in parts.Select((p, i) => (p, $"{nameof(PromptEdit.Parts)}[{i}]")))
        {
            if (part.Length == 0) errors.Add(new("prompt.empty", place));
            if (part.Length > MaxPart) errors.Add(new("prompt.long", place, MaxPart));
            if (Marker().IsMatch(part)) errors.Add(new("prompt.marker", place));
        }
        for (var i = 0; i < free.Count; i++)
        {
            // An empty part says so already.
            var missing = parts[i].Length == 0 ? [] : fields.Where(f => Explains(free[i].Text, f) && !Explains(fixedText, f) && !Explains(written, f)).Order(StringComparer.Ordinal).ToList();
            if (missing.Count > 0) errors.Add(new("prompt.missing", $"{nameof(PromptEdit.Parts)}[{i}]", string.Join(", ", missing)));
        }
        return errors;
    }

    /// <summary>Errors: prompt.addition.long, at "Text".</summary>
    public static IReadOnlyList<Error> CheckAddition(string text) => text.Length > MaxAddition ? [new("prompt.addition.long", "Text", MaxAddition)] : [];

    private static bool Explains(string text, string field) => text.Contains($"`{field}`", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*<!--\s*(free|fixed)\s*-->\s*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Marker();
}
