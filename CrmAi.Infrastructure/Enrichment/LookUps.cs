using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.CompanyData;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Enrichment;

internal sealed class LookUps(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ICompanyRegistry registry, IPeopleSearch people, DataLines lines, OutsideQuota quota, TimeProvider time) : ILookUps
{
    public async Task<EnrichmentStatus> StatusAsync(CancellationToken ct)
    {
        await user.GetAsync(ct);
        return new(await OfAsync(lines.Tianyancha, "CompanyData:Tianyancha:Key"), await OfAsync(lines.Baidu, "CompanyData:Baidu:Key"));

        async Task<ServiceStatus> OfAsync(DataLine line, string setting) =>
            new(line.Source, line.Options.IsConfigured, setting, line.Options.DailyQuota, line.Options.IsConfigured ? await quota.LeftAsync(line, isWaiting: true, ct) : 0);
    }

    public async Task<Result<Guid>> BeginAsync(LookUpAsk ask, Guid? recordId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.WriteContacts)) return Error.Forbidden;
        ask = ask with { Name = OneLine.Of(ask.Name), Company = OneLine.OrNone(ask.Company), Person = OneLine.OrNone(ask.Person), Job = OneLine.OrNone(ask.Job), City = OneLine.OrNone(ask.City) };
        if (((string?[])[ask.Name, ask.Company, ask.Person, ask.Job, ask.City]).Any(t => t?.Length > LookUpAsk.MaxName) || ask.Name.Length == 0) return new Error("enrichment.name", nameof(ask.Name), LookUpAsk.MaxName);
        await using var db = await contexts.CreateDbContextAsync(ct);
        IOwned? record = (ask.Kind, recordId) switch
        {
            (_, null) => null,
            (LookUpKind.Company, { } id) => await db.Accounts.VisibleTo(viewer).AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct),
            (_, { } id) => await db.Contacts.VisibleTo(viewer).Include(c => c.Shares).AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct),
        };
        if (recordId is not null && record is null) return Error.NotFound;
        if (record is not null && !viewer.MayChange(record)) return Error.Forbidden;
        if (!(ask.Kind == LookUpKind.Company ? registry.IsConfigured : people.IsConfigured)) return new Error("enrichment.unset", null);
        var now = time.GetUtcNow().UtcDateTime;
        var made = new LookUp { UserId = viewer.Id, Kind = ask.Kind, AccountId = ask.Kind == LookUpKind.Company ? recordId : null, ContactId = ask.Kind == LookUpKind.Person ? recordId : null, CreatedAt = now, Ask = ask };
        db.LookUps.Add(made);
        db.Jobs.Add(new() { Kind = LookUpJob.Kind, Lane = JobLane.Person, SubjectId = made.Id, UserId = viewer.Id, ByHand = true, Total = 1, DueAt = now, CreatedAt = now });
        await db.SaveChangesAsync(ct);
        return made.Id;
    }

    public async Task<LookUpView?> GetAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.LookUps.AsNoTracking().SingleOrDefaultAsync(l => l.Id == id && l.UserId == viewer.Id, ct) is not { } row) return null;
        var ask = row.Ask;
        if (row.Found is { } found)
        {
            return new(id, ask, LookUpState.Done, null, found.Source, found.At,
                [.. found.Companies.Select(c => new MatchedCompany(c, CandidateMatching.Of(ask.Name, ask.Person, ask.City, c))).OrderByDescending(c => c.Match.Similarity).ThenBy(c => c.Match.Reasons.Contains(MatchReason.NotActive))],
                [.. found.People.Select(p => (Page: p, Match: CandidateMatching.Of(ask.Name, ask.Company, ask.Job, p))).Where(p => p.Match is not null).OrderByDescending(p => p.Match!.Similarity).Select(p => new MatchedPerson(p.Page, p.Match!))]);
        }
        var job = await db.Jobs.AsNoTracking().Where(j => j.SubjectId == id).OrderByDescending(j => j.Id).Select(j => new { j.State, j.ErrorCode }).FirstOrDefaultAsync(ct);
        var over = job is null or { State: JobState.Failed or JobState.Cancelled or JobState.Done };
        return new(id, ask, over ? LookUpState.Failed : LookUpState.Waiting, over ? job?.ErrorCode ?? "job.died" : null, null, null, [], []);
    }
}
