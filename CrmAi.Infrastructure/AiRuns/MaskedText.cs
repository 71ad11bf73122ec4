namespace CrmAi.Infrastructure.AiRuns;

/// <summary>A text with placeholders in place of what must not leave, and the way back from each of its characters.</summary>
internal sealed class MaskedText
{
    private readonly IReadOnlyList<Piece> pieces;
    private (string Text, int[] Places)? compact;

    public MaskedText(string text, int originalLength, IReadOnlyList<Piece> pieces) => (Text, OriginalLength, this.pieces) = (text, originalLength, pieces);

    /// <summary>A run that was replaced: where it stands now, and where it stood.</summary>
    public readonly record struct Piece(int At, int Length, int OriginalAt, int OriginalLength);

    public string Text { get; }

    public int OriginalLength { get; }

    /// <summary>The characters of the original that a run of this text stands for; a placeholder counts as a whole.</summary>
    public (int Start, int Length) Original(int start, int length)
    {
        var from = Back(start, atEnd: false);
        return (from, Back(start + length, atEnd: true) - from);
    }

    /// <summary>The quote's place at or after <paramref name="from"/>: to the letter, or but for white space. Null where it is not there.</summary>
    public (int Start, int Length)? Find(string quote, int from, int to)
    {
        var at = Text.IndexOf(quote, from, to - from, StringComparison.Ordinal);
        if (at >= 0) return (at, quote.Length);
        var (text, places) = compact ??= Compact(Text);
        var (sought, _) = Compact(quote);
        if (sought.Length == 0) return null;
        for (at = text.IndexOf(sought, StringComparison.Ordinal); at >= 0; at = text.IndexOf(sought, at + 1, StringComparison.Ordinal))
        {
            var (first, last) = (places[at], places[at + sought.Length - 1]);
            if (first >= from && last < to) return (first, last - first + 1);
        }
        return null;
    }

    /// <summary>The nearest place at or before this that is not inside a placeholder.</summary>
    public int Boundary(int place)
    {
        var piece = Before(place);
        return piece is { } p && place < p.At + p.Length ? p.At : place;
    }

    private int Back(int place, bool atEnd)
    {
        if (Before(atEnd ? place - 1 : place) is not { } piece) return place;
        var end = piece.At + piece.Length;
        if (atEnd ? place <= end : place < end) return atEnd ? piece.OriginalAt + piece.OriginalLength : piece.OriginalAt;
        return piece.OriginalAt + piece.OriginalLength + (place - end);
    }

    // The last piece that begins at or before a place.
    private Piece? Before(int place)
    {
        var (low, high) = (0, pieces.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (pieces[middle].At <= place) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? null : pieces[low - 1];
    }

    private static (string Text, int[] Places) Compact(string text)
    {
        var places = new int[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i])) places[count++] = i;
        }
        return (string.Create(count, (text, places), static (span, from) => { for (var i = 0; i < span.Length; i++) span[i] = from.text[from.places[i]]; }), places);
    }
}
