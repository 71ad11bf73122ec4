using CrmAi.Domain.BusinessCards;
using CrmAi.Infrastructure.Search;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>
/// Finds e-mail addresses, websites and WeChat names. All passes' readings have a say (the voted one, made of letters of several, less than a whole one), and a domain that stands in both address and website is read twice:
/// a dot that only some saw was there, since engines lose dots and do not invent them.
/// </summary>
internal static class CardDomains
{
    private const double Seldom = 0.2;

    private sealed record Reading(CardPart Part, string Value, double Weight)
    {
        public string Host => Value[(Value.IndexOf('@', StringComparison.Ordinal) + 1)..].Split('/')[0];

        public string Plain => Host.StartsWith("www.", StringComparison.Ordinal) ? Host[4..] : Host;
    }

    public static void Find(CardDraft draft)
    {
        var emails = Readings(draft, p => p.Label is null or CardLabel.Email, CardLabel.Email, CardNets.Email);
        var sites = Readings(draft, p => p.Label is null or CardLabel.Website && emails.All(e => e.Part != p), CardLabel.Website, CardNets.Website);
        sites.RemoveAll(s => emails.Any(e => e.Part == s.Part));
        var companies = Companies(draft).ToList();
        var hosts = emails.Concat(sites).GroupBy(r => r.Plain).ToDictionary(g => g.Key, g => g.Sum(r => r.Weight) * Likeness(CardNets.Core(g.Key), companies));
        if (emails.Count == 0) WithoutSign(draft, hosts);
        foreach (var readings in emails.GroupBy(e => e.Part))
        {
            var (host, others) = Chosen(hosts, readings);
            var locals = readings.GroupBy(r => r.Value[..r.Value.IndexOf('@', StringComparison.Ordinal)]).ToDictionary(g => g.Key, g => g.Sum(r => r.Weight));
            var local = Dotted(locals);
            Add(draft, CardFieldKind.Email, $"{local}@{host}", readings, others + (locals[local] < 0.5 * locals.Values.Sum() ? 1 : 0));
        }
        foreach (var readings in sites.GroupBy(s => s.Part))
        {
            var (host, others) = Chosen(hosts, readings);
            var printed = readings.MaxBy(r => r.Weight)!;
            var prefix = readings.Any(r => r.Host.StartsWith("www.", StringComparison.Ordinal)) && !host.StartsWith("www.", StringComparison.Ordinal) ? "www." : "";
            Add(draft, CardFieldKind.Website, prefix + host + printed.Value[printed.Host.Length..], readings, others);
        }
        foreach (var part in draft.Free.Where(p => p.Label == CardLabel.WeChat).ToList()) WeChat(draft, part);
    }

