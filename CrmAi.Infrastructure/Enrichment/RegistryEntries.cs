using CrmAi.Domain.Accounts;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Accounts;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Enrichment;

internal sealed class RegistryEntries(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ICompanyRegistry registry, TimeProvider time) : IRegistryEntries
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<RegistryView?> GetAsync(Guid accountId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var account = (await AccountMapping.DetailsAsync(db, viewer, db.Accounts.VisibleTo(viewer).Where(a => a.Id == accountId), ct)).SingleOrDefault();
        if (account is null) return null;
        var row = await db.RegistryEntries.AsNoTracking().Where(e => e.Id == accountId).Join(db.Users, e => e.PickedBy, u => u.Id, (Entry, u) => new { Entry, u.Name }).SingleOrDefaultAsync(ct);
        if (row is null) return new(null, false, null, account.MayChange, false, []);
        var entry = row.Entry;
        var job = await LastAsync(db, accountId, RegistryJob.Kind, ct);
        var check = await LastAsync(db, accountId, VerifyJob.Kind, ct);
        var fields = new RegistryFields(entry.Source, entry.SourceId, entry.Link, row.Name, entry.PickedAt, entry.CheckedAt, entry.IsStaleAt(Now), entry.Facts, entry.Risk, entry.Officers, entry.Version) { Verification = entry.Verification };
        var mayRefresh = account.MayChange && registry.IsConfigured && entry.Source == registry.Source;
        return new(fields, IsOpen(job), new[] { job, check }.OfType<LastJob>().OrderByDescending(j => j.Id).FirstOrDefault() is { State: JobState.Failed } fell ? fell.ErrorCode : null, account.MayChange,
            mayRefresh, account.MayChange ? RegistryDifferences.Between(account.Fields, entry.Facts) : [])
        {
            MayVerify = mayRefresh && entry.Facts is { CreditCode: not null, LegalRepresentative: not null },
            IsVerifying = IsOpen(check),
        };
    }

    public async Task<Result<Saved>> PickAsync(Guid accountId, Guid lookUpId, string sourceId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await RefusalAsync(db, viewer, accountId, ct) is { } refusal) return refusal;
        var entry = await Choices.RegisterAsync(db, viewer, accountId, new(lookUpId, sourceId), Now, ct);
        return entry.Succeeded ? await SaveAsync(db, entry.Value, "registry.pick", viewer, ct) : Result.Refused<Saved>(entry.Errors);
    }

    public async Task<Result> RefreshAsync(Guid accountId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await RefusalAsync(db, viewer, accountId, ct) is { } refusal) return refusal;
        if (await db.RegistryEntries.Where(e => e.Id == accountId).Select(e => e.Source).SingleOrDefaultAsync(ct) is not { } source) return Error.NotFound;
        if (!registry.IsConfigured || source != registry.Source) return new Error("enrichment.unset", null);
        if (await db.Jobs.AnyAsync(j => j.SubjectId == accountId && j.Kind == RegistryJob.Kind && (j.State == JobState.Waiting || j.State == JobState.Running), ct)) return new Error("enrichment.running", null);
        db.Jobs.Add(RegistryJob.Of(accountId, viewer.Id, JobLane.Person, Now));
        await db.SaveChangesAsync(ct);
        return Result.Ok;
    }

    public async Task<Result> VerifyAsync(Guid accountId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await RefusalAsync(db, viewer, accountId, ct) is { } refusal) return refusal;
        if (await db.RegistryEntries.AsNoTracking().SingleOrDefaultAsync(e => e.Id == accountId, ct) is not { } entry) return Error.NotFound;
        if (!registry.IsConfigured || entry.Source != registry.Source) return new Error("enrichment.unset", null);
        if (entry.Facts is not { CreditCode: not null, LegalRepresentative: not null }) return new Error("enrichment.facts", null);
        if (IsOpen(await LastAsync(db, accountId, VerifyJob.Kind, ct))) return new Error("enrichment.running", null);
        db.Jobs.Add(VerifyJob.Of(accountId, viewer.Id, Now));
        await db.SaveChangesAsync(ct);
        return Result.Ok;
    }

    public async Task<Result<Saved>> RemoveAsync(Guid accountId, CancellationToken ct, int? version = null)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await RefusalAsync(db, viewer, accountId, ct) is { } refusal) return refusal;
        if (await db.RegistryEntries.SingleOrDefaultAsync(e => e.Id == accountId, ct) is not { } entry) return Error.NotFound;
        if (version is { } seen && entry.Version != seen) return Error.Conflict;
        db.RegistryEntries.Remove(entry);
        return await SaveAsync(db, entry, "registry.remove", viewer, ct);
    }

    private static async Task<Error?> RefusalAsync(AppDbContext db, Viewer viewer, Guid accountId, CancellationToken ct) =>
        await db.Accounts.VisibleTo(viewer).AsNoTracking().SingleOrDefaultAsync(a => a.Id == accountId, ct) is not { } account ? Error.NotFound : viewer.MayChange(account) ? null : Error.Forbidden;

    private async Task<Result<Saved>> SaveAsync(AppDbContext db, RegistryEntry entry, string name, Viewer viewer, CancellationToken ct)
    {
        var command = db.Begin(name, viewer, Now);
        return await db.TrySaveAsync(ct) is { } refusal ? refusal : new Saved(entry.Id, entry.Version, command.Id);
    }

    private static Task<LastJob?> LastAsync(AppDbContext db, Guid accountId, string kind, CancellationToken ct) =>
        db.Jobs.AsNoTracking().Where(j => j.SubjectId == accountId && j.Kind == kind).OrderByDescending(j => j.Id).Select(j => new LastJob(j.Id, j.State, j.ErrorCode)).FirstOrDefaultAsync(ct);

    private static bool IsOpen(LastJob? job) => job?.State is JobState.Waiting or JobState.Running;

    private sealed record LastJob(Guid Id, JobState State, string? ErrorCode);
}
