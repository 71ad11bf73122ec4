using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Enrichment;

/// <summary>Asks outside for what a person looks for. Done a second time it is answered from what is kept.</summary>
internal sealed class LookUpJob(IDbContextFactory<AppDbContext> contexts, ICompanyRegistry registry, IPeopleSearch people, TimeProvider time) : IJobHandler
{
    public static string Kind => "lookup";

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.LookUps.SingleOrDefaultAsync(l => l.Id == lease.SubjectId, ct) is not { } row) throw new JobRefusedException("enrichment.none"); // its contact is gone
        row.Found ??= await FindAsync(row, ct);
        await lease.FinishAsync(db, time.GetUtcNow().UtcDateTime, JobState.Done, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task<LookUpFindings> FindAsync(LookUp row, CancellationToken ct)
    {
        var asker = new Asker(row.UserId, IsWaiting: true, row.ContactId);
        if (row.Kind == LookUpKind.Company)
        {
            var found = await registry.SearchAsync(row.Ask.Name, asker, ct);
            return Nothing(found) ? None(registry.Source) : new(registry.Source, Value(found).At, Value(found).Value, []);
        }
        var pages = await people.SearchAsync(row.Ask.Name, row.Ask.Company, asker, ct);
        return Nothing(pages) ? None(people.Source) : new(people.Source, Value(pages).At, [], Value(pages).Value);
    }

    // That there is nothing is an answer.
    private static bool Nothing<T>(Result<T> result) => !result.Succeeded && result.Errors[0].Code == "enrichment.none";

    private LookUpFindings None(string source) => new(source, time.GetUtcNow().UtcDateTime, [], []);

    private static T Value<T>(Result<T> result) => result.Succeeded ? result.Value : throw new JobRefusedException(result.Errors[0].Code);
}
