using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.PromptTexts;

internal sealed class PromptTexts(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, PromptSource source, IEnumerable<IPromptTrial> trials, IModelCalls models, TimeProvider time) : IPromptTexts
{
    public async Task<Result<IReadOnlyList<PromptRow>>> ListAsync(CancellationToken ct)
    {
        if (!(await user.GetAsync(ct)).May(Operation.Administer)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var heads = await db.PromptHeads.AsNoTracking().ToDictionaryAsync(h => (h.Task, h.Language), ct);
        return source.Tasks.OrderBy(t => t.Type).SelectMany(t => Prompts.Languages.Select(l => (Task: t, Language: l, Head: heads.GetValueOrDefault((t.Name, l)))))
            .Select(x => new PromptRow(x.Task.Name, x.Task.Type, x.Language, x.Head?.PublishedVersion ?? 0, x.Head?.LatestVersion ?? 0)).ToList();
    }

    public async Task<Result<PromptView>> GetAsync(string task, string language, CancellationToken ct)
    {
        if (!(await user.GetAsync(ct)).May(Operation.Administer)) return Error.Forbidden;
        if (Find(task, language) is not var (known, file)) return Error.NotFound;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var head = await db.PromptHeads.AsNoTracking().SingleOrDefaultAsync(h => h.Task == task && h.Language == language, ct);
        var kept = await Versions(db, task, language).OrderByDescending(v => v.Number)
            .Join(db.Users, v => v.AuthorId, u => u.Id, (v, u) => new { v.Number, v.Note, u.Name, v.At, v.Parts }).OrderByDescending(v => v.Number).ToListAsync(ct);
        var held = kept.SingleOrDefault(v => v.Number == head?.PublishedVersion) is { } one && file.Fits(one.Parts) ? one : null;
        var rows = kept.Select(v => new PromptVersionRow(v.Number, v.Note, v.Name, v.At, file.Fits(v.Parts))).Append(new(0, null, null, null, true)).ToList();
        var (trial, name) = (trials.SingleOrDefault(t => t.Task == task), PromptSource.One(known, language, held?.Number ?? 0, held?.Parts).Version);
        return new PromptView(task, known.Type, language, file.Worded(held?.Parts), name, held?.Number ?? 0, rows, models.ModelOf(known.Type), trial is not null, head?.Id, head?.Version ?? 0) { NeedsTalk = trial?.NeedsTalk == true };
    }

    public async Task<Result<PromptFull>> VersionAsync(string task, string language, int number, CancellationToken ct)
    {
        if (!(await user.GetAsync(ct)).May(Operation.Administer)) return Error.Forbidden;
        if (Find(task, language) is not var (known, file)) return Error.NotFound;
        if (number == 0) return new PromptFull(0, PromptSource.One(known, language, 0, null).Version, file.Parts, null, null, null, file.Write(file.Number, null));
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await Versions(db, task, language).Where(v => v.Number == number).Join(db.Users, v => v.AuthorId, u => u.Id, (v, u) => new { Row = v, u.Name }).SingleOrDefaultAsync(ct);
        if (found is null) return Error.NotFound;
        // Of a version made for a file of other parts nothing but its own words can be told.
        var fits = file.Fits(found.Row.Parts);
        IReadOnlyList<PromptPart> parts = fits ? file.Worded(found.Row.Parts) : [.. found.Row.Parts.Select(p => new PromptPart(true, p))];
        return new PromptFull(number, PromptSource.One(known, language, number, fits ? found.Row.Parts : null).Version, parts, found.Row.Note, found.Name, found.Row.At, fits ? file.Write(number, found.Row.Parts) : string.Join("\n\n", found.Row.Parts));
    }

    public async Task<Result<Saved>> SaveAsync(string task, string language, int version, PromptEdit edit, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.Administer)) return Error.Forbidden;
        if (Find(task, language) is not var (known, file)) return Error.NotFound;
        edit = edit with { Parts = [.. edit.Parts.Select(PromptRules.Clean)], Note = PromptRules.Clean(edit.Note).ReplaceLineEndings(" ") };
        var errors = PromptRules.Check(edit, file.Parts, known.Fields).Concat(Addresses(edit.Parts)).ToList();
        if (errors.Count > 0) return Result.Refused<Saved>(errors);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var head = await db.PromptHeads.SingleOrDefaultAsync(h => h.Task == task && h.Language == language, ct);
        if ((head?.Version ?? 0) != version) return Error.Conflict;
        // One text has one name: what was made with it is found again, and not paid for twice.
        if (edit.Parts.SequenceEqual(PromptSource.FreeOf(file, null))) return new Error("prompt.same.file", nameof(edit.Parts));
        if ((await Versions(db, task, language).OrderBy(v => v.Number).ToListAsync(ct)).Find(v => v.Parts.SequenceEqual(edit.Parts)) is { } same) return new Error("prompt.same", nameof(edit.Parts), same.Number);
        if (head is null) db.PromptHeads.Add(head = new() { Task = task, Language = language });
        head.LatestVersion++;
        if (edit.Publish) head.PublishedVersion = head.LatestVersion;
        var now = time.GetUtcNow().UtcDateTime;
        db.PromptVersions.Add(new() { Task = task, Language = language, Number = head.LatestVersion, Parts = [.. edit.Parts], Note = edit.Note, AuthorId = viewer.Id, At = now });
        var command = db.Begin(edit.Publish ? "prompt.save.publish" : "prompt.save", viewer, now);
        return await db.TrySaveAsync(ct) is { } refusal ? refusal : new Saved(head.Id, head.Version, command.Id);
    }

    public async Task<Result<Saved>> PublishAsync(string task, string language, int version, int number, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.Administer)) return Error.Forbidden;
        if (Find(task, language) is not var (_, file)) return Error.NotFound;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var head = await db.PromptHeads.SingleOrDefaultAsync(h => h.Task == task && h.Language == language, ct);
        var wanted = number == 0 ? null : await Versions(db, task, language).SingleOrDefaultAsync(v => v.Number == number, ct);
        if (head is null || (number != 0 && wanted is null)) return Error.NotFound;
        if (head.Version != version) return Error.Conflict;
        if (wanted is not null && !file.Fits(wanted.Parts)) return new Error("prompt.unfit", null, number);
        head.PublishedVersion = number;
        var command = db.Begin("prompt.publish", viewer, time.GetUtcNow().UtcDateTime);
        return await db.TrySaveAsync(ct) is { } refusal ? refusal : new Saved(head.Id, head.Version, command.Id);
    }

    public async Task<Result<PromptPolicyView>> PolicyAsync(CancellationToken ct)
    {
        if (!(await user.GetAsync(ct)).May(Operation.Administer)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var policy = await db.PromptPolicies.AsNoTracking().SingleOrDefaultAsync(ct);
        return new PromptPolicyView(policy?.AdditionsAllowed ?? true, await db.PromptAdditions.Where(a => a.Text != "").Select(a => a.UserId).Distinct().CountAsync(ct), policy?.Version ?? 0);
    }

    public async Task<Result<Saved>> AllowAdditionsAsync(int version, bool allowed, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.Administer)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var policy = await db.PromptPolicies.SingleOrDefaultAsync(ct);
        if ((policy?.Version ?? 0) != version) return Error.Conflict;
        if (policy is null) db.PromptPolicies.Add(policy = new());
        policy.AdditionsAllowed = allowed;
        var command = db.Begin("prompt.additions", viewer, time.GetUtcNow().UtcDateTime);
        return await db.TrySaveAsync(ct) is { } refusal ? refusal : new Saved(policy.Id, policy.Version, command.Id);
    }

    /// <summary>What is told to models leaves the house: no number and no address of anybody's.</summary>
    internal static IEnumerable<Error> Addresses(IReadOnlyList<string> parts) =>
        parts.Select((p, i) => (p, i)).Where(x => PlaceholderPatterns.HoldsAddress(x.p)).Select(x => new Error("prompt.address", $"{nameof(PromptEdit.Parts)}[{x.i}]"));

    private (PromptTask Task, PromptFile File)? Find(string task, string language) => source.Find(task) is { } known && known.Files.TryGetValue(language, out var file) ? (known, file) : null;

    private static IQueryable<PromptVersion> Versions(AppDbContext db, string task, string language) => db.PromptVersions.AsNoTracking().Where(v => v.Task == task && v.Language == language);
}
