using System.Text;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Search;

namespace CrmAi.Infrastructure.Search;

/// <summary>A text folded for searching, of which each character still knows its place in the original.</summary>
internal sealed class FoldedText
{
    private readonly List<FoundMark> places;

    private FoldedText(string text, List<FoundMark> places) => (Text, this.places) = (text, places);

    public string Text { get; }

    public static FoldedText Of(string text)
    {
        var (folded, places) = (new StringBuilder(text.Length), new List<FoundMark>(text.Length));
        for (var i = 0; i < text.Length;)
        {
            var length = char.IsSurrogatePair(text, i) ? 2 : 1;
            if (char.IsWhiteSpace(text[i]))
            {
                if (folded.Length > 0 && folded[^1] != ' ') Add(' ');
            }
            else if (length == 1 && IsPlain(text[i])) Add(char.ToLowerInvariant(text[i]));
            else foreach (var part in ContactKeys.Fold(text.Substring(i, length))) Add(part);
            i += length;

            void Add(char part)
            {
                folded.Append(part);
                places.Add(new(i, length));
            }
        }
        return new(folded.ToString(), places);
    }

    /// <summary>Where folded characters stand in the original.</summary>
    public FoundMark Place(int start, int length)
    {
        var last = places[start + length - 1];
        return new(places[start].Start, last.Start + last.Length - places[start].Start);
    }

    /// <summary>Null where it is not in the text.</summary>
    public FoundMark? Find(string word) => word.Length > 0 && Text.IndexOf(word, StringComparison.Ordinal) is >= 0 and var at ? Place(at, word.Length) : null;

    // Needs no tables to be folded.
    private static bool IsPlain(char c) => char.IsAscii(c) || c is (>= '\u3400' and <= '\u9FFF') or (>= '\u3001' and <= '\u3011');
}
