using System.Text;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>Turns a phrase into words: {slot} takes a fact, [a|b] takes one of its alternatives.</summary>
internal static class PhraseFill
{
    public static string Fill(string phrase, Func<string, string> fact, Dice dice)
    {
        var text = new StringBuilder(phrase.Length * 2);
        for (var at = 0; at < phrase.Length; at++)
        {
            if (phrase[at] is not ('{' or '['))
            {
                text.Append(phrase[at]);
                continue;
            }

            var end = phrase.IndexOf(phrase[at] == '{' ? '}' : ']', at);
            var inner = phrase[(at + 1)..end];
            text.Append(phrase[at] == '{' ? fact(inner) : Fill(dice.Of(inner.Split('|')), fact, dice));
            at = end;
        }

        return text.ToString();
    }

    /// <summary>A fact put first may start small; an English sentence may not.</summary>
    public static string Capitalised(string text)
    {
        var letters = text.ToCharArray();
        for (var at = 0; at < letters.Length; at++)
        {
            var starts = at == 0 || letters[at - 1] == '\n' || (at > 1 && letters[at - 1] == ' ' && letters[at - 2] is '.' or '?' or '!');
            if (starts && char.IsAsciiLetterLower(letters[at]))
            {
                letters[at] = char.ToUpperInvariant(letters[at]);
            }
        }

        return new string(letters);
    }

    /// <summary>"Neutral 7 Positive 3" as weighted values.</summary>
    public static IReadOnlyList<(string Item, int Weight)> Weighted(string list) =>
        [.. list.Split(' ').Chunk(2).Select(pair => (pair[0], int.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture)))];
}
