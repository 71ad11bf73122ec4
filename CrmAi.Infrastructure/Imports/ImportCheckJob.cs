using System.Text.Json;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

/// <summary>Goes through the whole file as an import would, and writes down only what is to be said of its rows. Begun anew, it begins at the first row.</summary>
internal sealed class ImportCheckJob(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ImportSources sources, ILiveUpdates live, TimeProvider time) : IJobHandler
{
    private const int AtOnce = 250;

    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(400);

    public static string Kind => "import.check";

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var open = await sources.OpenAsync(lease.SubjectId, viewer, isTrial: true, ct);
        await using (var db = await contexts.CreateDbContextAsync(ct)) await ItemBatches.DeleteAsync(db, lease.SubjectId, ImportPhase.Check, ct);
        var (mapping, questions) = await DatesAsync(open, ct);
        if (questions.Count > 0)
        {
            await EndAsync(lease, open.Import, mapping, questions, null, ct);
            return;
        }
        // The order of its days is part of the mapping from here on.
        if (mapping != open.Mapping) await KeepAsync(open.Import.Id, mapping, ct);
        await using var decided = mapping == open.Mapping ? open : await sources.OpenAsync(lease.SubjectId, viewer, isTrial: true, ct);
        var counts = await TrialAsync(lease, decided, ct);
        await EndAsync(lease, open.Import, mapping, [], counts, ct);
    }

    /// <summary>Null where it was called off.</summary>
    private async Task<Dictionary<RowOutcome, int>?> TrialAsync(JobLease lease, OpenImport open, CancellationToken ct)
    {
        var (counts, seen, told, done) = (new Dictionary<RowOutcome, int>(), new FileKeys(), (long?)null, 0);
        await using var source = new RowSource(open.Rows(ct), open.Importer, after: 0, seen, ct);
        while (await source.TakeAsync(AtOnce, ct) is { Count: > 0 } rows)
        {
            var viewer = await user.GetAsync(ct);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var asked = await db.Imports.Where(i => i.Id == open.Import.Id).Select(i => i.IsCancelAsked).SingleAsync(ct);
            if (asked) return null;
            var decided = await open.Importer.DecideAsync(db, viewer, rows, seen, before: null, Now, ct);
            db.ChangeTracker.Clear(); // what would have changed
            foreach (var row in decided.Remembered) seen.Add(row);
            foreach (var (outcome, count) in decided.Items.CountBy(i => i.Outcome)) counts[outcome] = counts.GetValueOrDefault(outcome) + count;
            await lease.ProgressAsync(db, done += rows.Count, done, ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var bulk = new BulkWriter(db);
            await bulk.WriteAsync(bulk.Render(decided.Items.FindAll(i => i.Problems is not null)), ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            if (told is { } last && time.GetElapsedTime(last) < Calm) continue;
            told = time.GetTimestamp();
            live.Publish(LiveTopic.JobOn(open.Import.Id));
        }
        return counts;
    }

    // Of columns whose days may be written in several orders: what all of their values say together.
    private static async Task<(ImportMapping, IReadOnlyList<DateQuestion>)> DatesAsync(OpenImport open, CancellationToken ct)
    {
        var custom = open.Importer.DateFields;
        var columns = open.Mapping.Columns.Where(c => c.Dates is null && (ImportFields.TypeOf(c.Field.Target) is ImportValueType.Day or ImportValueType.Moment || (c.Field.CustomFieldId is { } id && custom.Contains(id)))).ToList();
        if (columns.Count == 0) return (open.Mapping, []);
        var orders = columns.ToDictionary(c => c.Index, _ => (Orders: new DateOrders(), Sample: ""));
        await foreach (var row in open.Rows(ct))
        {
            foreach (var (index, (days, sample)) in orders)
            {
                if (index >= row.Cells.Count || row.Problem is not null) continue;
                days.See(row.Cells[index]);
                if (sample.Length == 0 && ImportDates.OrdersOf(row.Cells[index]).Count > 1) orders[index] = (days, row.Cells[index]);
            }
        }
        var questions = orders.Where(o => o.Value.Orders is { Decided: null, Possible.Count: > 1 }).Select(o => new DateQuestion(o.Key, o.Value.Sample, o.Value.Orders.Possible)).ToList();
        var mapped = open.Mapping.Columns.Select(c => orders.TryGetValue(c.Index, out var days) && days.Orders.Decided is { } order ? c with { Dates = order } : c).ToList();
        return (open.Mapping with { Columns = mapped }, questions);
    }

    private async Task KeepAsync(Guid id, ImportMapping mapping, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var json = JsonSerializer.Serialize(mapping, JsonColumns.Options);
        await db.Imports.Where(i => i.Id == id).ExecuteUpdateAsync(set => set.SetProperty(i => i.Mapping, json), ct);
    }

    private async Task EndAsync(JobLease lease, Import import, ImportMapping mapping, IReadOnlyList<DateQuestion> questions, Dictionary<RowOutcome, int>? counts, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = Now;
        await lease.FinishAsync(db, now, counts is null && questions.Count == 0 ? JobState.Cancelled : JobState.Done, ct);
        await db.SaveChangesAsync(ct);
        var (json, asked) = (JsonSerializer.Serialize(mapping, JsonColumns.Options), questions.Count == 0 ? null : JsonSerializer.Serialize(questions, JsonColumns.Options));
        var (state, at, all) = (counts is null ? ImportState.Mapped : ImportState.Checked, counts is null ? (DateTime?)null : now, counts?.Values.Sum() ?? 0);
        var (created, updated, skipped, repeated, refused) = (Of(RowOutcome.Created), Of(RowOutcome.Updated), Of(RowOutcome.Skipped), Of(RowOutcome.Repeated), Of(RowOutcome.Refused));
        await db.Imports.Where(i => i.Id == import.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.State, state).SetProperty(i => i.Mapping, json).SetProperty(i => i.Questions, asked).SetProperty(i => i.CheckedAt, at)
            .SetProperty(i => i.Rows, all).SetProperty(i => i.CheckedNew, created).SetProperty(i => i.CheckedUpdates, updated).SetProperty(i => i.CheckedSkips, skipped)
            .SetProperty(i => i.CheckedRepeats, repeated).SetProperty(i => i.CheckedRefusals, refused).SetProperty(i => i.IsCancelAsked, false).SetProperty(i => i.Version, i => i.Version + 1), ct);
        await transaction.CommitAsync(ct);
        live.Publish(LiveTopic.ImportsOf(import.UserId));

        int Of(RowOutcome outcome) => counts?.GetValueOrDefault(outcome) ?? 0;
    }
}
