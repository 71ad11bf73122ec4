using System.Collections.Concurrent;
using CrmAi.Domain.Contacts;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.PromptTexts;

/// <summary>
/// What models are told at this moment. Which version holds is asked of the database for each question, as the switch is, so that a change holds in every process; a version's text never changes and is read once.
/// </summary>
internal sealed class PromptSource(IDbContextFactory<AppDbContext> contexts, IEnumerable<PromptTask> tasks)
{
    private readonly Dictionary<string, PromptTask> known = tasks.ToDictionary(t => t.Name);
    private readonly ConcurrentDictionary<(string Task, int Chinese, int English), Prompts> made = [];

    public IReadOnlyCollection<PromptTask> Tasks => known.Values;

    public PromptTask? Find(string task) => known.GetValueOrDefault(task);

    /// <summary>A task's prompts for those who ask models.</summary>
    public Prompts Of(string task) => Prompts.Of(task, known[task].Schema).Live((user, contact, ct) => ForAsync(known[task], user, contact, ct));

    public async Task<Prompts> ForAsync(PromptTask task, Guid userId, Guid? contactId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var published = await PublishedAsync(db, task, ct);
        var key = (task.Name, published.GetValueOrDefault("zh"), published.GetValueOrDefault("en"));
        if (!made.TryGetValue(key, out var prompts)) prompts = made.GetOrAdd(key, await MakeAsync(db, task, published, null, ct));
        return prompts.With(await AdditionAsync(db, task, userId, contactId, ct));
    }

    /// <summary>What would hold with this text in this language, named as the next version that is kept would be.</summary>
    public async Task<Prompts> WithAsync(PromptTask task, string language, IReadOnlyList<string> parts, Guid userId, Guid? contactId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var versions = await db.PromptVersions.AsNoTracking().Where(v => v.Task == task.Name && v.Language == language).ToListAsync(ct);
        // What is kept already bears its own number: when it is published, its answers are there.
        var number = parts.SequenceEqual(FreeOf(task.Files[language], null)) ? 0 : versions.FirstOrDefault(v => v.Parts.SequenceEqual(parts))?.Number ?? versions.Select(v => v.Number).DefaultIfEmpty().Max() + 1;
        var prompts = await MakeAsync(db, task, await PublishedAsync(db, task, ct), (language, number, parts), ct);
        return prompts.With(await AdditionAsync(db, task, userId, contactId, ct));
    }

    public static string Mark(PromptFile file, int number) => number == 0 ? $"{file.Number}" : $"c{number}";

    /// <summary>The prompt of a language in one version, whether it holds or not.</summary>
    public static Prompt One(PromptTask task, string language, int number, IReadOnlyList<string>? parts) =>
        Prompts.Of(task.Name, task.Schema, task.Files.ToDictionary(f => f.Key, f => f.Key == language ? (Mark(f.Value, number), f.Value.Text(parts)) : (Mark(f.Value, 0), f.Value.Text()))).In(language);

    public static IReadOnlyList<string> FreeOf(PromptFile file, IReadOnlyList<string>? parts) => [.. file.Worded(parts).Where(p => p.IsFree).Select(p => p.Text)];

    private static Task<Dictionary<string, int>> PublishedAsync(AppDbContext db, PromptTask task, CancellationToken ct) =>
        db.PromptHeads.AsNoTracking().Where(h => h.Task == task.Name && h.PublishedVersion > 0).ToDictionaryAsync(h => h.Language, h => h.PublishedVersion, ct);

    private static async Task<Prompts> MakeAsync(AppDbContext db, PromptTask task, Dictionary<string, int> published, (string Language, int Number, IReadOnlyList<string> Parts)? instead, CancellationToken ct)
    {
        var texts = new Dictionary<string, (string, string)>();
        foreach (var (language, file) in task.Files)
        {
            if (instead is { } tried && tried.Language == language)
            {
                texts[language] = (Mark(file, tried.Number), file.Text(tried.Parts));
                continue;
            }
            var number = published.GetValueOrDefault(language);
            var parts = number == 0 ? null : await db.PromptVersions.Where(v => v.Task == task.Name && v.Language == language && v.Number == number).Select(v => v.Parts).SingleOrDefaultAsync(ct);
            // Made for a file of other parts: the program's own text stands in until somebody looks at it.
            texts[language] = parts is null || !file.Fits(parts) ? (Mark(file, 0), file.Text()) : (Mark(file, number), file.Text(parts));
        }
        return Prompts.Of(task.Name, task.Schema, texts);
    }

    // The owner's, whoever asks: a result is for everybody who sees the contact, and must not change with who looked last.
    private static Task<string?> AdditionAsync(AppDbContext db, PromptTask task, Guid userId, Guid? contactId, CancellationToken ct)
    {
        var allowed = db.PromptAdditions.Where(a => a.Task == task.Name && a.Text != "" && !db.PromptPolicies.Any(p => !p.AdditionsAllowed));
        var theirs = contactId is { } contact ? allowed.Where(a => db.Set<Contact>().Any(c => c.Id == contact && c.OwnerId == a.UserId)) : allowed.Where(a => a.UserId == userId);
        return theirs.Select(a => a.Text).SingleOrDefaultAsync(ct);
    }
}
