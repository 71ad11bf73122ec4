using System.Collections.Concurrent;
using System.Diagnostics;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Infrastructure.Profiles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.NightRuns;

/// <summary>Does one batch of a run: reads its contacts, has them analysed, and writes what came of them together with the batch's end.</summary>
internal sealed class NightBatchWork(IDbContextFactory<AppDbContext> contexts, ProfileMaking making, NightReviews reviews, IModelCalls models, IOptions<NightOptions> options, ILiveUpdates live, TimeProvider time, ILogger<NightBatchWork> log) : IDisposable
{
    // Shared by all batches of this process: a provider's limit knows no batches.
    private readonly SemaphoreSlim atOnce = new(options.Value.AtOnce);

    /// <exception cref="LeaseLostException">Somebody else has the batch by now; nothing of it was written.</exception>
    public async Task RunAsync(NightLease lease, NightSpending spending, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        IReadOnlyList<ProfileToReview> found;
        await using (var db = await contexts.CreateDbContextAsync(ct)) found = await ProfileBatches.OfAsync(db, lease.ContactIds, NightChoice.Viewer, ct);
        var read = watch.ElapsedMilliseconds;
        var outcomes = new ConcurrentBag<NightOutcome>();
        await Parallel.ForEachAsync(found, new ParallelOptions { MaxDegreeOfParallelism = options.Value.AtOnce, CancellationToken = ct }, async (contact, stop) => outcomes.Add(await AloneAsync(contact, spending, stop)));
        var analysed = watch.ElapsedMilliseconds;
        var unscored = await reviews.RunAsync([.. outcomes.Where(o => !o.IsLeft).Select(o => o.Contact.ContactId)], ct);
        var scored = watch.ElapsedMilliseconds;
        var maker = await making.MakerAsync(ct);
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await new NightWriter(db, lease, time.GetUtcNow().UtcDateTime, maker).WriteAsync([.. outcomes.Select(o => unscored.Contains(o.Contact.ContactId) ? o with { ErrorCode = o.ErrorCode ?? "job.fault" } : o)], new(read, analysed - read, scored - analysed), watch, ct);
            await transaction.CommitAsync(ct);
        }
        foreach (var outcome in outcomes.Where(o => o.Version is not null)) live.Publish(LiveTopic.Contact(outcome.Contact.ContactId));
    }

    // One contact's fault is its own.
    private async Task<NightOutcome> AloneAsync(ProfileToReview contact, NightSpending spending, CancellationToken ct)
    {
        await atOnce.WaitAsync(ct);
        try
        {
            return spending.IsOver ? NightOutcome.NotBegun(contact) : await AnalyseAsync(contact, spending, ct);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogWarning(fault, "Contact {Contact} could not be analysed by night", contact.ContactId);
            return NightOutcome.Fault(contact, (fault as JobRefusedException)?.Code ?? "job.fault");
        }
        finally { atOnce.Release(); }
    }

    private async Task<NightOutcome> AnalyseAsync(ProfileToReview contact, NightSpending spending, CancellationToken ct)
    {
        if (contact.Input is not { } input) return NightOutcome.Same(contact);
        if (models.ModelOf(AiRunType.Profile) is not null)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            input = await ProfileInputs.NamedAsync(db, input, NightChoice.Viewer, ct);
        }
        if (await making.MakeAsync(input, contact.OwnerId, contact.Last?.Made, ct) is not { } made) return NightOutcome.Same(contact);
        spending.Add(made.Run.CostMicros ?? 0);
        return new(contact, made.Run, made.Version, made.Version is null ? made.Run.ErrorCode : null, false);
    }

    public void Dispose() => atOnce.Dispose();
}

/// <summary>What became of one contact.</summary>
/// <param name="Version">Null where nothing is new.</param>
internal sealed record NightOutcome(ProfileToReview Contact, AiRun? Run, ContactProfile? Version, string? ErrorCode, bool IsLeft)
{
    public static NightOutcome Same(ProfileToReview contact) => new(contact, null, null, null, false);

    public static NightOutcome NotBegun(ProfileToReview contact) => new(contact, null, null, null, true);

    public static NightOutcome Fault(ProfileToReview contact, string code) => new(contact, null, null, code, false);
}

/// <summary>What a run has cost so far, here and, as of its batch's beginning, elsewhere.</summary>
internal sealed class NightSpending(long spentMicros, long? budgetMicros)
{
    private long spent = spentMicros;

    public bool IsOver => budgetMicros is { } budget && Interlocked.Read(ref spent) >= budget;

    public void Add(long micros) => Interlocked.Add(ref spent, micros);
}

/// <summary>Milliseconds that a batch took before it was written.</summary>
internal readonly record struct NightTimes(long Read, long Analysis, long Scoring);
