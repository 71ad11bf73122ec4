using CrmAi.Infrastructure.Conversations.Rules;

namespace CrmAi.Infrastructure.Scripts;

/// <summary>Whether a sentence speaks of what it cites: at least two characters of content, or a word, stand in both.</summary>
internal static class Overlap
{
    private const int LeastWord = 4;

    private static readonly HashSet<char> Empty = [.. "的了吗呢吧啊呀么我您你他她们咱这那就也都还和与在是有不要会能可以想请把给到说上下个一来去过让为对从被把等很太更好先再没才又着之于而且但或如因所其何怎哪什么谁"];

    private static readonly HashSet<string> Words =
    [
        "that", "this", "with", "have", "will", "your", "yours", "from", "they", "them", "then", "than", "what", "when", "where", "which", "would", "could", "should", "about", "there", "their", "here", "been", "were", "also",
        "just", "into", "over", "some", "such", "very", "more", "most", "like", "want", "know", "please", "thank", "thanks", "said", "mentioned", "words", "make", "need", "does", "because", "still", "well", "good",
    ];

    public static bool Between(string text, string source) => Grams(text).Overlaps(Grams(source));

    private static HashSet<string> Grams(string text)
    {
        var grams = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (FoldedText.IsHan(text[i]) && FoldedText.IsHan(text[i + 1]) && !Empty.Contains(text[i]) && !Empty.Contains(text[i + 1])) grams.Add(text.Substring(i, 2));
        }
        foreach (System.Text.RegularExpressions.Match word in ScriptGuards.Latin().Matches(text))
        {
            if (!Words.Contains(word.Value) && (word.Length >= LeastWord || text.Any(FoldedText.IsHan))) grams.Add(word.Value.Length > 5 ? word.Value[..5] : word.Value);
        }
        return grams;
    }
}
