using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>What people threw away lately, some of it nearly for good.</summary>
internal sealed class DemoDeletions(IDbContextFactory<AppDbContext> contexts, DateTimeOffset now)
{
    private static readonly string[] Aside = ["user", "it"];

    public async Task RunAsync(DemoData story, IReadOnlyDictionary<string, User> people, IReadOnlyDictionary<string, Contact> contacts, IReadOnlyList<Interaction> interactions, CancellationToken ct)
    {
        foreach (var (owner, by, daysAgo) in ((string, string, int)[])[("zhoulan", "gunanzhou", 9), ("fangyu", "fangyu", 12), ("qinlixia", "qinlixia", 27)])
        {
            var lost = story.Contacts.Where(c => c.OwnerKey == owner && c.Stage == "ClosedLost" && Aside.Contains(c.Part)).Select(c => contacts[c.Key]).FirstOrDefault(c => c is { IsArchived: false, DeletedAt: null });
            if (lost is not null) await DeleteAsync("contact.delete", lost, people[by], daysAgo, ct);
        }
        foreach (var (author, daysAgo) in ((string, int)[])[("zhoulan", 1), ("zhoulan", 6), ("fangyu", 3), ("qinlixia", 5)])
        {
            var aside = story.Contacts.Where(c => c.OwnerKey == author && Aside.Contains(c.Part)).Select(c => contacts[c.Key]).Where(c => c.DeletedAt is null).Select(c => c.Id).ToHashSet();
            var said = interactions.Where(i => i is { IsScheduled: false, IsPrivate: false, DeletedAt: null } && i.AuthorId == people[author].Id && aside.Contains(i.ContactId) && i.At < At(daysAgo)).MaxBy(i => i.At);
            if (said is not null) await DeleteAsync("interaction.delete", said, people[author], daysAgo, ct);
        }
        var twice = story.Accounts.First(a => a.OwnerKey == "zhoulan");
        var copy = new Account { Name = twice.ShortName, OwnerId = people["zhoulan"].Id, TeamId = people["zhoulan"].TeamId, Industry = twice.Industry, City = twice.City, CreatedAt = At(29), UpdatedAt = At(29) };
        await SaveAsync(db => db.Add(copy), "account.add", people["zhoulan"], 29, ct);
        await DeleteAsync("account.delete", copy, people["zhoulan"], 28, ct);
    }

    private Task DeleteAsync<T>(string command, T row, User by, int daysAgo, CancellationToken ct) where T : class, IDeletable => SaveAsync(db =>
    {
        db.Attach(row);
        row.DeletedAt = At(daysAgo);
    }, command, by, daysAgo, ct);

    private async Task SaveAsync(Action<AppDbContext> change, string command, User by, int daysAgo, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        change(db);
        db.Begin(command, new(by.Id, by.Name, by.Role, by.TeamId, [], by.Language, by.TimeZone, ChangeOrigin.Page), At(daysAgo));
        await db.SaveChangesAsync(ct);
    }

    private DateTime At(int daysAgo) => now.AddDays(-daysAgo).AddMinutes(-37 * daysAgo).UtcDateTime;
}
