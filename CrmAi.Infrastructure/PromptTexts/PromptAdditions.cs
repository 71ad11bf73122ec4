using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.PromptTexts;

internal sealed class PromptAdditions(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, PromptSource source, TimeProvider time) : IPromptAdditions
{
    public async Task<AdditionsView> MineAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var mine = await db.PromptAdditions.AsNoTracking().Where(a => a.UserId == viewer.Id).ToDictionaryAsync(a => a.Task, ct);
        return new(await AllowedAsync(db, ct), [.. source.Tasks.OrderBy(t => t.Type).Select(t => new AdditionRow(t.Name, t.Type, mine.GetValueOrDefault(t.Name)?.Text ?? "", mine.GetValueOrDefault(t.Name)?.Version ?? 0))]);
    }

    public async Task<Result<Saved>> SaveAsync(string task, int version, string text, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (source.Find(task) is null) return Error.NotFound;
        text = PromptRules.Clean(text);
        var errors = PromptRules.CheckAddition(text).Concat(PlaceholderPatterns.HoldsAddress(text) ? [new Error("prompt.address", "Text")] : []).ToList();
        if (errors.Count > 0) return Result.Refused<Saved>(errors);
        await using var db = await contexts.CreateDbContextAsync(ct);
        // What was added before may always be taken away.
        if (text.Length > 0 && !await AllowedAsync(db, ct)) return new Error("prompt.addition.off", "Text");
        var row = await db.PromptAdditions.SingleOrDefaultAsync(a => a.UserId == viewer.Id && a.Task == task, ct);
        if ((row?.Version ?? 0) != version) return Error.Conflict;
        var now = time.GetUtcNow().UtcDateTime;
        if (row is null) db.PromptAdditions.Add(row = new() { UserId = viewer.Id, Task = task });
        (row.Text, row.ChangedAt) = (text, now);
        var command = db.Begin("prompt.addition", viewer, now);
        return await db.TrySaveAsync(ct) is { } refusal ? refusal : new Saved(row.Id, row.Version, command.Id);
    }

    private static async Task<bool> AllowedAsync(AppDbContext db, CancellationToken ct) => !await db.PromptPolicies.AnyAsync(p => !p.AdditionsAllowed, ct);
}
