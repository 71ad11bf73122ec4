using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.AiRuns;

internal sealed class AiCalls(IDbContextFactory<AppDbContext> contexts, ICurrentUser user) : IAiCalls
{
    public async Task<Result<Page<AiCallRow>>> PageAsync(AiCallQuery query, string? after, int take, CancellationToken ct)
    {
        var place = after is null ? null : Cursor.Parse(after);
        if (after is not null && place is null) return new Error("cursor.unknown", nameof(after));
        take = Math.Clamp(take, 1, IAiRuns.MaxTake);
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.ReadAiRuns)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ledger = new LedgerRows(db, viewer);
        var calls = await ledger.CallsAsync(query, ct);
        if (place is { } last) calls = calls.Where(c => c.At <= last.At && (c.At < last.At || c.Id < last.Id));
        // The answers themselves stay where they are.
        var found = await calls.OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(take + 1).Select(c => new
        {
            c.Id,
            c.At,
            c.Task,
            c.Model,
            c.PromptVersion,
            c.UserId,
            c.ContactId,
            c.InteractionId,
            c.InputTokens,
            c.OutputTokens,
            c.CostMicros,
            c.Milliseconds,
            c.Outcome,
            IsKept = c.Output != null,
            c.ErrorCode,
            c.IsPreview,
        }).ToListAsync(ct);
        var next = found.Count > take ? new Cursor(found[take - 1].At, found[take - 1].Id).ToString() : null;
        var shown = found.Take(take).ToList();
        var beside = await ledger.BesideAsync([.. shown.Select(c => (c.UserId, c.ContactId, c.InteractionId))], ct);
        return new Page<AiCallRow>([.. shown.Select(c => new AiCallRow(c.Id, c.At, c.Task, c.Model, c.PromptVersion, beside.Person(c.UserId), beside.Contact(c.ContactId), beside.Conversation(c.InteractionId),
            c.InputTokens, c.OutputTokens, c.CostMicros, c.Milliseconds, c.Outcome, c.IsKept, c.ErrorCode) { IsPreview = c.IsPreview })], next);
    }
}
