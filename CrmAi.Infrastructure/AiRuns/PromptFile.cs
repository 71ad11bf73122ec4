using System.Globalization;
using System.Text;
using CrmAi.Domain.PromptTexts;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>
/// A prompt as it comes with the program: its number in the first line, then its text. A line <c>&lt;!-- free --&gt;</c> begins what a company may word anew, <c>&lt;!-- fixed --&gt;</c> what it may not;
/// these lines are no part of the text. Up to the first of them all is fixed.
/// </summary>
internal sealed class PromptFile
{
    private const string Free = "<!-- free -->", Fixed = "<!-- fixed -->", Head = "version: ";

    // With the empty lines around them, so that the text is the file's to the letter.
    private readonly List<PromptPart> parts;

    private PromptFile(int number, List<PromptPart> parts) => (Number, this.parts) = (number, parts);

    public int Number { get; }

    public IReadOnlyList<PromptPart> Parts => Worded(null);

    /// <exception cref="InvalidOperationException">It is missing, or does not begin with its number.</exception>
    public static PromptFile Read(string file)
    {
        if (!File.Exists(file)) throw new InvalidOperationException($"{file}: no such prompt");
        var lines = File.ReadAllText(file).ReplaceLineEndings("\n").Split('\n', 2);
        if (lines is not [var head, var text] || !head.StartsWith(Head, StringComparison.Ordinal) || !int.TryParse(head.AsSpan(Head.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new InvalidOperationException($"{file}: the first line is \"version: NUMBER\"");
        var (parts, isFree, piece) = (new List<PromptPart>(), false, new StringBuilder());
        foreach (var line in text.Split('\n').Select((l, i) => i == 0 ? l : $"\n{l}"))
        {
            if (line.Trim() is not (Free or Fixed)) piece.Append(line);
            else
            {
                // The break that ended the line before goes with it; that of the marker itself begins the next.
                Add();
                isFree = line.Trim() == Free;
            }
        }
        Add();
        return new(number, parts);

        void Add()
        {
            if (piece.Length > 0) parts.Add(new(isFree, piece.ToString()));
            piece.Clear();
        }
    }

    /// <summary>The whole text, with a company's wording of the free parts where it has one.</summary>
    public string Text(IReadOnlyList<string>? free = null)
    {
        var (text, at) = (new StringBuilder(), 0);
        foreach (var part in parts) text.Append(part.IsFree && free is not null ? Dressed(part.Text, free[at++]) : part.Text);
        return text.ToString();
    }

    /// <summary>The parts without what stands around them.</summary>
    public IReadOnlyList<PromptPart> Worded(IReadOnlyList<string>? free)
    {
        var at = 0;
        return [.. parts.Where(p => p.IsFree || p.Text.Trim().Length > 0).Select(p => p with { Text = p.IsFree && free is not null ? free[at++] : p.Text.Trim() })];
    }

    public bool Fits(IReadOnlyCollection<string> free) => parts.Count(p => p.IsFree) == free.Count;

    /// <summary>As a file of the same form.</summary>
    public string Write(int number, IReadOnlyList<string>? free)
    {
        var file = new StringBuilder(Head).Append(CultureInfo.InvariantCulture, $"{number}\n");
        var isFree = false;
        foreach (var part in Worded(free))
        {
            file.Append('\n');
            if (part.IsFree != isFree) file.Append(part.IsFree ? Free : Fixed).Append('\n');
            isFree = part.IsFree;
            file.Append(part.Text).Append('\n');
        }
        return file.ToString();
    }

    private static string Dressed(string original, string worded)
    {
        var (begin, end) = (original.Length - original.TrimStart().Length, original.Length - original.TrimEnd().Length);
        return original.Trim().Length == 0 ? worded : string.Concat(original.AsSpan(0, begin), worded, original.AsSpan(original.Length - end));
    }
}
