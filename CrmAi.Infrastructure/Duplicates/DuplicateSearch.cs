using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.BusinessCards;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>Whom one has already, for one person's fields: a few seeks in the index of keys, whatever the size of the database.</summary>
internal sealed class DuplicateSearch(FieldCipher cipher, IOptions<CardOptions> options)
{
    private const int MostCompared = 60, Most = 5, MostNames = 3;

    /// <summary>The likeliest first. A contact whose channels the viewer may not read is compared by name and company alone.</summary>
    public async Task<IReadOnlyList<DuplicateCandidate>> FindAsync(AppDbContext db, Viewer viewer, MatchFields fields, Guid? except, CancellationToken ct)
    {
        var form = MatchIndex.Form(fields);
        var digests = MatchKeys.Of(form).ToDictionary(k => k, k => MatchIndex.Digest(k, cipher));
        var holders = await DuplicateFinding.HoldersAsync(db, [.. digests.Values.Distinct()], ct);
        var seeking = digests.Where(d => DuplicateFinding.IsSeeking(d.Key) && holders.TryGetValue(d.Value, out var count) && count <= MatchKeys.MaxHolders).Select(d => d.Value).ToList();
        if (seeking.Count == 0) return [];
        var sharing = await db.DuplicateKeys.Where(k => seeking.Contains(k.Key) && k.ContactId != except).Select(k => k.ContactId).ToListAsync(ct);
        List<Guid> ids = [.. sharing.GroupBy(id => id).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(MostCompared).Select(g => g.Key)];
        if (ids.Count == 0) return [];
        var open = new Lazy<MatchForm>(() => MatchIndex.Form(fields.Open()));
        // Who is only typed is one more.
        int Holders(string key) => holders.GetValueOrDefault(digests.GetValueOrDefault(key), 1) + (except is null ? 1 : 0);
        return [.. (await DuplicateSides.ReadAsync(db, viewer, ids, ct)).Values
            .Select(r => (r.Side, Match: DuplicateScore.Of(r.Side.Masked ? open.Value : form, MatchIndex.Form(r.Fields), Holders)))
            .Where(r => r.Match.Score >= DuplicateMatch.Suspected).OrderByDescending(r => r.Match.Score).ThenBy(r => r.Side.Id).Take(Most).Select(r => new DuplicateCandidate(r.Side, r.Match.Score, r.Match.Reasons))];
    }

    /// <summary>Past the owner predicate, only where the company allows it, and nothing but whose they are: the same number, address or WeChat.</summary>
    public async Task<IReadOnlyList<string>> ElsewhereAsync(AppDbContext db, Viewer viewer, MatchFields fields, CancellationToken ct)
    {
        if (!options.Value.TellsDuplicateOwners) return [];
        var form = MatchIndex.Form(fields);
        var keys = form.Mobiles.Select(MatchKeys.Mobile).Concat(form.Lines.Select(MatchKeys.Line)).Concat(form.WeChats.Select(MatchKeys.WeChat)).Concat(form.Emails.Where(e => !MatchForm.IsRole(e)).Select(MatchKeys.Email)).Select(k => MatchIndex.Digest(k, cipher)).ToList();
        if (keys.Count == 0) return [];
        var seen = db.Contacts.VisibleTo(viewer);
        return await db.Set<Contact>().Where(c => c.DeletedAt == null && db.DuplicateKeys.Any(k => keys.Contains(k.Key) && k.ContactId == c.Id) && !seen.Any(s => s.Id == c.Id))
            .Join(db.Users, c => c.OwnerId, u => u.Id, (_, u) => u.Name).Distinct().OrderBy(n => n).Take(MostNames).ToListAsync(ct);
    }
}
