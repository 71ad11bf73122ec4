using CrmAi.Domain.Accounts;
using CrmAi.Domain.Jobs;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Accounts;

/// <summary>Brings a company's new name to its many people, batch by batch, so that nobody's save waits behind it.</summary>
internal sealed class AccountNamesJob(IDbContextFactory<AppDbContext> contexts, TimeProvider time) : IJobHandler
{
    public const int Batch = 500;

    public static string Kind => "account.names";

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        // The name as it is by now: a later change has brought a job of its own, which then finds nothing to do.
        var account = await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == lease.SubjectId, ct);
        if (account is not null)
        {
            var company = AccountPeople.CompanyOf(account);
            for (var from = Guid.Empty; ;)
            {
                var people = await AccountPeople.People(db, account.Id).Where(c => c.Id > from).OrderBy(c => c.Id).Select(c => c.Id).Take(Batch).ToListAsync(ct);
                if (people.Count == 0) break;
                var (first, last) = (people[0], people[^1]);
                await AccountPeople.NameAsync(AccountPeople.People(db, account.Id).Where(c => c.Id >= first && c.Id <= last), company, ct);
                from = last;
            }
        }
        await lease.FinishAsync(db, time.GetUtcNow().UtcDateTime, JobState.Done, ct);
        await db.SaveChangesAsync(ct);
    }
}
