using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>A contact read to be compared.</summary>
internal sealed record MatchRow(Guid Id, MatchFields Fields);

/// <summary>A pair that is suspected by somebody's reading.</summary>
internal sealed record FoundPair(Guid First, Guid Second, DuplicateMatch Whole, DuplicateMatch Open);

/// <summary>Compares some contacts with all that share a key with them: memory is bounded by the batch and by <see cref="MatchKeys.MaxHolders"/>.</summary>
internal sealed class DuplicateFinding(FieldCipher cipher)
{
    public static async Task<List<MatchRow>> ReadAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await Read(db.Set<Contact>().AsNoTracking().Where(c => ids.Contains(c.Id) && c.DeletedAt == null)).ToListAsync(ct);

    public static IQueryable<MatchRow> Read(IQueryable<Contact> contacts) => contacts.Select(c => new MatchRow(c.Id, new MatchFields
    {
        Name = c.Name, EnglishName = c.EnglishName, Mobile = c.Mobile, Phone = c.Phone, Email = c.Email, WeChat = c.WeChat, Others = c.SocialProfiles,
        Company = c.Account == null || c.Account.DeletedAt != null ? null : c.Account.Name,
    }));

    /// <summary>Suspected pairs of these contacts.</summary>
    /// <param name="earlierOnly">Only with partners of a smaller id: so that a scan over all meets each pair once.</param>
    public async Task<List<FoundPair>> FindAsync(AppDbContext db, IReadOnlyList<MatchRow> batch, bool earlierOnly, CancellationToken ct)
    {
        var forms = batch.ToDictionary(r => r.Id, r => new Compared(r, cipher));
        var keys = forms.Values.SelectMany(f => f.Digests.Keys).Distinct().ToList();
        var holders = await HoldersAsync(db, keys, ct);
        var seeking = forms.Values.SelectMany(f => f.Digests.Where(d => IsSeeking(d.Value)).Select(d => d.Key)).Distinct().Where(k => holders.TryGetValue(k, out var count) && count is > 1 and <= MatchKeys.MaxHolders).ToList();
        var sharing = new Dictionary<long, List<Guid>>();
        foreach (var some in seeking.Chunk(1_000))
        {
            foreach (var row in await db.DuplicateKeys.Where(k => some.Contains(k.Key)).Select(k => new { k.Key, k.ContactId }).ToListAsync(ct))
            {
                if (!sharing.TryGetValue(row.Key, out var list)) sharing.Add(row.Key, list = []);
                list.Add(row.ContactId);
            }
        }
        var pairs = new HashSet<(Guid Mine, Guid Other)>();
        foreach (var (id, form) in forms)
        {
            foreach (var other in form.Digests.Keys.SelectMany(k => sharing.GetValueOrDefault(k) ?? []))
            {
                if (other == id || (earlierOnly && other.CompareTo(id) > 0) || (!earlierOnly && forms.ContainsKey(other) && pairs.Contains((other, id)))) continue;
                pairs.Add((id, other));
            }
        }
        var partners = pairs.Select(p => p.Other).Where(id => !forms.ContainsKey(id)).Distinct().ToList();
        foreach (var some in partners.Chunk(500))
            foreach (var row in await ReadAsync(db, some, ct)) forms.TryAdd(row.Id, new Compared(row, cipher));
        var found = new List<FoundPair>();
        foreach (var (mine, other) in pairs)
        {
            if (!forms.TryGetValue(other, out var partner)) continue;
            var own = forms[mine];
            int Holders(string key) => holders.GetValueOrDefault(own.DigestOf(key), 2);
            var whole = DuplicateScore.Of(own.Whole, partner.Whole, Holders);
            var open = DuplicateScore.Of(own.Open, partner.Open, Holders);
            if (Math.Max(whole.Score, open.Score) < DuplicateMatch.Suspected) continue;
            var (first, second) = DuplicatePair.Ordered(mine, other);
            found.Add(new(first, second, whole, open));
        }
        return found;
    }

    /// <summary>How many contacts have each key; those that nobody has are left out.</summary>
    public static async Task<Dictionary<long, int>> HoldersAsync(AppDbContext db, IReadOnlyCollection<long> keys, CancellationToken ct)
    {
        var holders = new Dictionary<long, int>();
        foreach (var some in keys.Chunk(1_000))
            foreach (var key in await db.DuplicateKeys.Where(k => some.Contains(k.Key)).GroupBy(k => k.Key).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct)) holders[key.Key] = key.Count;
        return holders;
    }

    /// <summary>A name alone is counted to know how rare it is; nobody is suspected for it.</summary>
    public static bool IsSeeking(string key) => !key.StartsWith("n:", StringComparison.Ordinal);

    private sealed class Compared
    {
        private readonly Dictionary<string, long> digests;
        private readonly MatchFields fields;
        private MatchForm? open;

        public Compared(MatchRow row, FieldCipher cipher)
        {
            fields = row.Fields;
            Whole = MatchIndex.Form(row.Fields);
            digests = MatchKeys.Of(Whole).ToDictionary(k => k, k => MatchIndex.Digest(k, cipher));
            Digests = digests.GroupBy(d => d.Value).ToDictionary(g => g.Key, g => g.First().Key);
        }

        public MatchForm Whole { get; }

        public MatchForm Open => open ??= MatchIndex.Form(fields.Open());

        public Dictionary<long, string> Digests { get; }

        public long DigestOf(string key) => digests.GetValueOrDefault(key);
    }
}
