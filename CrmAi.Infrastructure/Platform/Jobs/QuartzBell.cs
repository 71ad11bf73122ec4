using CrmAi.Domain.Jobs;
using CrmAi.Infrastructure.Jobs;
using Microsoft.Extensions.Logging;
using Quartz;

namespace CrmAi.Infrastructure.Platform.Jobs;

/// <summary>Wakes workers through the scheduler, whose store every node shares.</summary>
internal sealed class QuartzBell(ISchedulerFactory schedulers, ILogger<QuartzBell> log) : IWorkerBell
{
    // Apart from the caller: SQLite's asynchronous calls block, and the scheduler's store may have to wait for its turn to write.
    public void Ring(JobLane lane) => Task.Run(() => RingAsync(lane, null));

    public void RingAt(JobLane lane, DateTime at) => Task.Run(() => RingAsync(lane, at));

    // The job row is committed by now: a bell that fails to ring costs a sweep's delay and no work.
    private async Task RingAsync(JobLane lane, DateTime? at)
    {
        try
        {
            var scheduler = await schedulers.GetScheduler();
            if (at is null) await scheduler.TriggerJob(LaneJob.KeyOf(lane));
            else await scheduler.ScheduleJob(TriggerBuilder.Create().ForJob(LaneJob.KeyOf(lane)).StartAt(at.Value).Build());
        }
        catch (SchedulerException fault)
        {
            log.LogWarning(fault, "Workers of lane {Lane} were not woken; the next sweep finds the job", lane);
        }
    }
}
