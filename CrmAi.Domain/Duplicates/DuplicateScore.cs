namespace CrmAi.Domain.Duplicates;

/// <summary>
/// How likely two people are one, in points that are added and cut to 0 to 100. Monotone: what agrees more never scores less.
/// <list type="table">
/// <item>mobile, e-mail, WeChat the same: 62, 62, 64; an e-mail that differs in a tag or dots 52; a company's post (info@) 8. Less the more contacts share it (<see cref="Shared"/>)</item>
/// <item>mobile with one or two wrong digits 26, e-mail with one or two wrong letters 22; only with a name that agrees</item>
/// <item>landline 30 with the same name, 8 without: colleagues and families share it</item>
/// <item>name: the same 46, 40 or 34, the rarer the more; turned about 2 less; in Latin letters 4 less, of the same sound 14 less; nearly the same 18; another −42</item>
/// <item>company: the same 30, nearly 22, another −8; a mobile of one's own each −18, an e-mail at the same house −12, a WeChat −12</item>
/// </list>
/// </summary>
public static class DuplicateScore
{
    /// <summary>Holders of a name up to which it is rare, and up to which it is not frequent.</summary>
    public const int Rare = 4, Frequent = 20;

    private const double Mobile = 62, Email = 62, WeChat = 64, EmailVariant = 52, Post = 8, MobileClose = 26, EmailClose = 22, Line = 30, LineAlone = 8, Company = 30, CompanyClose = 22, NameClose = 18;

    /// <param name="holders">How many contacts have a key of <see cref="MatchKeys"/>, these two included.</param>
    public static DuplicateMatch Of(MatchForm a, MatchForm b, Func<string, int> holders)
    {
        var points = new DuplicatePoints();
        var (name, letters) = NameOf(a, b);
        var agrees = name >= NameRelation.Close;
        Name(points, name, letters is null ? Frequent : holders(MatchKeys.Name(letters)));
        Mobiles(points, a, b, agrees, holders);
        Emails(points, a, b, agrees, holders);
        if (a.WeChats.Intersect(b.WeChats).FirstOrDefault() is { } wechat) points.AddShared(DuplicateReason.WeChat, WeChat, holders(MatchKeys.WeChat(wechat)));
        else if (a.WeChats.Count > 0 && b.WeChats.Count > 0) points.Add(DuplicateReason.OtherWeChat, -12);
        if (a.Lines.Intersect(b.Lines).FirstOrDefault() is { } line)
        {
            if (agrees && name > NameRelation.Close) points.Add(DuplicateReason.Phone, Line);
            else points.AddShared(DuplicateReason.Phone, LineAlone, holders(MatchKeys.Line(line)));
        }
        var company = CompanyOf(a, b);
        if (company == CompanyRelation.Same) points.Add(DuplicateReason.Company, Company);
        else if (company == CompanyRelation.Close) points.Add(DuplicateReason.CompanyClose, CompanyClose);
        else if (company == CompanyRelation.Different) points.Add(DuplicateReason.OtherCompany, -8);
        return points.Match();
    }

    /// <summary>What a value is worth that so many contacts have: all of it for two, a tenth from ten on.</summary>
    public static double Weight(int holders) => holders switch { <= 2 => 1, 3 => 0.85, 4 => 0.65, <= 6 => 0.4, <= 9 => 0.25, _ => 0.1 };

    // A card names its company in two languages.
    private static CompanyRelation CompanyOf(MatchForm a, MatchForm b) =>
        a.Companies.SelectMany(x => b.Companies.Select(y => CompanyForm.Between(x, y))).DefaultIfEmpty(CompanyRelation.Unknown).Max();

    private static void Name(DuplicatePoints points, NameRelation name, int holders)
    {
        double same = holders <= Rare ? 46 : holders <= Frequent ? 40 : 34;
        switch (name)
        {
            case NameRelation.Same: points.Add(DuplicateReason.Name, same); break;
            case NameRelation.Swapped: points.Add(DuplicateReason.NameSwapped, same - 2); break;
            case NameRelation.Latin: points.Add(DuplicateReason.NameLatin, same - 4); break;
            case NameRelation.Sound: points.Add(DuplicateReason.NameSound, same - 14); break;
            case NameRelation.Close: points.Add(DuplicateReason.NameClose, NameClose); break;
            case NameRelation.Different: points.Add(DuplicateReason.OtherName, -42); break;
        }
    }

