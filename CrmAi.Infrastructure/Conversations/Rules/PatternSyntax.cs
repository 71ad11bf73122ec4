using System.Text;
using System.Text.RegularExpressions;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>
/// The small language of the lexicons, read into a linear-time regular expression:
/// <c>(a|b)</c> one of, <c>[a|b]</c> perhaps, <c>~</c> up to 8 characters, <c>~~</c> up to 30, <c>{slot}</c> a word list,
/// <c>*</c> the rest of a Latin word, <c>^</c> and <c>$</c> start and end of the clause, <c>\</c> takes the next character as it is.
/// </summary>
sealed class PatternSyntax
{
    const string Letter = "a-z0-9";
    readonly string pattern;
    readonly IReadOnlyDictionary<string, string> slots;
    readonly Func<string, Exception> fault;
    int at;

    PatternSyntax(string pattern, IReadOnlyDictionary<string, string> slots, Func<string, Exception> fault)
    {
        this.pattern = pattern;
        this.slots = slots;
        this.fault = fault;
    }

    /// <summary>A piece of expression with the words of which at least one must stand in a text that it matches; no words: cannot tell.</summary>
    readonly record struct Piece(string Regex, string[] Words);

    /// <param name="slots">Expression of each slot.</param>
    /// <param name="whole">Latin words at its edges are whole words.</param>
    /// <returns>The expression, and words of which one at least must stand in any text it matches (none: always try).</returns>
    public static (string Expression, string[] Words) Read(string folded, IReadOnlyDictionary<string, string> slots, Func<string, Exception> fault, bool whole = true)
    {
        var options = Options(folded).Select(option => One(option, slots, fault, whole)).ToList();
        var words = options.All(o => o.Words.Length > 0) ? options.SelectMany(o => o.Words).Distinct().ToArray() : [];
        return (options.Count == 1 ? options[0].Regex : $"(?:{string.Join('|', options.Select(o => o.Regex))})", words);
    }

    public static Regex Compile(string expression) =>
        new(expression, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    static Piece One(string folded, IReadOnlyDictionary<string, string> slots, Func<string, Exception> fault, bool whole)
    {
        var syntax = new PatternSyntax(folded, slots, fault);
        var piece = syntax.Alternatives('\0');
        var before = whole && Bounded(folded, first: true) ? $"(?:^|[^{Letter}])" : "";
        var after = whole && Bounded(folded, first: false) ? $"(?:[^{Letter}]|$)" : "";
        return new(before + piece.Regex + after, piece.Words);
    }

    // A pattern that is one group from end to end, or options side by side, is as many patterns, each with its own edges.
    static List<string> Options(string folded) =>
        Split(folded) is { Count: > 1 } options ? options : folded is ['(', .., ')'] && Split(folded[1..^1]) is { Count: > 0 } inner ? inner : [folded];

    static List<string> Split(string folded)
    {
        var options = new List<string>();
        var depth = 0;
        var start = 0;
        for (var i = 0; i < folded.Length; i++)
        {
            switch (folded[i])
            {
                case '\\':
                    i++;
                    break;
                case '(' or '[':
                    depth++;
                    break;
                case ')' or ']':
                    if (--depth < 0) return [];
                    break;
                case '|' when depth == 0:
                    options.Add(folded[start..i]);
                    start = i + 1;
                    break;
            }
        }

        options.Add(folded[start..]);
        return depth == 0 && options.TrueForAll(o => o.Length > 0) ? options : [];
    }

    // A pattern that starts or ends with a Latin letter matches whole words; one with a Chinese edge needs no boundary.
    static bool Bounded(string folded, bool first)
    {
        var i = first ? 0 : folded.Length - 1;
        var step = first ? 1 : -1;
        while (i >= 0 && i < folded.Length && folded[i] is '(' or ')' or '[' or ']') i += step;
        return i >= 0 && i < folded.Length && (char.IsAsciiLetterOrDigit(folded[i]) || (!first && folded[i] == '*'));
    }

    Piece Alternatives(char close)
    {
        var options = new List<Piece> { Sequence(close) };
        while (at < pattern.Length && pattern[at] == '|')
        {
            at++;
            options.Add(Sequence(close));
        }

        if (close != '\0')
        {
            if (at >= pattern.Length || pattern[at] != close) throw fault($"a '{close}' is missing");
            at++;
        }

        var words = options.All(o => o.Words.Length > 0) ? options.SelectMany(o => o.Words).Distinct().ToArray() : [];
        return new(options.Count == 1 && close == '\0' ? options[0].Regex : $"(?:{string.Join('|', options.Select(o => o.Regex))})", words);
    }

    Piece Sequence(char close)
    {
        var regex = new StringBuilder();
        var word = new StringBuilder();
        string[] best = [];

        void Offer(string[] words)
        {
            if (words.Length > 0 && (best.Length == 0 || Strength(words) > Strength(best))) best = words;
        }

        void EndWord()
        {
            if (word.Length > 0) Offer([word.ToString()]);
            word.Clear();
        }

        while (at < pattern.Length && pattern[at] != '|' && (close == '\0' || pattern[at] != close))
        {
            var c = pattern[at++];
            switch (c)
            {
                case '(':
                    EndWord();
                    var group = Alternatives(')');
                    Offer(group.Words);
                    regex.Append(group.Regex);
                    break;
                case '[':
                    EndWord();
                    regex.Append(Alternatives(']').Regex).Append('?');
                    break;
                case '~':
                    EndWord();
                    var wide = at < pattern.Length && pattern[at] == '~';
                    if (wide) at++;
                    regex.Append(wide ? "[\\s\\S]{0,30}" : "[\\s\\S]{0,8}");
                    break;
                case '{':
                    EndWord();
                    var end = pattern.IndexOf('}', at);
                    if (end < 0) throw fault("a '}' is missing");
                    var slot = pattern[at..end];
                    if (!slots.TryGetValue(slot, out var expression)) throw fault($"there is no slot '{slot}'");
                    regex.Append(expression);
                    at = end + 1;
                    break;
                case '*':
                    EndWord();
                    regex.Append($"[{Letter}'-]*");
                    break;
                case '^' or '$':
                    regex.Append(c);
                    break;
                case ')' or ']' or '}':
                    throw fault($"a '{c}' without its start");
                default:
                    if (c == '\\' && at < pattern.Length) c = pattern[at++];
                    word.Append(c);
                    regex.Append(c == ' ' ? " " : Regex.Escape(c.ToString()));
                    break;
            }
        }

        EndWord();
        return new(regex.ToString(), best);
    }

    // Long and few words exclude most texts.
    static double Strength(string[] words) => words.Min(w => w.Length) / (1 + Math.Log(words.Length));
}
