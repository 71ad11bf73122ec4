namespace CrmAi.Domain.BusinessCards;

/// <summary>One character of print, with what else it may be.</summary>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Others">Other readings of the same character with their confidence, likelier ones first.</param>
/// <param name="Left">In pixels of the straight card.</param>
public sealed record PrintedCharacter(char Value, double Confidence, IReadOnlyList<(char Value, double Confidence)> Others, double Left, double Right)
{
    public static bool IsHan(char c) => c is >= '\u4e00' and <= '\u9fff' or >= '\u3400' and <= '\u4dbf' or '\u3007';
}

/// <summary>A run of print in one script on one line.</summary>
/// <param name="Row">Runs of one line of print have the same.</param>
/// <param name="Top">In pixels of the straight card, as are the characters' places.</param>
/// <param name="Size">Of the type: the print's height, pixels.</param>
/// <param name="Readings">The whole run as each pass read it, the most trusted first.</param>
public sealed record PrintedRun(int Row, IReadOnlyList<PrintedCharacter> Characters, double Top, double Bottom, double Size, IReadOnlyList<string> Readings)
{
    public string Text { get; } = string.Concat(Characters.Select(c => c.Value));

    public double Left => Characters.Count == 0 ? 0 : Characters.Min(c => c.Left);

    public double Right => Characters.Count == 0 ? 0 : Characters.Max(c => c.Right);

    /// <summary>Mean over the characters that are no blanks.</summary>
    public double Confidence => Characters.Where(c => c.Value != ' ').Select(c => c.Confidence).DefaultIfEmpty(0).Average();
}
