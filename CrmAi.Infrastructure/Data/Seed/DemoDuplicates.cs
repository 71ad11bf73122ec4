using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Duplicates;
using CrmAi.Infrastructure.History;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>People who stand in the books twice: typed in a hurry, imported from a fair's list, met again at another company; and companies that do. One pair was merged lately, one put aside.</summary>
internal sealed class DemoDuplicates(IDbContextFactory<AppDbContext> contexts, DuplicateFinding finding, ChangeRecorder recorder, DateTimeOffset now)
{
    public async Task RunAsync(DemoData story, IReadOnlyDictionary<string, User> people, IReadOnlyDictionary<string, Contact> contacts, IReadOnlyDictionary<string, Account> accounts, CancellationToken ct)
    {
        var rep = people["zhoulan"];
        var twice = story.Contacts.Where(c => c is { OwnerKey: "zhoulan", Language: "zh", Part: "user" or "it" or "buyer" or "tech" } && c.Name.Length == 3).Select(c => contacts[c.Key])
            .Where(c => c is { DeletedAt: null, IsArchived: false, Mobile: not null, WeChat: not null }).DistinctBy(c => c.Name).Take(8).ToList();
        if (twice.Count < 8) return;
        await AddAsync(rep, 2, Copy(twice[0], c => (c.Name, c.Mobile, c.Email, c.WeChat) = (Latin(c.Name), $"+86 {twice[0].Mobile}", null, null)), ct);
        await AddAsync(rep, 3, Copy(twice[1], c => (c.Mobile, c.Email, c.WeChat) = (twice[1].Mobile![..^1] + (char)('0' + ((twice[1].Mobile![^1] - '0' + 3) % 10)), null, null)), ct);
        await AddAsync(rep, 5, Copy(twice[2], c => (c.Name, c.Email, c.WeChat) = (c.Name[1..] + c.Name[..1], null, null)), ct);
        await AddAsync(rep, 6, Copy(twice[3], c => (c.AccountId, c.Title, c.Mobile, c.Email, c.Source) = (twice[0].AccountId, "顾问", null, null, ContactSource.Event)), ct);
        await AddAsync(rep, 8, Copy(twice[4], c => (c.Mobile, c.WeChat, c.Source) = (null, null, ContactSource.Import)), ct);
        await AddAsync(rep, 8, Copy(twice[4], c => (c.Name, c.Email, c.Phone, c.Source) = ($"{c.Name[..1]}总", null, null, ContactSource.Import)), ct);
        var namesake = await AddAsync(rep, 9, Copy(twice[5], c => (c.Mobile, c.Email, c.WeChat, c.Phone) = (null, null, null, null)), ct);
        var merged = await AddAsync(rep, 11, Copy(twice[6], c => (c.Name, c.Email, c.Notes) = (Latin(c.Name), null, "展会上加的微信，回访约在下午。")), ct);
        await CompaniesAsync(story, rep, accounts, ct);
        await CompareAsync(ct);
        await SaveAsync(rep, "duplicate.dismiss", 4, db =>
        {
            var (first, second) = DuplicatePair.Ordered(twice[5].Id, namesake.Id);
            db.Add(new DuplicateDismissal { FirstId = first, SecondId = second, UserId = rep.Id, At = At(4) });
            return Task.CompletedTask;
        }, ct);
        await MergeAsync(rep, twice[6].Id, merged.Id, ct);
        await CompareAsync(ct);
    }

    private static Contact Copy(Contact of, Action<Contact> change)
    {
        var copy = new Contact
        {
            Name = of.Name, OwnerId = of.OwnerId, TeamId = of.TeamId, Visibility = of.Visibility, AccountId = of.AccountId, Title = of.Title, Mobile = of.Mobile, Email = of.Email, WeChat = of.WeChat, Phone = of.Phone,
        };
        change(copy);
        return copy;
    }

    private async Task<Contact> AddAsync(User by, int daysAgo, Contact contact, CancellationToken ct)
    {
        contact.CreatedAt = contact.UpdatedAt = At(daysAgo);
        await SaveAsync(by, "contact.add", daysAgo, db =>
        {
            db.Add(contact);
            return Task.CompletedTask;
        }, ct);
        return contact;
    }

