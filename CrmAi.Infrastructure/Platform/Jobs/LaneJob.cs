using CrmAi.Domain.Jobs;
using CrmAi.Infrastructure.BusinessCards;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Duplicates;
using CrmAi.Infrastructure.Enrichment;
using CrmAi.Infrastructure.Exports;
using CrmAi.Infrastructure.History;
using CrmAi.Infrastructure.Imports;
using CrmAi.Infrastructure.Interactions;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Infrastructure.Notifications;
using CrmAi.Infrastructure.Search;
using Quartz;

namespace CrmAi.Infrastructure.Platform.Jobs;

/// <summary>The scheduler's hand in a lane: has its workers drain it.</summary>
internal abstract class LaneJob(Workers workers, JobLane lane) : IJob
{
    public static JobKey KeyOf(JobLane lane) => new($"workers-{lane}");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await workers.DrainAsync(lane, cancellationToken);
}

[DisallowConcurrentExecution]
internal sealed class PersonLaneJob(Workers workers) : LaneJob(workers, JobLane.Person);

[DisallowConcurrentExecution]
internal sealed class BulkLaneJob(Workers workers) : LaneJob(workers, JobLane.Bulk);

/// <summary>Called for each piece of work anew: nobody who looks on waits for another's to end.</summary>
internal sealed class WatchedLaneJob(Workers workers) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await workers.WakeAsync(JobLane.Watched, cancellationToken);
}

[DisallowConcurrentExecution]
internal sealed class SealJob(Chain chain) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await chain.SealAsync(cancellationToken);
}

/// <summary>Removes uploads that no interaction claimed within a day, and files of photos, business cards imports and exports that are gone for good.</summary>
[DisallowConcurrentExecution]
internal sealed class SweepUploadsJob(UnclaimedUploads uploads, RemovedPhotos photos, OldCards cards, OldImports imports, OldExports exports) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await uploads.RemoveAsync(cancellationToken);
        await photos.DeleteAsync(cancellationToken);
        await cards.RemoveAsync(cancellationToken);
        await imports.RemoveAsync(cancellationToken);
        await exports.RemoveAsync(cancellationToken);
    }
}

/// <summary>Removes files that nothing speaks of, once a day.</summary>
[DisallowConcurrentExecution]
internal sealed class LostFilesJob(LostFiles lost) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await lost.RemoveAsync(cancellationToken);
}

/// <summary>Writes what the latest interactions are found by.</summary>
[DisallowConcurrentExecution]
internal sealed class TextsJob(TextSweep sweep) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await sweep.RunAsync(cancellationToken);
}

/// <summary>Tells people what fell due.</summary>
[DisallowConcurrentExecution]
internal sealed class DueJob(DueSweep sweep) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await sweep.RunAsync(cancellationToken);
}

/// <summary>Has what outside services told long ago asked for again, at night.</summary>
[DisallowConcurrentExecution]
internal sealed class StaleEntriesJob(StaleEntries stale) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await stale.SweepAsync(cancellationToken);
}

/// <summary>Forgets what people were told long ago.</summary>
[DisallowConcurrentExecution]
internal sealed class OldNotificationsJob(OldNotifications old) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await old.RemoveAsync(cancellationToken);
}

/// <summary>Compares contacts that were saved lately.</summary>
[DisallowConcurrentExecution]
internal sealed class DuplicateChecksJob(DuplicateChecks checks) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await checks.RunAsync(cancellationToken);
}

/// <summary>Has all contacts compared, once a night.</summary>
[DisallowConcurrentExecution]
internal sealed class DuplicateScansJob(DuplicateChecks checks) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await checks.ScheduleAsync(cancellationToken);
}
