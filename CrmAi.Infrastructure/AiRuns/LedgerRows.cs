using CrmAi.Domain.AiRuns;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>Whose rows of the ledger a viewer reads, and what of their contacts may be named.</summary>
internal sealed class LedgerRows(AppDbContext db, Viewer viewer)
{
    private List<Guid>? seen;

    /// <summary>One's own; for managers those of everybody in their teams; for administrators everybody's, and for analysts, whose work it is to read them.</summary>
    public IQueryable<User> People() => viewer.Role switch
    {
        _ when !viewer.May(Operation.ReadAiRuns) => db.Users.Where(_ => false),
        Role.Admin or Role.Analyst => db.Users,
        Role.Manager => db.Users.Where(u => u.Id == viewer.Id || (u.TeamId != null && viewer.TeamIds.Contains(u.TeamId.Value))),
        _ => db.Users.Where(u => u.Id == viewer.Id),
    };

    public async Task<IQueryable<AiRun>> RunsAsync(CancellationToken ct)
    {
        if (Everybody) return db.AiRuns.AsNoTracking();
        seen ??= await People().Select(u => u.Id).ToListAsync(ct);
        return db.AiRuns.AsNoTracking().Where(r => seen.Contains(r.UserId));
    }

    public async Task<IQueryable<AiRun>> RunsAsync(AiRunQuery query, CancellationToken ct)
    {
        var runs = await RunsAsync(ct);
        if (query.Type is { } type) runs = runs.Where(r => r.Type == type);
        if (query.Analyst is { } analyst) runs = runs.Where(r => r.Analyst == analyst);
        if (query.UserId is { } person) runs = runs.Where(r => r.UserId == person);
        if (query.ContactId is { } contact) runs = await SeesAsync(contact, ct) ? runs.Where(r => r.ContactId == contact) : runs.Where(_ => false);
        if (query.From is { } from) runs = runs.Where(r => r.At >= from);
        if (query.To is { } to) runs = runs.Where(r => r.At < to);
        runs = query.State switch
        {
            AiRunState.Done => runs.Where(r => r.ErrorCode == null),
            AiRunState.StoodIn => runs.Where(r => r.ErrorCode!.StartsWith(StoodIn)),
            AiRunState.Refused => runs.Where(r => r.ErrorCode != null && !r.ErrorCode.StartsWith(StoodIn)),
            _ => runs,
        };
        return query.Rating switch
        {
            AiRating.Useful => runs.Where(r => r.Useful == true),
            AiRating.Useless => runs.Where(r => r.Useful == false),
            AiRating.Unrated => runs.Where(r => r.Useful == null),
            _ => runs,
        };
    }

    public async Task<IQueryable<AiCall>> CallsAsync(AiCallQuery query, CancellationToken ct)
    {
        var calls = db.AiCalls.AsNoTracking();
        if (!Everybody)
        {
            seen ??= await People().Select(u => u.Id).ToListAsync(ct);
            calls = calls.Where(c => seen.Contains(c.UserId));
        }
        if (query.Task is { } task) calls = calls.Where(c => c.Task == task);
        if (query.Model is { } model) calls = calls.Where(c => c.Model == model);
        if (query.UserId is { } person) calls = calls.Where(c => c.UserId == person);
        if (query.ContactId is { } contact) calls = await SeesAsync(contact, ct) ? calls.Where(c => c.ContactId == contact) : calls.Where(_ => false);
        if (query.Outcome is { } outcome) calls = calls.Where(c => c.Outcome == outcome);
        if (query.From is { } from) calls = calls.Where(c => c.At >= from);
        if (query.To is { } to) calls = calls.Where(c => c.At < to);
        return calls;
    }

    /// <summary>Cards are read before there is a contact: whom they were saved as, by run, of the cards that one may see.</summary>
    public async Task<IReadOnlyDictionary<Guid, Guid>> SavedAsync(IEnumerable<AiRun> runs, CancellationToken ct)
    {
        var read = runs.Where(r => r is { Type: AiRunType.Card, ContactId: null }).Select(r => r.Id).ToList();
        if (read.Count == 0) return new Dictionary<Guid, Guid>();
        var saved = await db.BusinessCards.VisibleTo(viewer, db).Where(c => c.AiRunId != null && read.Contains(c.AiRunId.Value) && c.State == CardState.Saved && c.ContactId != null)
            .Select(c => new { Run = c.AiRunId!.Value, Contact = c.ContactId!.Value }).ToListAsync(ct);
        return saved.ToDictionary(c => c.Run, c => c.Contact);
    }

    /// <summary>What stands beside rows and may be shown: people's names, contacts' names, and which conversations.</summary>
    public async Task<Beside> BesideAsync(IReadOnlyCollection<(Guid User, Guid? Contact, Guid? Conversation)> rows, CancellationToken ct)
    {
        var users = rows.Select(r => r.User).Distinct().ToList();
        var contacts = rows.Select(r => r.Contact).OfType<Guid>().Distinct().ToList();
        var talks = rows.Select(r => r.Conversation).OfType<Guid>().Distinct().ToList();
        return new(
            await db.Users.Where(u => users.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, ct),
            contacts.Count == 0 ? [] : await db.Contacts.VisibleTo(viewer).Where(c => contacts.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct),
            talks.Count == 0 ? [] : await db.Interactions.VisibleTo(viewer, db).Where(i => talks.Contains(i.Id)).Select(i => i.Id).ToHashSetAsync(ct));
    }

    /// <summary>How the codes begin that say why rules stood in for a model.</summary>
    public const string StoodIn = "ai.";

    public static AiRunState StateOf(string? errorCode) =>
        errorCode is null ? AiRunState.Done : errorCode.StartsWith(StoodIn, StringComparison.Ordinal) ? AiRunState.StoodIn : AiRunState.Refused;

    private bool Everybody => viewer.Role is Role.Admin or Role.Analyst;

    // Of whom one may not see, not even whether there were runs.
    private Task<bool> SeesAsync(Guid contact, CancellationToken ct) => db.Contacts.VisibleTo(viewer).AnyAsync(c => c.Id == contact, ct);
}

/// <summary>Names for a page of rows.</summary>
internal sealed record Beside(Dictionary<Guid, string> People, Dictionary<Guid, string> Contacts, HashSet<Guid> Conversations)
{
    public RunPerson Person(Guid id) => new(id, People.GetValueOrDefault(id, ""));

    public RunContact? Contact(Guid? id) => id is { } one && Contacts.TryGetValue(one, out var name) ? new(one, name) : null;

    public Guid? Conversation(Guid? id) => id is { } one && Conversations.Contains(one) ? one : null;
}
