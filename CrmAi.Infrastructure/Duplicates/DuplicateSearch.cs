using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.BusinessCards;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>Which records one has already, for what somebody types or a card says: a few seeks in the index of keys, whatever the size of the database.</summary>
internal sealed class DuplicateSearch(FieldCipher cipher, IOptions<CardOptions> options)
{
    private const int MostCompared = 60, Most = 5, MostNames = 3;

    /// <summary>Exact ones first, then the likeliest, at most five for each. A contact whose channels the viewer may not read is compared by name and company alone.</summary>
    /// <returns>For each of what was asked, in its order.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<DuplicateCandidate>>> FindAsync(AppDbContext db, Viewer viewer, IReadOnlyList<MatchFields> asked, Guid? except, CancellationToken ct) =>
        await FindAsync(db, [.. asked], except, ids => db.Contacts.VisibleTo(viewer).Where(c => ids.Contains(c.Id)).Select(c => c.Id), ids => DuplicateSides.ReadAsync(db, viewer, ids, ct), side => side.Masked, (side, match) => new DuplicateCandidate(side, match.Score, match.Reasons), ct);

    public async Task<IReadOnlyList<SuspectedCompany>> CompaniesAsync(AppDbContext db, Viewer viewer, CompanyFields asked, Guid? except, CancellationToken ct) =>
        (await FindAsync(db, [asked], except, ids => db.Accounts.VisibleTo(viewer).Where(a => ids.Contains(a.Id)).Select(a => a.Id), ids => DuplicateSides.CompaniesAsync(db, viewer, ids, ct), _ => false, (side, match) => new SuspectedCompany(side, match.Score, match.Reasons), ct))[0];

    private async Task<IReadOnlyList<IReadOnlyList<TFound>>> FindAsync<TSide, TFound>(AppDbContext db, IReadOnlyList<IMatchFields> asked, Guid? except, Func<List<Guid>, IQueryable<Guid>> seen, Func<IReadOnlyCollection<Guid>, Task<Dictionary<Guid, ReadSide<TSide>>>> read, Func<TSide, bool> masked, Func<TSide, DuplicateMatch, TFound> say, CancellationToken ct) where TSide : IDuplicateSide
    {
        var all = asked.Select(f => (Fields: f, Form: MatchIndex.Form(f))).Select(q => (q.Fields, q.Form, Digests: q.Form.Keys.ToDictionary(k => k, k => MatchIndex.Digest(k, cipher)))).ToList();
        var holders = await DuplicateFinding.HoldersAsync(db, [.. all.SelectMany(q => q.Digests.Values).Distinct()], ct);
        var seeking = all.ConvertAll(q => q.Digests.Where(d => DuplicateFinding.IsSeeking(d.Key) && holders.TryGetValue(d.Value, out var count) && count <= MatchKeys.MaxHolders).Select(d => d.Value).Distinct().ToList());
        var sharing = await DuplicateFinding.SharingAsync(db, [.. seeking.SelectMany(s => s).Distinct()], ct);
        // What one may not see has no part in it, not even as a number.
        var visible = (await seen([.. sharing.SelectMany(s => s).Where(id => id != except).Distinct()]).ToListAsync(ct)).ToHashSet();
        foreach (var shared in sharing) holders[shared.Key] = shared.Count(id => id == except || visible.Contains(id));
        var compared = seeking.ConvertAll(keys => keys.SelectMany(k => sharing[k]).Where(visible.Contains).GroupBy(id => id).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(MostCompared).Select(g => g.Key).ToList());
        if (compared.TrueForAll(c => c.Count == 0)) return [.. asked.Select(_ => Array.Empty<TFound>())];
        var sides = await read([.. compared.SelectMany(c => c).Distinct()]);
        return [.. all.Select((q, i) => Among(q.Fields, q.Form, q.Digests, compared[i].Where(sides.ContainsKey).Select(id => sides[id])))];

        IReadOnlyList<TFound> Among(IMatchFields fields, IMatchForm form, Dictionary<string, long> digests, IEnumerable<ReadSide<TSide>> others)
        {
            var open = new Lazy<IMatchForm>(() => MatchIndex.Form(fields.Open));
            // Who is only typed is one more.
            int Holders(string key) => holders.GetValueOrDefault(digests.GetValueOrDefault(key), 1) + (except is null ? 1 : 0);
            return [.. others.Select(r => (r.Side, Match: (masked(r.Side) ? open.Value : form).With(MatchIndex.Form(r.Fields), Holders), Exact: false))
                .Select(r => r with { Exact = DuplicateMatch.IsExact(r.Match.Reasons) })
                .Where(r => r.Exact || r.Match.Score >= DuplicateMatch.Suspected)
                .OrderByDescending(r => r.Exact).ThenByDescending(r => r.Match.Score).ThenBy(r => r.Side.Id).Take(Most).Select(r => say(r.Side, r.Match))];
        }
    }

    /// <summary>Past the owner predicate, only where the company allows it, and nothing but whose they are: the same number, address or WeChat.</summary>
    public async Task<IReadOnlyList<string>> ElsewhereAsync(AppDbContext db, Viewer viewer, MatchFields fields, CancellationToken ct)
    {
        if (!options.Value.TellsDuplicateOwners) return [];
        var form = MatchIndex.Form(fields);
        var keys = form.Mobiles.Select(MatchKeys.Mobile).Concat(form.Lines.Select(MatchKeys.Line)).Concat(form.WeChats.Select(MatchKeys.WeChat)).Concat(form.Emails.Where(e => !MatchForm.IsRole(e)).Select(MatchKeys.Email)).Select(k => MatchIndex.Digest(k, cipher)).ToList();
        if (keys.Count == 0) return [];
        var seen = db.Contacts.VisibleTo(viewer);
        return await db.Set<Contact>().Where(c => c.DeletedAt == null && db.DuplicateKeys.Any(k => keys.Contains(k.Key) && k.RecordId == c.Id) && !seen.Any(s => s.Id == c.Id))
            .Join(db.Users, c => c.OwnerId, u => u.Id, (_, u) => u.Name).Distinct().OrderBy(n => n).Take(MostNames).ToListAsync(ct);
    }
}
