using CrmAi.Domain.BusinessCards;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>A piece of one row that may become a field: what stands after a label, or between two.</summary>
internal sealed class CardPart
{
    public CardPart(PrintedRun run, int from, int to, CardLabel? label)
    {
        while (from < to && IsBlank(run.Text[from]) && !(run.Text[from] == '|' && from + 1 < to && run.Text[from + 1] != ' ')) from++;
        while (to > from && IsBlank(run.Text[to - 1])) to--;
        (Run, Label) = (run, label);
        Characters = [.. run.Characters.Skip(from).Take(to - from)];
        Text = run.Text[from..to];
        IsWhole = Text.Length >= run.Text.Trim().Length - 1;
    }

    public PrintedRun Run { get; }

    public CardLabel? Label { get; }

    public string Text { get; }

    public IReadOnlyList<PrintedCharacter> Characters { get; }

    /// <summary>It is all of its run, so that the run's readings are its own.</summary>
    public bool IsWhole { get; }

    public bool IsTaken { get; set; }

    public double Left => Characters.Count == 0 ? 0 : Characters[0].Left;

    public double Right => Characters.Count == 0 ? 0 : Characters[^1].Right;

    public double Middle => (Run.Top + Run.Bottom) / 2;

    public int Han => Text.Count(PrintedCharacter.IsHan);

    public int Latin => Text.Count(char.IsAsciiLetter);

    public bool IsHan => Han > 0 && Han * 2 >= Latin;

    public double Confidence => Characters.Where(c => c.Value != ' ').Select(c => c.Confidence).DefaultIfEmpty(0).Average();

    /// <summary>The least sure character counts as much as all others: one wrong one spoils a value.</summary>
    public double Sureness => Characters.Count == 0 ? 0 : (Confidence + Characters.Where(c => char.IsLetterOrDigit(c.Value)).Select(c => c.Confidence).DefaultIfEmpty(0).Min()) / 2;

    /// <summary>This part as each pass read it, first as it was voted.</summary>
    public IEnumerable<string> Readings => IsWhole || Label is not null ? [Text, .. Run.Readings.Select(AfterLabel)] : [Text];

    /// <summary>Whether the other is this one's next line: right below, of the same type, with an edge or the middle in common.</summary>
    public bool GoesOnIn(CardPart next)
    {
        var (gap, size) = (next.Run.Top - Run.Bottom, Math.Max(Run.Size, next.Run.Size));
        if (gap < -0.3 * size || gap > size || next.Run.Size > 1.35 * Run.Size || next.Run.Size < 0.7 * Run.Size) return false;
        return Math.Abs(next.Left - Left) < size || Math.Abs(next.Right - Right) < size || Math.Abs(next.Left + next.Right - Left - Right) < 1.5 * size;
    }

    private string AfterLabel(string reading) => Label is not null && CardLabels.In(reading) is { Count: > 0 } labels && labels.LastOrDefault(l => l.Label == Label) is { End: > 0 } label ? reading[label.End..] : reading;

    // A hash may belong to an address, a plus to a number; what only parts or lists does not.
    private static bool IsBlank(char c) => c is ' ' or '|' or '/' or '\\' or ':' or ';' or ',' or '·' or '•' or '*' or '_' or '~' or '=' or '\'' or '"' or '`';
}
