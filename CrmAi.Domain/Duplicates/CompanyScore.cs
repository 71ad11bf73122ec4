namespace CrmAi.Domain.Duplicates;

/// <summary>
/// How likely two companies are one, in points that are added and cut to 0 to 100.
/// <list type="table">
/// <item>unified social credit code the same 90, another −60: two registrations are two companies</item>
/// <item>name: the same but for its legal form 68; but for a place that one leaves out 60 (54 for a brand of few characters), two places 20 less than nothing; called by the other's short name 60, the same short name 36;
/// of the same sound 57, all in pinyin 61; one begins as the other sounds 30; a mistake in one character 40; one within the other 36; another −30; in two scripts, and nothing known, 0</item>
/// <item>website of the same domain 36, another −12; telephone the same 28, another −6: less the more companies share them</item>
/// <item>city the same 8, another −6</item>
/// </list>
/// </summary>
public static class CompanyScore
{
    /// <summary>Letters of a name's sound from which on it tells companies apart.</summary>
    public const int LeastSound = 8;

    private const double Code = 90, OtherCode = -60, Same = 68, Brand = 60, ShortBrand = 54, Branches = -20, CalledShort = 60, Shorts = 36, Sound = 57, Pinyin = 61, Opening = 30, Mistake = 40, Part = 36, Other = -30, Website = 36, OtherWebsite = -12, Phone = 28, OtherPhone = -6, City = 8, OtherCity = -6;

    public static DuplicateMatch Of(CompanyMatchForm a, CompanyMatchForm b, Func<string, int> holders)
    {
        var points = new DuplicatePoints();
        if (a.CreditCode is { } code && b.CreditCode is { } other) points.Add(code == other ? DuplicateReason.CreditCode : DuplicateReason.OtherCreditCode, code == other ? Code : OtherCode);
        var (reason, value) = NameOf(a, b);
        if (reason is { } found) points.Add(found, value);
        if (a.Domain is { } mine && b.Domain is { } theirs)
        {
            if (mine == theirs) points.AddShared(DuplicateReason.Website, Website, holders(CompanyKeys.Website(mine)));
            else points.Add(DuplicateReason.OtherWebsite, OtherWebsite);
        }
        if (a.Phone is { } phone && b.Phone is { } line)
        {
            if (phone == line) points.AddShared(DuplicateReason.CompanyPhone, Phone, holders(CompanyKeys.Phone(phone)));
            else points.Add(DuplicateReason.OtherPhone, OtherPhone);
        }
        if (a.City is { } city && b.City is { } where && reason is not DuplicateReason.OtherCompanyName) points.Add(city == where ? DuplicateReason.City : DuplicateReason.OtherCity, city == where ? City : OtherCity);
        return points.Match();
    }

    private static (DuplicateReason?, double) NameOf(CompanyMatchForm a, CompanyMatchForm b)
    {
        var best = ((DuplicateReason?)null, double.MinValue);
        foreach (var x in a.Names)
            foreach (var y in b.Names) Take(Between(x, y));
        if (a.Called is { } mine && b.Called is { } theirs && mine.Form.Core == theirs.Form.Core) Take((DuplicateReason.CompanyShortName, Shorts));
        if (Calls(a, b) || Calls(b, a)) Take((DuplicateReason.CompanyShortName, CalledShort));
        return best.Item2 > double.MinValue ? best : (null, 0);

        void Take((DuplicateReason?, double) found)
        {
            if (found.Item2 > best.Item2) best = found;
        }
    }

    // One stands in the books under the name that people use of the other; branches share theirs.
    private static bool Calls(CompanyMatchForm named, CompanyMatchForm other) => named.Called is { Form.Core.Length: > 1 } called && other.Names.Any(n => !named.Names.Any(m => AreBranches(m.Form, n.Form)) && (n.Form.Core == called.Form.Core || n.Form.Brand == called.Form.Core));

    private static (DuplicateReason?, double) Between(CompanyNaming x, CompanyNaming y)
    {
        var (a, b) = (x.Form, y.Form);
        if (CompanyForm.Between(a, b) == CompanyRelation.Same) return (DuplicateReason.CompanyName, Same);
        if (a.Brand == b.Brand) return a.Place is null || b.Place is null ? (DuplicateReason.CompanyBrand, a.Brand.Length >= (x.IsHan ? 5 : 8) ? Brand : ShortBrand) : (DuplicateReason.OtherCity, Branches);
        if (AreBranches(a, b)) return (DuplicateReason.OtherCompanyName, Other);
        if (x.Sound == y.Sound && x.Sound.Length >= LeastSound) return x.IsHan == y.IsHan ? (DuplicateReason.CompanySound, Sound) : (DuplicateReason.CompanyLatin, Pinyin);
        if (x.IsHan != y.IsHan) return x.Openings.Intersect(y.Openings).Any(o => o.Length >= 5) ? (DuplicateReason.CompanyLatin, Opening) : (null, 0);
        if (Math.Min(a.Brand.Length, b.Brand.Length) >= (x.IsHan ? 4 : 8) && TextChanges.Between(a.Brand, b.Brand, 1) == 1) return (DuplicateReason.CompanyNameClose, Mistake);
        var (shorter, longer) = a.Brand.Length <= b.Brand.Length ? (a.Brand, b.Brand) : (b.Brand, a.Brand);
        return shorter.Length >= (x.IsHan ? 2 : 5) && longer.Contains(shorter, StringComparison.Ordinal) ? (DuplicateReason.CompanyNamePart, Part) : (DuplicateReason.OtherCompanyName, Other);
    }

    private static bool AreBranches(CompanyForm a, CompanyForm b) => a.Place is not null && b.Place is not null && a.Place != b.Place;
}
