using System.Linq.Expressions;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

/// <summary>Somebody who is there already, as far as matching goes.</summary>
internal sealed class KnownContact
{
    public Guid Id { get; init; }
    public required string Name { get; init; }
    public string? Company { get; init; }
    public byte[]? Mobile { get; init; }
    public byte[]? Phone { get; init; }
    public byte[]? Email { get; init; }
    public byte[]? WeChat { get; init; }
    public DateTime CreatedAt { get; init; }
}

/// <summary>
/// Whom a batch's rows are, among those one may see: by number, address and WeChat, compared as blind indexes, and by name and company. A masked channel finds nobody, so that a file is no way to guess it.
/// </summary>
internal sealed class ContactMatching(AppDbContext db, Viewer viewer)
{
    private readonly Dictionary<UInt128, KnownContact> mobiles = [], mails = [], weChats = [];
    private readonly Dictionary<(UInt128, string), KnownContact> desks = [];
    private readonly Dictionary<(string, string), KnownContact> names = [];
    private readonly Dictionary<string, List<KnownContact>> named = [];
    private readonly Dictionary<UInt128, string> elsewhere = [];

    /// <summary>The surest of what speaks for somebody.</summary>
    public KnownContact? Of(ContactDraft row)
    {
        if (row.Mobile is { } mobile && mobiles.TryGetValue(Number(mobile), out var known)) return known;
        if (row.Email is { } email && mails.TryGetValue(Number(email), out known)) return known;
        if (row.WeChat is { } weChat && weChats.TryGetValue(Number(weChat), out known)) return known;
        if (row.Phone is { } phone && desks.TryGetValue((Number(phone), row.Name), out known)) return known;
        return row.Company is { } company && names.TryGetValue((row.Name, company), out known) ? known : null;
    }

    /// <summary>The only one of this name; null for none or several.</summary>
    public KnownContact? ByNameAlone(string name) => named.TryGetValue(name, out var all) && all.Count == 1 ? all[0] : null;

    /// <summary>Whose contact a row is that one may not see; null for nobody's, and where the company does not tell.</summary>
    public string? OwnerElsewhere(ContactDraft row) =>
        new[] { row.Mobile, row.Email, row.WeChat }.OfType<byte[]>().Select(d => elsewhere.GetValueOrDefault(Number(d))).FirstOrDefault(n => n is not null);

    public async Task LookAsync(IReadOnlyCollection<ContactDraft> rows, CancellationToken ct)
    {
        var readable = db.Contacts.VisibleTo(viewer).ChannelsReadableBy(viewer);
        var (numbers, desk) = (Digests(rows, r => r.Mobile), Digests(rows, r => r.Phone));
        // One index after the other: all at once the database would look through the whole table.
        foreach (var known in await KnownAsync(readable, KeyLooks.Mobile, numbers, n => c => n.Contains(c.Index.Mobile!), ct)) mobiles.TryAdd(Number(known.Mobile!), known);
        foreach (var known in await KnownAsync(readable, KeyLooks.Phone, numbers, n => c => n.Contains(c.Index.Phone!), ct)) mobiles.TryAdd(Number(known.Phone!), known);
        foreach (var known in await KnownAsync(readable, KeyLooks.Email, Digests(rows, r => r.Email), n => c => n.Contains(c.Index.Email!), ct)) mails.TryAdd(Number(known.Email!), known);
        foreach (var known in await KnownAsync(readable, KeyLooks.WeChat, Digests(rows, r => r.WeChat), n => c => n.Contains(c.Index.WeChat!), ct)) weChats.TryAdd(Number(known.WeChat!), known);
        foreach (var known in await KnownAsync(readable, KeyLooks.Phone, desk, n => c => n.Contains(c.Index.Phone!), ct)) desks.TryAdd((Number(known.Phone!), known.Name), known);
        foreach (var known in await KnownAsync(readable, KeyLooks.Mobile, desk, n => c => n.Contains(c.Index.Mobile!), ct)) desks.TryAdd((Number(known.Mobile!), known.Name), known);
        var companies = await KeyLooks.ThereAsync(db, KeyLooks.Companies, rows.Select(r => r.Company).OfType<string>().Distinct().ToList(), ct);
        if (companies.Count == 0) return;
        // Through the company, of which there are few: its people, then those of them that are meant.
        var at = companies.ToHashSet();
        var wanted = rows.Where(r => r.Company is not null && at.Contains(r.Company)).Select(r => r.Name).Distinct().ToList();
        var there = await Known(db.Contacts.VisibleTo(viewer).Where(c => c.Account!.DeletedAt == null && companies.Contains(c.Account.NameFolded) && wanted.Contains(c.Index.Name))).ToListAsync(ct);
        foreach (var known in there.OrderBy(k => k.Id)) names.TryAdd((known.Name, known.Company!), known);
    }

