using CrmAi.Domain.Accounts;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Duplicates;
using CrmAi.Infrastructure.Platform.Encryption;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>Finds whom one has already: by the blind indexes of number, address and WeChat, and by name and company, all equal in their normal forms.</summary>
internal sealed class CardMatching(FieldCipher cipher, DuplicateSearch duplicates, IOptions<CardOptions> options)
{
    private const int Most = 5, MostNames = 3;

    // Addresses there tell nothing of where somebody works.
    private static readonly HashSet<string> Everybodys =
        ["qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "139.com", "189.cn", "sina.com", "sina.cn", "sohu.com", "aliyun.com", "gmail.com", "outlook.com", "hotmail.com", "live.com", "icloud.com", "yahoo.com", "me.com", "msn.com", "proton.me"];

    public async Task<CardMatches> FindAsync(AppDbContext db, Viewer viewer, CardForm text, CancellationToken ct)
    {
        var keys = CardKeys.Of(text, cipher);
        var contacts = new List<Contact>();
        foreach (var found in new[] { ByChannel(db, viewer, keys), ByName(db, viewer, keys) }.OfType<IQueryable<Contact>>())
            contacts.AddRange(await found.Include(c => c.Account).Include(c => c.Shares).AsSplitQuery().OrderByDescending(c => c.UpdatedAt).ThenBy(c => c.Id).Take(Most).ToListAsync(ct));
        var matches = contacts.DistinctBy(c => c.Id).Select(c => MatchOf(c, viewer, keys)).Where(m => m.By.Count > 0).OrderByDescending(m => m.By.Count).Take(Most).ToList();
        var exact = matches.Select(m => m.Id).ToHashSet();
        var similar = (await duplicates.FindAsync(db, viewer, new() { Name = text.Name ?? text.NameEn, EnglishName = text.NameEn, Mobile = text.Mobile, Phone = text.Tel, Email = text.Email, WeChat = text.WeChat, Company = text.Company ?? text.CompanyEn }, null, ct))
            .Where(s => !exact.Contains(s.Contact.Id)).Take(Most - matches.Count).Select(s => s.Contact)
            .Select(c => new CardMatch(c.Id, c.Version, c.Name, c.Title, c.Company, [MatchReason.Similar], c.MayChange, new() { Name = c.Name, NameEn = c.EnglishName, Title = c.Title, Company = c.Company, Mobile = c.Mobile, Tel = c.Phone, Email = c.Email, WeChat = c.WeChat }));
        return new([.. matches, .. similar], await AccountsAsync(db, viewer, text, ct), await ElsewhereAsync(db, viewer, keys, ct));
    }

    /// <summary>Which of these cards somebody answers to whom the viewer may see.</summary>
    public async Task<HashSet<Guid>> KnownAsync(AppDbContext db, Viewer viewer, IReadOnlyCollection<(Guid Id, CardForm Text)> cards, CancellationToken ct)
    {
        var keys = cards.Select(c => (c.Id, Keys: CardKeys.Of(c.Text, cipher))).Where(c => !c.Keys.IsEmpty).ToList();
        var all = CardKeys.AllOf(keys.Select(k => k.Keys));
        var found = new List<CardAnswer>();
        if (ByChannel(db, viewer, all) is { } reached) found.AddRange(await reached.Select(c => new CardAnswer(c.Index.Name, null, c.Index.Mobile, c.Index.Phone, c.Index.Email, c.Index.WeChat)).ToListAsync(ct));
        if (ByName(db, viewer, all) is { } named) found.AddRange(await named.Select(c => new CardAnswer(c.Index.Name, c.Account!.NameFolded, null, null, null, null)).ToListAsync(ct));
        return [.. keys.Where(k => found.Exists(f => k.Keys.Reasons(f).Count > 0)).Select(k => k.Id)];
    }

    // What is masked is no key to find its contact by: each guess would be told right or wrong.
    private static IQueryable<Contact>? ByChannel(AppDbContext db, Viewer viewer, CardKeys keys) => keys.HasChannels ? db.Contacts.VisibleTo(viewer).ChannelsReadableBy(viewer).AsNoTracking().Where(keys.Channels()) : null;

    private static IQueryable<Contact>? ByName(AppDbContext db, Viewer viewer, CardKeys keys) => keys.Named() is { } named ? db.Contacts.VisibleTo(viewer).AsNoTracking().Where(named) : null;

    private static CardMatch MatchOf(Contact c, Viewer viewer, CardKeys keys)
    {
        var open = viewer.MayReadChannels(c);
        var company = c.Account is { DeletedAt: null } account ? account.Name : null;
        var present = new CardForm
        {
            Name = c.Name, NameEn = c.EnglishName, Title = c.Title, Company = company,
            Mobile = open ? c.Mobile : Masks.Phone(c.Mobile), Tel = open ? c.Phone : Masks.Phone(c.Phone), Email = open ? c.Email : Masks.Email(c.Email), WeChat = open ? c.WeChat : Masks.WeChat(c.WeChat),
        };
        var answer = new CardAnswer(c.Index.Name, company is null ? null : c.Account!.NameFolded, open ? c.Index.Mobile : null, open ? c.Index.Phone : null, open ? c.Index.Email : null, open ? c.Index.WeChat : null);
        return new(c.Id, c.Version, c.Name, c.Title, company, keys.Reasons(answer), viewer.MayChange(c), present);
    }

    private static async Task<IReadOnlyList<AccountMatch>> AccountsAsync(AppDbContext db, Viewer viewer, CardForm text, CancellationToken ct)
    {
        var visible = db.Accounts.VisibleTo(viewer).AsNoTracking();
        var names = new[] { text.Company, text.CompanyEn }.OfType<string>().Select(Account.Fold).Where(n => n.Length > 0).Distinct().ToList();
        var found = names.Count == 0 ? [] : await visible.Where(a => names.Contains(a.NameFolded)).OrderBy(a => a.Id).Take(Most).Select(a => new AccountMatch(a.Id, a.Name, a.City, AccountReason.Name)).ToListAsync(ct);
        if (ContactKeys.EmailDomain(text.Email) is not { } domain || Everybodys.Contains(domain)) return found;
        var known = found.Select(a => a.Id).ToList();
        var colleagues = db.Contacts.VisibleTo(viewer).Where(c => c.Index.EmailDomain == domain && c.AccountId != null).Select(c => c.AccountId);
        found.AddRange(await visible.Where(a => colleagues.Contains(a.Id) && !known.Contains(a.Id)).OrderBy(a => a.Id).Take(Most - Math.Min(Most, known.Count)).Select(a => new AccountMatch(a.Id, a.Name, a.City, AccountReason.Domain)).ToListAsync(ct));
        return found;
    }

    // Past the owner predicate, only where the company allows it, and nothing but whose they are.
    private async Task<IReadOnlyList<string>> ElsewhereAsync(AppDbContext db, Viewer viewer, CardKeys keys, CancellationToken ct)
    {
        if (!options.Value.TellsDuplicateOwners || (keys with { Names = [] }).IsEmpty) return [];
        var seen = db.Contacts.VisibleTo(viewer);
        return await db.Contacts.Where(keys.Channels()).Where(c => c.DeletedAt == null && !seen.Any(s => s.Id == c.Id))
            .Join(db.Users, c => c.OwnerId, u => u.Id, (_, u) => u.Name).Distinct().OrderBy(n => n).Take(MostNames).ToListAsync(ct);
    }
}
