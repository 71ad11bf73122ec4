using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;

namespace CrmAi.Domain.Enrichment;

/// <summary>Why a candidate is likely, or not, the one that is looked for.</summary>
public enum MatchReason { SameName, SameCore, Contains, SimilarName, SamePerson, SameCity, NotActive, NameInTitle, NameInText, CompanyNamed, TitleNamed, CompanyMissing }

/// <param name="Similarity">0 to 1: for putting in order, no probability.</param>
public sealed record CandidateMatch(double Similarity, IReadOnlyList<MatchReason> Reasons);

/// <summary>
/// How alike a candidate is to what was asked for. Names are compared folded, and without the words for their legal form; what remains is compared by the pairs of characters that two names share
/// (Dice's coefficient, L. R. Dice 1945: twice the shared pairs over all pairs). A representative or a city that fits closes a part of what is missing to 1.
/// </summary>
public static class CandidateMatching
{
    private const double Core = 0.96, Within = 0.6, PersonShare = 0.3, CityShare = 0.1;

    private static readonly string[] Forms =
    [
        "股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "(集团)", "集团", "公司", "co.,ltd.", "co., ltd.", "co.,ltd", "co., ltd", "company limited", "limited", "corporation", "incorporated", "company",
        "ltd.", "ltd", "inc.", "inc", "llc", "gmbh", "corp.", "corp", "plc",
    ];

    /// <param name="name">As it stands with us.</param>
    /// <param name="person">Somebody who works there.</param>
    public static CandidateMatch Of(string name, string? person, string? city, CompanyCandidate candidate)
    {
        var reasons = new List<MatchReason>();
        var (ours, theirs) = (Account.Fold(name), Account.Fold(candidate.Name));
        var similarity = NameSimilarity(ours, theirs, reasons);
        if (Same(person, candidate.LegalRepresentative)) Close(PersonShare, MatchReason.SamePerson);
        if (city is { Length: > 1 } && ((candidate.Region?.Contains(city, StringComparison.Ordinal) ?? false) || (candidate.Name.Contains(city, StringComparison.Ordinal) && !name.Contains(city, StringComparison.Ordinal)))) Close(CityShare, MatchReason.SameCity);
        if (candidate.Status is not (CompanyStatus.Active or CompanyStatus.Unknown)) reasons.Add(MatchReason.NotActive);
        return new(Math.Round(similarity, 3), reasons);

        void Close(double share, MatchReason because)
        {
            similarity += (1 - similarity) * share;
            reasons.Add(because);
        }
    }

    /// <summary>0.5 for a name in the page's title, else 0.3 for one in its text, 0.4 for the company, 0.1 for the job; a page without the name is none.</summary>
    public static CandidateMatch? Of(string person, string? company, string? job, PersonCandidate page)
    {
        var (name, title, text) = (ContactKeys.Fold(person), ContactKeys.Fold(page.Title), ContactKeys.Fold(page.Excerpt));
        if (name.Length == 0) return null;
        var reasons = new List<MatchReason>();
        var similarity = 0.0;
        if (title.Contains(name, StringComparison.Ordinal)) Count(0.5, MatchReason.NameInTitle);
        else if (text.Contains(name, StringComparison.Ordinal)) Count(0.3, MatchReason.NameInText);
        else return null;
        if (company is not null && CoreOf(Account.Fold(company)) is { Length: > 1 } core)
        {
            if (title.Contains(core, StringComparison.Ordinal) || text.Contains(core, StringComparison.Ordinal)) Count(0.4, MatchReason.CompanyNamed);
            else reasons.Add(MatchReason.CompanyMissing);
        }
        if (ContactKeys.Fold(job) is { Length: > 1 } post && (title + " " + text).Contains(post, StringComparison.Ordinal)) Count(0.1, MatchReason.TitleNamed);
        return new(Math.Round(similarity, 3), reasons);

        void Count(double share, MatchReason because)
        {
            similarity += share;
            reasons.Add(because);
        }
    }

    /// <summary>A folded name without its legal form; the whole where nothing else is in it.</summary>
    public static string CoreOf(string folded)
    {
        foreach (var form in Forms)
        {
            if (folded.Length > form.Length && folded.EndsWith(form, StringComparison.Ordinal)) return CoreOf(folded[..^form.Length].TrimEnd(' ', ',', '.'));
        }
        return folded;
    }

    private static double NameSimilarity(string ours, string theirs, List<MatchReason> reasons)
    {
        if (ours == theirs)
        {
            reasons.Add(MatchReason.SameName);
            return 1;
        }
        var (a, b) = (CoreOf(ours), CoreOf(theirs));
        if (a == b)
        {
            reasons.Add(MatchReason.SameCore);
            return Core;
        }
        var (shorter, longer) = a.Length <= b.Length ? (a, b) : (b, a);
        var pairs = Dice(a, b);
        if (shorter.Length > 1 && longer.Contains(shorter, StringComparison.Ordinal))
        {
            reasons.Add(MatchReason.Contains);
            return Math.Max(pairs, Within + (Core - Within) * shorter.Length / longer.Length);
        }
        if (pairs > 0) reasons.Add(MatchReason.SimilarName);
        return Math.Min(pairs, Core);
    }

    private static double Dice(string a, string b)
    {
        var (left, right) = (Pairs(a), Pairs(b));
        if (left.Count == 0 || right.Count == 0) return 0;
        var shared = left.Sum(pair => Math.Min(pair.Value, right.GetValueOrDefault(pair.Key)));
        return 2.0 * shared / (left.Values.Sum() + right.Values.Sum());
    }

    private static Dictionary<string, int> Pairs(string text) =>
        Enumerable.Range(0, Math.Max(0, text.Length - 1)).GroupBy(i => text.Substring(i, 2), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    private static bool Same(string? a, string? b) => ContactKeys.Fold(a) is { Length: > 0 } name && name == ContactKeys.Fold(b);
}