    /// <summary>How the card's companies are written in letters: a domain mostly takes its name from there.</summary>
    private static IEnumerable<string> Companies(CardDraft draft) => draft.Free.Where(p => p.Label is null && CardCompanies.IsCompany(p.Text))
        .SelectMany(p => p.Readings.Select(r => p.IsHan ? string.Concat(Pinyin.Syllables(CardCompanies.Joined(r), isName: false)) : string.Concat(r.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)))).Distinct();

    /// <summary>1 for a domain that has nothing of a company's name, up to 6 for one whose longest word is in it whole.</summary>
    private static double Likeness(string core, List<string> companies)
    {
        var word = core.Split('-').MaxBy(w => w.Length)!;
        var shared = companies.Select(c => TextDistance.Shared(word, c)).DefaultIfEmpty(0).Max();
        return shared < 4 ? 1 : 1 + (5 * Math.Pow((double)shared / word.Length, 2));
    }

    private static List<Reading> Readings(CardDraft draft, Func<CardPart, bool> fits, CardLabel label, Func<string, bool, string?> read) =>
        [.. draft.Free.Where(fits).SelectMany(p => p.Readings.Select((text, i) => (Part: p, Value: read(text, p.Label == label), Weight: i == 0 ? 0.6 : 1))).Where(r => r.Value is not null).Select(r => new Reading(r.Part, r.Value!, r.Weight))];

    /// <summary>The domain most readings of the whole card agree on, of those that are nearly the same as this one's.</summary>
    private static (string Host, int Doubts) Chosen(Dictionary<string, double> hosts, IEnumerable<Reading> readings)
    {
        var own = readings.GroupBy(r => r.Plain).MaxBy(g => g.Sum(r => r.Weight))!.Key;
        var near = hosts.Where(h => h.Key == own || IsNear(h.Key, own)).ToDictionary(h => h.Key, h => h.Value * (CardNets.IsDomain(h.Key) ? 1 : 0.1));
        var best = Dotted(near);
        return (best, (near[best] < 0.5 * near.Values.Sum() ? 1 : 0) + (CardNets.IsDomain(best) ? 0 : 1));
    }

    /// <summary>The heaviest, but of those that differ in dots and low lines alone the one that has most of them.</summary>
    private static string Dotted(Dictionary<string, double> readings)
    {
        var all = readings.Values.Sum();
        var alike = readings.GroupBy(r => Undotted(r.Key)).MaxBy(g => g.Sum(r => r.Value))!;
        return alike.Where(r => r.Value >= Seldom * all || alike.Count() == 1).DefaultIfEmpty(alike.MaxBy(r => r.Value)).OrderByDescending(r => r.Key.Count(c => c is '.' or '_' or '-')).ThenByDescending(r => r.Value).First().Key;
    }

    private static string LettersOf(string text) => string.Concat(text.ToLowerInvariant().Where(char.IsAsciiLetter));

    private static string Undotted(string text) => text.Replace(".", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    private static bool IsNear(string a, string b) => Undotted(a) == Undotted(b) || TextDistance.Of(a, b) <= Math.Max(1, Math.Min(a.Length, b.Length) / 6);

    private static void Add(CardDraft draft, CardFieldKind kind, string value, IEnumerable<Reading> readings, int doubts)
    {
        var part = readings.First().Part;
        part.IsTaken = true;
        var said = readings.Where(r => Undotted(r.Value) == Undotted(value)).Sum(r => r.Weight) / Math.Max(1, readings.Sum(r => r.Weight));
        var origin = readings.First().Value == value ? part.Label is null ? CardFieldOrigin.Grammar : CardFieldOrigin.Label : CardFieldOrigin.Repaired;
        draft.Add(kind, value, (0.5 + (0.5 * said)) * (doubts == 0 ? 1 : 0.7), origin, part, readings.Select(r => r.Value));
    }

    /// <summary>The label says e-mail and the website's domain ends the line, but no pass saw the sign between.</summary>
    private static void WithoutSign(CardDraft draft, Dictionary<string, double> hosts)
    {
        if (hosts.Count == 0) return;
        var host = Dotted(hosts);
        foreach (var part in draft.Free.Where(p => p.Label == CardLabel.Email).ToList())
        {
            var end = host.ToLowerInvariant();
            if (part.Readings.Select(r => r.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()).FirstOrDefault(r => r.EndsWith(end, StringComparison.Ordinal) && r.Length > end.Length + 2) is not { } text) continue;
            part.IsTaken = true;
            draft.Add(CardFieldKind.Email, $"{text[..^(end.Length + 1)].TrimEnd('.')}@{host}", 0.5, CardFieldOrigin.Repaired, part);
        }
    }

    private static void WeChat(CardDraft draft, CardPart part)
    {
        var readings = part.Readings.Select((r, i) => (Value: CardNets.WeChat(r), Weight: i == 0 ? 1.5 : 1d)).Where(r => r.Value is not null).GroupBy(r => r.Value!).ToDictionary(g => g.Key, g => g.Sum(r => r.Weight));
        part.IsTaken = true;
        if (readings.Count == 0) return;
        // Many have their e-mail's letters in it, which tells 1 from l.
        var local = LettersOf(draft[CardFieldKind.Email]?.Split('@')[0] ?? "");
        var alike = readings.Where(r => local.Length > 2 && LettersOf(r.Key) == local).ToDictionary(r => r.Key, r => r.Value);
        var value = Dotted(alike.Count > 0 ? alike : readings);
        draft.Add(CardFieldKind.WeChat, value, 0.4 + (0.6 * readings[value] / readings.Values.Sum()), CardFieldOrigin.Label, part, readings.OrderByDescending(r => r.Value).Select(r => r.Key));
    }
}