    private static (NameRelation, string?) NameOf(MatchForm a, MatchForm b)
    {
        if (a.Names.Count == 0 || b.Names.Count == 0) return (NameRelation.Partial, null);
        var (best, letters, apart) = (NameRelation.Different, (string?)null, false);
        foreach (var x in a.Names)
        {
            foreach (var y in b.Names)
            {
                var relation = NameForm.Between(x, y);
                apart |= relation == NameRelation.Different && x.Han.Length > 0 && y.Han.Length > 0;
                if (relation <= best && letters is not null) continue;
                if (relation > best) best = relation;
                letters = x.Letters.Intersect(y.Letters).FirstOrDefault();
            }
        }
        // Two Chinese names that differ are not made to agree by the surname in an English one.
        return (apart && best == NameRelation.Partial ? NameRelation.Different : best, letters);
    }

    private static void Mobiles(DuplicatePoints points, MatchForm a, MatchForm b, bool agrees, Func<string, int> holders)
    {
        if (a.Mobiles.Count == 0 || b.Mobiles.Count == 0) return;
        if (a.Mobiles.Intersect(b.Mobiles).FirstOrDefault() is { } same) points.AddShared(DuplicateReason.Mobile, Mobile, holders(MatchKeys.Mobile(same)), least: agrees ? MobileClose : 0);
        else if (agrees && a.Mobiles.Any(x => b.Mobiles.Any(y => IsClose(x, y)))) points.Add(DuplicateReason.MobileClose, MobileClose);
        else points.Add(DuplicateReason.OtherMobile, -18);
    }

    private static bool IsClose(string x, string y)
    {
        if (Math.Min(x.Length, y.Length) < 9) return false;
        if (x.Length == y.Length && x.Zip(y).Count(p => p.First != p.Second) <= 2) return true;
        return TextChanges.Between(x, y, 1) == 1;
    }

    private static void Emails(DuplicatePoints points, MatchForm a, MatchForm b, bool agrees, Func<string, int> holders)
    {
        if (a.Emails.Count == 0 || b.Emails.Count == 0) return;
        if (a.Emails.Intersect(b.Emails).OrderBy(MatchForm.IsRole).FirstOrDefault() is { } same) Address(points, DuplicateReason.Email, same, Email, holders, least: agrees ? EmailClose : 0);
        else if (a.Emails.Select(MatchForm.Plain).Intersect(b.Emails.Select(MatchForm.Plain)).FirstOrDefault() is { } plain) Address(points, DuplicateReason.EmailVariant, plain, EmailVariant, holders);
        else if (agrees && a.Emails.Any(x => b.Emails.Any(y => IsMistyped(x, y)))) points.Add(DuplicateReason.EmailClose, EmailClose);
        else if (a.Emails.Any(x => b.Emails.Any(y => DomainOf(x) == DomainOf(y)))) points.Add(DuplicateReason.OtherEmail, -12);
    }

    private static void Address(DuplicatePoints points, DuplicateReason reason, string address, double value, Func<string, int> holders, double least = 0)
    {
        if (!MatchForm.IsRole(address))
        {
            // However many share it: the very address is not worth less than nearly the same.
            points.AddShared(reason, value, holders(MatchKeys.Email(address)), least);
            return;
        }
        points.Add(DuplicateReason.Shared, 0);
        points.Add(reason, Post);
    }

    private static bool IsMistyped(string x, string y) => x.Length > 8 && !MatchForm.IsRole(x) && !MatchForm.IsRole(y) && TextChanges.Between(x, y, 2) <= (x.Length > 12 ? 2 : 1) && !AreOthers(x, y);

    // zhang.wei2@ is the second of that name in the house, and zhangwei@ may be; wei.zhang@ is no mistyped zhang.wei@.
    private static bool AreOthers(string x, string y) => x.Where(char.IsLetter).SequenceEqual(y.Where(char.IsLetter)) || Words(x).SequenceEqual(Words(y));

    private static IEnumerable<string> Words(string email) => email[..Math.Max(0, email.LastIndexOf('@'))].Split('.', '_', '-').Order(StringComparer.Ordinal);

    private static string DomainOf(string email) => email[(email.LastIndexOf('@') + 1)..];
}
