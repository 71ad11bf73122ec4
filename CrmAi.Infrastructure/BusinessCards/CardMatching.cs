using CrmAi.Domain.Accounts;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Duplicates;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>Whom a card's reader has already, and where that person works: the search for duplicates, asked with what the card says.</summary>
internal sealed class CardMatching(DuplicateSearch duplicates)
{
    private const int Most = 5;

    // Addresses there tell nothing of where somebody works.
    private static readonly HashSet<string> Everybodys =
        ["qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "139.com", "189.cn", "sina.com", "sina.cn", "sohu.com", "aliyun.com", "gmail.com", "outlook.com", "hotmail.com", "live.com", "icloud.com", "yahoo.com", "me.com", "msn.com", "proton.me"];

    public async Task<CardMatches> FindAsync(AppDbContext db, Viewer viewer, CardForm text, CancellationToken ct)
    {
        var fields = Fields(text);
        return new([.. (await duplicates.FindAsync(db, viewer, [fields], null, ct))[0].Select(c => MatchOf(c.Contact, c.Reasons))], await AccountsAsync(db, viewer, text, ct), await duplicates.ElsewhereAsync(db, viewer, fields, ct));
    }

    /// <summary>Which of these cards somebody answers to exactly whom the viewer may see.</summary>
    public async Task<HashSet<Guid>> KnownAsync(AppDbContext db, Viewer viewer, IReadOnlyList<(Guid Id, CardForm Text)> cards, CancellationToken ct)
    {
        var found = await duplicates.FindAsync(db, viewer, [.. cards.Select(c => Fields(c.Text))], null, ct);
        return [.. cards.Zip(found).Where(c => c.Second.Any(d => d.IsExact)).Select(c => c.First.Id)];
    }

    private static MatchFields Fields(CardForm text) => new()
    {
        Name = text.Name ?? text.NameEn, EnglishName = text.NameEn, Mobile = text.Mobile, Phone = text.Tel, Email = text.Email, WeChat = text.WeChat, Company = text.Company, EnglishCompany = text.CompanyEn,
    };

    private static CardMatch MatchOf(DuplicateSide c, IReadOnlyList<DuplicateReason> by) => new(c.Id, c.Version, c.Name, c.Title, c.Company, by, c.MayChange,
        new() { Name = c.Name, NameEn = c.EnglishName, Title = c.Title, Company = c.Company, Mobile = c.Mobile, Tel = c.Phone, Email = c.Email, WeChat = c.WeChat });

    private async Task<IReadOnlyList<AccountMatch>> AccountsAsync(AppDbContext db, Viewer viewer, CardForm text, CancellationToken ct)
    {
        var visible = db.Accounts.VisibleTo(viewer).AsNoTracking();
        var names = new[] { text.Company, text.CompanyEn }.OfType<string>().Select(Account.Fold).Where(n => n.Length > 0).Distinct().ToList();
        List<AccountMatch> found = names.Count == 0 ? [] : await visible.Where(a => names.Contains(a.NameFolded)).OrderBy(a => a.Id).Take(Most).Select(a => new AccountMatch(a.Id, a.Name, a.City, AccountReason.Name)).ToListAsync(ct);
        if (ContactKeys.EmailDomain(text.Email) is { } domain && !Everybodys.Contains(domain))
        {
            var colleagues = db.Contacts.VisibleTo(viewer).Where(c => c.Index.EmailDomain == domain && c.AccountId != null).Select(c => c.AccountId);
            found.AddRange(await visible.Where(a => colleagues.Contains(a.Id)).OrderBy(a => a.Id).Take(Most).Select(a => new AccountMatch(a.Id, a.Name, a.City, AccountReason.Domain)).ToListAsync(ct));
        }
        var similar = await duplicates.CompaniesAsync(db, viewer, new() { Name = text.Company ?? text.CompanyEn, Website = text.Website, Phone = text.Tel, Others = [.. new[] { text.CompanyEn }.OfType<string>()] }, null, ct);
        return [.. found.Concat(similar.Select(s => new AccountMatch(s.Company.Id, s.Company.Name, s.Company.City, AccountReason.Similar))).DistinctBy(a => a.Id).Take(Most)];
    }
}