    private async Task MergeAsync(User by, Guid survivor, Guid loser, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var versions = await db.Contacts.VisibleTo(Viewer(by)).Where(c => c.Id == survivor || c.Id == loser).ToDictionaryAsync(c => c.Id, c => c.Version, ct);
        await Merges.ContactsAsync(db, Viewer(by), new(survivor, versions[survivor], loser, versions[loser], new Dictionary<string, MergeSide> { [nameof(Contact.Name)] = MergeSide.Survivor }), recorder, At(1), ct);
    }

    // A company from a fair's list without its legal form, and one under the name that people use of it with the same website.
    private async Task CompaniesAsync(DemoData story, User rep, IReadOnlyDictionary<string, Account> accounts, CancellationToken ct)
    {
        var theirs = story.Accounts.Where(a => a.OwnerKey == "zhoulan" && a.Language == "zh" && a.Name.EndsWith("有限公司", StringComparison.Ordinal)).Select(a => accounts[a.Key]).Where(a => a is { DeletedAt: null, IsArchived: false }).ToList();
        // One whose short name is more than the name without its legal form.
        if (theirs.Count < 2 || theirs[..^1].FindLast(a => CompanyForm.Of(a.ShortName) is { } called && CompanyForm.Of(a.Name) is { } name && called.Core != name.Core && called.Core != name.Brand) is not { } called) return;
        await CompanyAsync(7, theirs[^1], theirs[^1].Name.Replace("股份", "", StringComparison.Ordinal).Replace("有限公司", "", StringComparison.Ordinal), a => a.City = theirs[^1].City);
        await CompanyAsync(5, called, called.ShortName!, a => (a.Website, a.Phone) = (called.Website, called.Phone));

        Task CompanyAsync(int daysAgo, Account of, string name, Action<Account> fill) => SaveAsync(rep, "account.add", daysAgo, db =>
        {
            var account = new Account { Name = name, OwnerId = of.OwnerId, TeamId = of.TeamId, Visibility = of.Visibility, Industry = of.Industry, CreatedAt = At(daysAgo), UpdatedAt = At(daysAgo) };
            fill(account);
            db.Add(account);
            return Task.CompletedTask;
        }, ct);
    }

    private async Task CompareAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        foreach (var kind in Enum.GetValues<MergeKind>())
        {
            foreach (var some in (await MatchRows.Ids(db, kind).OrderBy(id => id).ToListAsync(ct)).Chunk(500))
            {
                await using var write = await contexts.CreateDbContextAsync(ct);
                var rows = await MatchRows.ReadAsync(write, kind, some, ct);
                if (await MatchHealing.HealAsync(write, rows, some, ct)) await write.SaveChangesAsync(ct);
                DuplicateRows.Keep(write, kind, await write.DuplicatePairs.Where(p => p.Kind == kind && some.Contains(p.SecondId)).ToListAsync(ct), await finding.FindAsync(write, kind, rows, earlierOnly: true, ct), At(1));
                await write.SaveChangesAsync(ct);
            }
        }
        await db.DuplicateMarks.ExecuteDeleteAsync(ct);
    }

    private async Task SaveAsync(User by, string command, int daysAgo, Func<AppDbContext, Task> change, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await change(db);
        db.Begin(command, Viewer(by), At(daysAgo));
        await db.SaveChangesAsync(ct);
    }

    private static Viewer Viewer(User by) => new(by.Id, by.Name, by.Role, by.TeamId, by.TeamId is { } team ? [team] : [], by.Language, by.TimeZone, ChangeOrigin.Page);

    private static string Latin(string name)
    {
        var read = Pinyin.Syllables(name, isName: true);
        return $"{Capital(read[0])} {Capital(string.Concat(read.Skip(1)))}";
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private DateTime At(int daysAgo) => now.AddDays(-daysAgo).AddMinutes(-11 * daysAgo).UtcDateTime;
}
