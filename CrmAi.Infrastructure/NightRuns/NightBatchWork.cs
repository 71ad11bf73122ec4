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

namespace CrmAi.Infrastructure.NightRuns;

/// <summary>Does one batch of a run: reads its contacts, has them analysed, and writes what came of them together with the batch's end.</summary>
internal sealed class NightBatchWork(IDbContextFactory<AppDbContext> contexts, NightReading reading, NightAging aging, ProfileMaking making, NightReviews reviews, NightPlaces places, IModelCalls models, ILiveUpdates live, TimeProvider time, ILogger<NightBatchWork> log)
{
    /// <exception cref="LeaseLostException">Somebody else has the batch by now; nothing of it was written.</exception>
    public async Task RunAsync(NightLease lease, NightSpending spending, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        if (lease.Work == NightWork.Scores)
        {
            var failed = await aging.RunAsync(lease, ct);
            await WriteAsync(lease, writer => writer.RescoredAsync(failed, watch, ct), ct);
            return;
        }
        var reader = await reading.ReaderAsync(ct);
        var again = await reading.RunAsync(lease, reader, spending, ct);
        var reread = watch.ElapsedMilliseconds;
        var found = await ReadAsync(lease, ct);
        var read = watch.ElapsedMilliseconds - reread;
        var outcomes = await Task.WhenAll(found.Select(contact => AloneAsync(contact, spending, ct)));
        var analysed = watch.ElapsedMilliseconds;
        var unscored = await reviews.RunAsync([.. outcomes.Where(o => !o.IsLeft).Select(o => o.Contact.ContactId)], ct);
        var scored = watch.ElapsedMilliseconds;
        var maker = await making.MakerAsync(ct);
        NightOutcome Told(NightOutcome o) => o.ErrorCode is null && (unscored.Contains(o.Contact.ContactId) || again.Failed.Contains(o.Contact.ContactId)) ? o with { ErrorCode = "job.fault" } : o;
        await WriteAsync(lease, writer => writer.WriteAsync([.. outcomes.Select(Told)], again, maker, reader.Mark, new(read, analysed - read, scored - analysed), watch, ct), ct);
        foreach (var outcome in outcomes.Where(o => o.Version is not null)) live.Publish(LiveTopic.Contact(outcome.Contact.ContactId));
    }

    private async Task<IReadOnlyList<ProfileToReview>> ReadAsync(NightLease lease, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await ProfileBatches.OfAsync(db, lease.ContactIds, NightChoice.Viewer, ct);
        if (models.ModelOf(AiRunType.Profile) is null) return found;
        // Here and for all together: whoever waits for a model has a place that others wait for.
        var inputs = found.Select(f => f.Input).OfType<ProfileInput>().ToList();
        var named = (await ProfileInputs.NamedAsync(db, inputs, NightChoice.Viewer, ct)).ToDictionary(i => i.ContactId);
        return [.. found.Select(f => f.Input is null ? f : f with { Input = named[f.ContactId] })];
    }

    private async Task WriteAsync(NightLease lease, Func<NightWriter, Task> write, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await write(new(db, lease, time.GetUtcNow().UtcDateTime));
        await transaction.CommitAsync(ct);
    }

    // One contact's fault is its own.
    private async Task<NightOutcome> AloneAsync(ProfileToReview contact, NightSpending spending, CancellationToken ct)
    {
        try
        {
            return await places.DoAsync(async () => spending.IsOver || !await IsWantedAsync(contact, ct) ? NightOutcome.NotBegun(contact) : await AnalyseAsync(contact, spending, ct), ct);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogWarning(fault, "Contact {Contact} could not be analysed by night", contact.ContactId);
            return NightOutcome.Fault(contact, (fault as JobRefusedException)?.Code ?? "job.fault");
        }
    }

    // Contacts wait for a model for minutes: who switched off meanwhile is left alone. The rules have done with a batch at once.
    private async Task<bool> IsWantedAsync(ProfileToReview contact, CancellationToken ct)
    {
        if (models.ModelOf(AiRunType.Profile) is null) return true;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await NightChoice.Followed(db).AnyAsync(c => c.Id == contact.ContactId, ct);
    }

    private async Task<NightOutcome> AnalyseAsync(ProfileToReview contact, NightSpending spending, CancellationToken ct)
    {
        if (contact.Input is not { } input) return NightOutcome.Same(contact);
        if (await making.MakeAsync(input, contact.OwnerId, contact.Last?.Made, ct) is not { } made) return NightOutcome.Same(contact);
        spending.Add(made.Run.CostMicros ?? 0);
        return new(contact, made.Run, made.Version, made.Version is null ? made.Run.ErrorCode : null, false);
    }
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
internal sealed class NightSpending(long spentMicros, long? budgetMicros, DateTime endsAt, TimeProvider time)
{
    private long spent = spentMicros;

    public bool IsOver => budgetMicros is { } budget && Interlocked.Read(ref spent) >= budget;

    /// <summary>The run's time is over.</summary>
    public bool IsLate => time.GetUtcNow().UtcDateTime >= endsAt;

    public void Add(long micros) => Interlocked.Add(ref spent, micros);
}

/// <summary>Milliseconds that a batch took before it was written.</summary>
internal readonly record struct NightTimes(long Read, long Analysis, long Scoring);
