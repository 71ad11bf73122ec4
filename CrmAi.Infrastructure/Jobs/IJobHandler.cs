using System.Linq.Expressions;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Jobs;

/// <summary>Does one kind of job. May be called twice for the same job: its result counts only where the lease still holds when it is saved.</summary>
internal interface IJobHandler
{
    static abstract string Kind { get; }

    /// <exception cref="JobRefusedException">Trying again would not help.</exception>
    Task RunAsync(JobLease lease, CancellationToken ct);
}

/// <summary>The right to do one job for a while.</summary>
internal sealed record JobLease(Guid JobId, Guid Holder, string Kind, Guid SubjectId, Guid? ContactId, Guid UserId, int Attempt)
{
    /// <summary>Whether a person asked for it, or still has such work done by itself.</summary>
    public Task<bool> IsWantedAsync(AppDbContext db, Expression<Func<User, bool>> on, CancellationToken ct) =>
        db.Jobs.AnyAsync(j => j.Id == JobId && (j.ByHand || db.Users.Where(on).Any(u => u.Id == j.UserId)), ct);

    /// <summary>Marks the job done within the caller's next save, which fails where the lease was lost.</summary>
    /// <exception cref="LeaseLostException">It is already lost.</exception>
    public async Task FinishAsync(AppDbContext db, DateTime now, JobState state, CancellationToken ct)
    {
        var job = await HeldAsync(db, ct);
        job.State = state;
        job.Total = Math.Max(1, job.Total);
        if (state == JobState.Done) job.Done = job.Total;
        job.FinishedAt = now;
        job.LeasedBy = null;
        job.LeasedUntil = null;
        job.ErrorCode = null;
        job.ErrorDetail = null;
    }

    /// <summary>Notes how far long work has come within the caller's next save, which fails where the lease was lost. Work that gets on starts its attempts anew.</summary>
    /// <exception cref="LeaseLostException">It is already lost.</exception>
    public async Task ProgressAsync(AppDbContext db, int done, int total, CancellationToken ct)
    {
        var job = await HeldAsync(db, ct);
        (job.Done, job.Total, job.Attempts) = (done, total, 1);
        // A save that moves no other number would not ask whether the lease still holds.
        db.Entry(job).Property(j => j.Done).IsModified = true;
    }

    private async Task<JobRun> HeldAsync(AppDbContext db, CancellationToken ct) =>
        await db.Jobs.SingleOrDefaultAsync(j => j.Id == JobId && j.LeasedBy == Holder && j.State == JobState.Running, ct) ?? throw new LeaseLostException();
}

/// <summary>Somebody else does the job by now, or has done it.</summary>
internal sealed class LeaseLostException : Exception
{
    public LeaseLostException() : base("The lease of the job is lost.") { }
}

/// <summary>The job cannot succeed; the code is shown to the person.</summary>
internal sealed class JobRefusedException(string code) : Exception(code)
{
    public string Code { get; } = code;
}

/// <summary>It did not succeed and may a little later; the code is shown to the person once no further attempt is made.</summary>
internal sealed class JobPutOffException(string code) : Exception(code)
{
    public string Code { get; } = code;
}

/// <summary>Wakes the workers of a lane, here or on another node.</summary>
internal interface IWorkerBell
{
    void Ring(JobLane lane);

    /// <summary>Rings at a later time, for a retry.</summary>
    void RingAt(JobLane lane, DateTime at);
}