    public async Task LookByNameAsync(IReadOnlyCollection<ContactDraft> rows, CancellationToken ct)
    {
        var wanted = rows.Where(r => r.Company is null).Select(r => r.Name).Where(n => n.Length > 0).Distinct().ToList();
        if (wanted.Count == 0) return;
        // A name's beginning is a term, by which an index finds it.
        var terms = wanted.ConvertAll(Search.SearchTerms.Cut);
        var found = db.Contacts.VisibleTo(viewer).Where(c => db.ContactTerms.Any(t => t.ContactId == c.Id && terms.Contains(t.Term)) && wanted.Contains(c.Index.Name));
        foreach (var known in await Known(found).ToListAsync(ct)) (named.TryGetValue(known.Name, out var all) ? all : named[known.Name] = []).Add(known);
    }

    /// <summary>Past the owner predicate, for companies that allow it: whose they are, and nothing else.</summary>
    public async Task LookElsewhereAsync(IReadOnlyCollection<ContactDraft> rows, CancellationToken ct)
    {
        var visible = db.Contacts.VisibleTo(viewer);
        var hidden = db.Contacts.Where(c => c.DeletedAt == null && !visible.Any(v => v.Id == c.Id));
        foreach (var (digests, on) in ((List<byte[]>, Func<List<byte[]>, Expression<Func<Contact, bool>>>)[])
            [(Digests(rows, r => r.Mobile), n => c => n.Contains(c.Index.Mobile!)), (Digests(rows, r => r.Email), n => c => n.Contains(c.Index.Email!)), (Digests(rows, r => r.WeChat), n => c => n.Contains(c.Index.WeChat!))])
        {
            if (digests.Count == 0) continue;
            var found = await hidden.Where(on(digests)).Join(db.Users, c => c.OwnerId, u => u.Id, (c, u) => new { c.Id, c.Index.Mobile, c.Index.Email, c.Index.WeChat, Owner = u.Name }).ToListAsync(ct);
            foreach (var one in found.OrderBy(f => f.Id))
                foreach (var digest in new[] { one.Mobile, one.Email, one.WeChat }.OfType<byte[]>()) elsewhere.TryAdd(Number(digest), one.Owner);
        }
    }

    private async Task<List<KnownContact>> KnownAsync(IQueryable<Contact> readable, KeyColumn column, List<byte[]> digests, Func<List<byte[]>, Expression<Func<Contact, bool>>> on, CancellationToken ct)
    {
        digests = await KeyLooks.ThereAsync(db, column, digests, ct);
        return digests.Count == 0 ? [] : [.. (await Known(readable.Where(on(digests))).ToListAsync(ct)).OrderBy(k => k.Id)];
    }

    private static IQueryable<KnownContact> Known(IQueryable<Contact> contacts) => contacts.AsNoTracking().Select(c => new KnownContact
    {
        Id = c.Id, Name = c.Index.Name, Company = c.Account!.NameFolded, Mobile = c.Index.Mobile, Phone = c.Index.Phone, Email = c.Index.Email, WeChat = c.Index.WeChat, CreatedAt = c.CreatedAt,
    });

    private static List<byte[]> Digests(IEnumerable<ContactDraft> rows, Func<ContactDraft, byte[]?> of) => [.. rows.Select(of).OfType<byte[]>().DistinctBy(Number)];

    private static UInt128 Number(byte[] digest) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(digest);
}
