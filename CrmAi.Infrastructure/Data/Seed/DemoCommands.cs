using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>What people did to contacts lately, as commands of theirs: so that it stands in history and can be taken back.</summary>
internal sealed class DemoCommands(IDbContextFactory<AppDbContext> contexts, IFileStore files, DateTimeOffset now)
{
    private const int Portraits = 10, Archived = 4;

    public async Task RunAsync(DemoData story, IReadOnlyDictionary<string, User> people, IReadOnlyDictionary<string, Contact> contacts, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        db.AttachRange(contacts.Values);
        foreach (var hero in story.Contacts.Where(c => c.Part is "boss" or "champion").Take(Portraits))
        {
            using var picture = new MemoryStream(DemoFiles.Portrait(hero.Key));
            var stored = await files.SaveAsync(picture, IContactPhotos.MaxSize, ct);
            await DoAsync("photo.add", hero, 40, contact => db.Add(new ContactPhoto { ContactId = contact.Id, Kind = PhotoKind.Profile, Source = PhotoSource.Upload, StorageKey = stored.Key, ContentType = "image/png", AddedAt = At(40) }));
        }
        // Each rep lets one colleague in; the southern one a colleague of the other team.
        foreach (var (owner, with, mayChange) in ((string, string, bool)[])[("zhoulan", "qinlixia", true), ("qinlixia", "zhoulan", true), ("fangyu", "zhoulan", false), ("qinlixia", "fangyu", false)])
        {
            var shared = story.Contacts.Where(c => c.OwnerKey == owner && c.Part == "tech").Skip(mayChange ? 0 : 1).First();
            await DoAsync("contact.share", shared, 12, contact => db.Add(new ContactShare { ContactId = contact.Id, UserId = people[with].Id, MayChange = mayChange, CreatedAt = At(12) }));
        }
        var gone = story.Contacts.Where(c => c is { Stage: "ClosedLost", Priority: "Low", Part: "user" or "it" }).Take(Archived + 1).ToList();
        foreach (var lost in gone.Take(Archived)) await DoAsync("contact.archive", lost, 25, contact => contact.IsArchived = true);
        foreach (var deleted in gone.Skip(Archived)) await DoAsync("contact.delete", deleted, 2, contact => contact.DeletedAt = At(2));

        async Task DoAsync(string command, DemoContact of, int daysAgo, Action<Contact> change)
        {
            var (contact, owner) = (contacts[of.Key], people[of.OwnerKey]);
            change(contact);
            contact.UpdatedAt = At(daysAgo);
            db.Begin(command, new(owner.Id, owner.Name, owner.Role, owner.TeamId, [], owner.Language, owner.TimeZone, ChangeOrigin.Page), At(daysAgo));
            await db.SaveChangesAsync(ct);
        }
    }

    private DateTime At(int daysAgo) => now.AddDays(-daysAgo).UtcDateTime;
}
