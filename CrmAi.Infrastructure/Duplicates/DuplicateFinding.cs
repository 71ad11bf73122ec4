using CrmAi.Domain.Duplicates;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>A pair that is suspected by somebody's reading.</summary>
internal sealed record FoundPair(Guid First, Guid Second, DuplicateMatch Whole, DuplicateMatch Open);

/// <summary>Compares some records with all others of their kind that share a key with them: memory is bounded by the batch and by <see cref="MatchKeys.MaxHolders"/>.</summary>
internal sealed class DuplicateFinding(FieldCipher cipher)
{
    /// <summary>Suspected pairs of these records.</summary>
    /// <param name="earlierOnly">Only with partners of a smaller id: so that a scan over all meets each pair once.</param>
    public async Task<List<FoundPair>> FindAsync(AppDbContext db, MergeKind kind, IReadOnlyList<MatchRow> batch, bool earlierOnly, CancellationToken ct)
    {
        var forms = batch.ToDictionary(r => r.Id, r => new Compared(r, cipher));
        var keys = forms.Values.SelectMany(f => f.Digests.Keys).Distinct().ToList();
        var holders = await HoldersAsync(db, keys, ct);
        var seeking = forms.Values.SelectMany(f => f.Digests.Where(d => IsSeeking(d.Value)).Select(d => d.Key)).Distinct().Where(k => holders.TryGetValue(k, out var count) && count is > 1 and <= MatchKeys.MaxHolders).ToList();
        var sharing = await SharingAsync(db, seeking, ct);
        var pairs = new HashSet<(Guid Mine, Guid Other)>();
        foreach (var (id, form) in forms)
        {
            foreach (var other in form.Digests.Keys.SelectMany(k => sharing[k]))
            {
                if (other == id || (earlierOnly && other.CompareTo(id) > 0) || (!earlierOnly && forms.ContainsKey(other) && pairs.Contains((other, id)))) continue;
                pairs.Add((id, other));
            }
        }
        var partners = pairs.Select(p => p.Other).Where(id => !forms.ContainsKey(id)).Distinct().ToList();
        foreach (var some in partners.Chunk(500))
            foreach (var row in await MatchRows.ReadAsync(db, kind, some, ct)) forms.TryAdd(row.Id, new Compared(row, cipher));
        var found = new List<FoundPair>();
        foreach (var (mine, other) in pairs)
        {
            if (!forms.TryGetValue(other, out var partner)) continue;
            var own = forms[mine];
            int Holders(string key) => holders.GetValueOrDefault(own.DigestOf(key), 2);
            var whole = own.Whole.With(partner.Whole, Holders);
            var open = ReferenceEquals(own.Open, own.Whole) ? whole : own.Open.With(partner.Open, Holders);
            if (Math.Max(whole.Score, open.Score) < DuplicateMatch.Suspected) continue;
            var (first, second) = DuplicatePair.Ordered(mine, other);
            found.Add(new(first, second, whole, open));
        }
        return found;
    }

    /// <summary>Who has each key.</summary>
    public static async Task<ILookup<long, Guid>> SharingAsync(AppDbContext db, IReadOnlyCollection<long> keys, CancellationToken ct)
    {
        var sharing = new List<DuplicateKey>();
        foreach (var some in keys.Chunk(1_000)) sharing.AddRange(await db.DuplicateKeys.AsNoTracking().Where(k => some.Contains(k.Key)).ToListAsync(ct));
        return sharing.ToLookup(k => k.Key, k => k.RecordId);
    }

    /// <summary>How many records have each key; those that nobody has are left out.</summary>
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
        private readonly IMatchFields fields;
        private IMatchForm? open;

        public Compared(MatchRow row, FieldCipher cipher)
        {
            fields = row.Fields;
            Whole = MatchIndex.Form(row.Fields);
            digests = Whole.Keys.ToDictionary(k => k, k => MatchIndex.Digest(k, cipher));
            Digests = digests.GroupBy(d => d.Value).ToDictionary(g => g.Key, g => g.First().Key);
        }

        public IMatchForm Whole { get; }

        public IMatchForm Open => open ??= fields.Open is var seen && ReferenceEquals(seen, fields) ? Whole : MatchIndex.Form(seen);

        public Dictionary<long, string> Digests { get; }

        public long DigestOf(string key) => digests.GetValueOrDefault(key);
    }
}
