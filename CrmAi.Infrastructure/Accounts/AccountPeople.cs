using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CrmAi.Infrastructure.Accounts;

/// <summary>What a company changes at its people: the name that they are found by. A few at once, many by a job.</summary>
internal sealed class AccountPeople(TimeProvider time) : ISavingRule
{
    public async Task BeforeAsync(AppDbContext db, CancellationToken ct)
    {
        foreach (var account in Renamed(db))
        {
            if (await People(db, account.Id).OrderBy(c => c.Id).Skip(AccountNamesJob.Batch).AnyAsync(ct)) db.Jobs.Add(new()
            {
                Kind = AccountNamesJob.Kind, Lane = JobLane.Bulk, SubjectId = account.Id, UserId = db.Command?.UserId ?? account.OwnerId, DueAt = Now, CreatedAt = Now,
            });
        }
    }

    public Func<AppDbContext, CancellationToken, Task>? After(AppDbContext db)
    {
        var byJob = db.ChangeTracker.Entries<JobRun>().Where(e => e.State == EntityState.Added && e.Entity.Kind == AccountNamesJob.Kind).Select(e => e.Entity.SubjectId).ToHashSet();
        var renamed = Renamed(db).Where(a => !byJob.Contains(a.Id)).Select(a => (a.Id, Company: CompanyOf(a))).ToList();
        return renamed.Count == 0 ? null : async (context, ct) =>
        {
            foreach (var (id, company) in renamed) await NameAsync(People(context, id), company, ct);
        };
    }

    public IEnumerable<LiveTopic> Topics(AppDbContext db) =>
        db.ChangeTracker.Entries<Account>().Where(e => e.State is EntityState.Added or EntityState.Modified).SelectMany(e => (LiveTopic[])[LiveTopic.Account(e.Entity.Id), LiveTopic.ContactsOf(e.Entity.OwnerId)])
            .Concat(db.ChangeTracker.Entries<Contact>().Where(e => e.State is EntityState.Added or EntityState.Modified)
                .SelectMany(e => (Guid?[])[e.Entity.AccountId, e.OriginalValues.GetValue<Guid?>(nameof(Contact.AccountId))]).OfType<Guid>().Distinct().Select(LiveTopic.Account)).ToList();

    /// <summary>The company's part of what its people are found by: none for a deleted one.</summary>
    public static string CompanyOf(Account account) =>
        account.DeletedAt is null ? Search.SearchTerms.Cut(ContactKeys.Fold(account.Name), Contacts.ContactIndexing.MaxText) : "";

    /// <summary>Written past the version on purpose: a company's new name must not make anybody's edit of a contact a lost race.</summary>
    public static Task<int> NameAsync(IQueryable<Contact> people, string company, CancellationToken ct) =>
        people.Where(c => c.Index.Company != company).ExecuteUpdateAsync(set => set.SetProperty(c => c.Index.Company, company), ct);

    public static IQueryable<Contact> People(AppDbContext db, Guid accountId) => db.Set<Contact>().Where(c => c.AccountId == accountId);

    private static List<Account> Renamed(AppDbContext db) =>
        db.ChangeTracker.Entries<Account>().Where(e => e.State == EntityState.Modified && (Changed(e, nameof(Account.Name)) || Changed(e, nameof(Account.DeletedAt)))).Select(e => e.Entity).ToList();

    private static bool Changed(EntityEntry<Account> entry, string property) => !Equals(entry.Property(property).OriginalValue, entry.Property(property).CurrentValue);

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
