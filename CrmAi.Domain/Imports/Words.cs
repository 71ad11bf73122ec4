using System.Text;

namespace CrmAi.Domain.Imports;

internal static class Words
{
    /// <summary>A name of ours as people write it: NextFollowUp is "Next follow up".</summary>
    public static string Apart(string name)
    {
        var words = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && words.Length > 0) words.Append(' ').Append(char.ToLowerInvariant(c));
            else words.Append(c);
        }
        return words.ToString();
    }
}
