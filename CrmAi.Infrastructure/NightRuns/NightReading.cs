using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Conversations;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Infrastructure.Profiles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CrmAi.Infrastructure.NightRuns;

/// <summary>Who reads conversations at present.</summary>
/// <param name="Version">The company's, without what a person added.</param>
/// <param name="IsModel">Else the rules: what they or a model read once they do not read again.</param>
internal sealed record NightReader(string Name, string Version, bool IsModel)
{
    public string Mark => ProfileMaking.MakerOf(Name, Version);
}

/// <summary>A conversation that is to be read, with the run that made what stands; none where nobody has read it.</summary>
internal sealed class NightUnread
{
    public Guid InteractionId { get; init; }
    public Guid ContactId { get; init; }
    public Guid? AiRunId { get; init; }
}

/// <param name="Unsettled">Contacts some of whose conversations are left for another night.</param>
/// <param name="Failed">Contacts with a conversation whose reading met a fault.</param>
internal sealed record NightRead(IReadOnlySet<Guid> Contacts, IReadOnlySet<Guid> Unsettled, IReadOnlySet<Guid> Failed);

/// <summary>
/// Has conversations read that nobody has read so far, as those of an import, and again those that the rules read while the model was away, or that were read by whoever would read them otherwise now. Each is
/// written at once, so that nothing is paid for twice.
/// </summary>
internal sealed class NightReading(IDbContextFactory<AppDbContext> contexts, ConversationMaking making, IConversationAnalyst analyst, IModelCalls models, NightPlaces places, ILiveUpdates live, ILogger<NightReading> log)
{
    private const int AtATime = 40;

    /// <summary>Why there was no answer that may be there by now. An answer that did not do would not do again.</summary>
    private static readonly string[] Away = ["ai.off", "ai.budget", "ai.breaker", "ai.timeout", "ai.busy", "ai.fault", "ai.refused"];

    public async Task<NightReader> ReaderAsync(CancellationToken ct) => new(analyst.Name, Prompts.Shared(await analyst.VersionAsync(Guid.Empty, null, ct)), models.ModelOf(AiRunType.Conversation) is not null);

    /// <summary>Conversations to read, one query for each reason. Of authors who let their conversations be read by themselves; private ones are left to them.</summary>
    public static IEnumerable<IQueryable<NightUnread>> Unread(AppDbContext db, NightReader reader) => reader.IsModel ? [Never(db), Again(db, reader)] : [Never(db)];

    /// <summary>With words, of no run's and no waiting job's. Whose answer did not do has a run, and is not asked about again.</summary>
    public static IQueryable<NightUnread> Never(AppDbContext db) =>
        Readable(db).Where(i => i.Content.Trim() != "" && !db.Analyses.Any(a => a.InteractionId == i.Id) && !db.AiRuns.Any(r => r.InteractionId == i.Id && r.Type == AiRunType.Conversation)
                && !db.Jobs.Any(j => j.SubjectId == i.Id && j.Kind == ConversationJob.Kind && (j.State == JobState.Waiting || j.State == JobState.Running)))
            .Select(i => new NightUnread { InteractionId = i.Id, ContactId = i.ContactId, AiRunId = null });

    /// <summary>What another reader's night has settled is not asked again for the reader's sake.</summary>
    public static IQueryable<NightUnread> Again(AppDbContext db, NightReader reader)
    {
        var (name, version, added, mark) = (reader.Name, reader.Version, reader.Version + Prompts.AdditionMark, reader.Mark);
        return db.Analyses.Join(Readable(db), a => a.InteractionId, i => i.Id, (a, _) => a)
            .Join(db.AiRuns, a => a.AiRunId, r => r.Id, (a, r) => new { a, r })
            .Where(x => (x.r.PromptVersion == null && Away.Contains(x.r.ErrorCode))
                || (!(x.a.Analyst == name && (x.a.AnalystVersion == version || x.a.AnalystVersion.StartsWith(added))) && !db.ContactReviews.Any(v => v.ContactId == x.a.ContactId && v.Reader == mark)))
            .Select(x => new NightUnread { InteractionId = x.a.InteractionId, ContactId = x.a.ContactId, AiRunId = x.a.AiRunId });
    }

    private static IQueryable<Interaction> Readable(AppDbContext db) => db.Interactions.VisibleTo(NightChoice.Viewer).Where(i => !i.IsPrivate && !i.IsScheduled && db.Users.Any(u => u.Id == i.AuthorId && u.IsActive && u.AutoAnalysis));

    /// <exception cref="LeaseLostException">Somebody else has the batch by now.</exception>
    public async Task<NightRead> RunAsync(NightLease lease, NightReader reader, NightSpending spending, CancellationToken ct)
    {
        var found = new List<NightUnread>();
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            var seen = db.Contacts.VisibleTo(NightChoice.Viewer).Where(c => !c.IsArchived && lease.ContactIds.Contains(c.Id));
            foreach (var conversations in Unread(db, reader)) found.AddRange(await conversations.Where(u => seen.Any(c => c.Id == u.ContactId)).ToListAsync(ct));
        }
        var (unsettled, failed, order) = (new HashSet<Guid>(), new HashSet<Guid>(), lease.ContactIds.Index().ToDictionary(c => c.Item, c => c.Index));
        foreach (var some in found.OrderBy(u => order[u.ContactId]).ThenBy(u => u.InteractionId).Chunk(AtATime))
        {
            if (spending.IsOver || spending.IsLate)
            {
                unsettled.UnionWith(some.Select(u => u.ContactId));
                continue;
            }
            var outcomes = await SomeAsync(lease, some, spending, ct);
            unsettled.UnionWith(outcomes.Where(o => o.Outcome != Outcome.Settled).Select(o => o.ContactId));
            failed.UnionWith(outcomes.Where(o => o.Outcome == Outcome.Fault).Select(o => o.ContactId));
        }
        return new(found.Select(u => u.ContactId).ToHashSet(), unsettled, failed);
    }

    private async Task<(Guid ContactId, Outcome Outcome)[]> SomeAsync(NightLease lease, NightUnread[] some, NightSpending spending, CancellationToken ct)
    {
        var ids = some.Select(u => u.InteractionId).ToList();
        List<Interaction> interactions;
        IReadOnlyList<ConversationInput> inputs;
        Dictionary<Guid, LastMade> last;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            interactions = await db.Interactions.VisibleTo(NightChoice.Viewer).AsNoTracking().Where(i => ids.Contains(i.Id) && !i.IsPrivate).ToListAsync(ct);
            inputs = await ConversationInputs.OfAsync(db, interactions, ct);
            last = await db.Analyses.AsNoTracking().Where(a => ids.Contains(a.InteractionId)).Join(db.AiRuns, a => a.AiRunId, r => r.Id, (a, r) => new { a.InteractionId, Made = new LastMade(a.InputDigest, new AnalystMark(r.Analyst, r.AnalystVersion, r.PromptVersion, null, null, null, r.ErrorCode)) })
                .ToDictionaryAsync(a => a.InteractionId, a => a.Made, ct);
        }
        var runs = some.ToDictionary(u => u.InteractionId, u => u.AiRunId);
        return await Task.WhenAll(interactions.Select(async (interaction, at) => (interaction.ContactId, await AloneAsync(lease, interaction, inputs[at], runs[interaction.Id], last.GetValueOrDefault(interaction.Id), spending, ct))));
    }

    // One conversation's fault is its own.
    private async Task<Outcome> AloneAsync(NightLease lease, Interaction interaction, ConversationInput input, Guid? former, LastMade? last, NightSpending spending, CancellationToken ct)
    {
        try
        {
            if (await places.DoAsync(async () => spending.IsOver || spending.IsLate || !await StillAsync(interaction, ct) ? null : await making.MakeAsync(input, interaction.AuthorId, last, ct), ct) is not { } made) return Outcome.Left;
            if (made.Run is not null || made.By?.CostMicros > 0)
            {
                spending.Add(made.By?.CostMicros ?? 0);
                await WriteAsync(lease, interaction, former, made, ct);
            }
            return made.By is { PromptVersion: null, Note: { } why } && Away.Contains(why) ? Outcome.Left : Outcome.Settled;
        }
        catch (Exception fault) when (fault is not LeaseLostException && (fault is not OperationCanceledException || !ct.IsCancellationRequested))
        {
            log.LogWarning(fault, "Conversation {Interaction} could not be read again by night", interaction.Id);
            return Outcome.Fault;
        }
    }

    // Asked anew when its turn comes: a batch may wait for minutes, and off is off at once.
    private async Task<bool> StillAsync(Interaction interaction, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await StillAsync(db, interaction, ct);
    }

    private async Task WriteAsync(NightLease lease, Interaction interaction, Guid? former, MadeConversation made, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (paid, cost) = (made.By?.CostMicros > 0 ? 1 : 0, made.By?.CostMicros ?? 0);
        // The first statement writes: what is looked at next nobody changes meanwhile.
        if (await NightLeases.Held(db, lease).ExecuteUpdateAsync(set => set.SetProperty(b => b.PaidCalls, b => b.PaidCalls + paid).SetProperty(b => b.CostMicros, b => b.CostMicros + cost), ct) == 0) throw new LeaseLostException();
        // Where the text is another by now, or somebody had it read by day, what was read here is of no use; it was paid for all the same.
        var stands = db.Analyses.Where(a => a.InteractionId == interaction.Id);
        var isOurs = (former is { } run ? await stands.AnyAsync(a => a.AiRunId == run, ct) : !await stands.AnyAsync(ct)) && await StillAsync(db, interaction, ct);
        var bulk = new BulkWriter(db);
        if (isOurs && made.Run is not null) await bulk.WriteAsync([made.Run], ct);
        if (isOurs && made.Result is not null)
        {
            await stands.ExecuteDeleteAsync(ct);
            await db.Findings.Where(f => f.InteractionId == interaction.Id).ExecuteDeleteAsync(ct);
            await bulk.WriteAsync([StoredConversations.Analysis(interaction, made.Result, made.Run!)], ct);
            await bulk.WriteAsync(StoredConversations.Findings(interaction, made.Result), ct);
            await NightLeases.Held(db, lease).ExecuteUpdateAsync(set => set.SetProperty(b => b.Reread, b => b.Reread + 1), ct);
        }
        await transaction.CommitAsync(ct);
        live.Publish(LiveTopic.Contact(interaction.ContactId));
    }

    // The same words of the same contact, and to be read still.
    private static Task<bool> StillAsync(AppDbContext db, Interaction interaction, CancellationToken ct) =>
        Readable(db).AnyAsync(i => i.Id == interaction.Id && i.Version == interaction.Version && i.ContactId == interaction.ContactId, ct);

    private enum Outcome { Settled, Left, Fault }
}
