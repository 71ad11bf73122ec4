using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.AiRuns;

/// <summary>A company of two teams: a manager and two reps in the one, a rep in the other, and an administrator.</summary>
internal sealed class Ledger : IAsyncDisposable
{
    public TestDatabase Db { get; private init; } = null!;

    public User Admin { get; private init; } = null!;

    public User Manager { get; private init; } = null!;

    public User Rep { get; private init; } = null!;

    public User Mate { get; private init; } = null!;

    public User Stranger { get; private init; } = null!;

    public static async Task<Ledger> OpenAsync()
    {
        var db = await TestDatabase.CreateAsync();
        var (east, south) = (await db.AddTeamAsync("华东"), await db.AddTeamAsync("华南"));
        return new()
        {
            Db = db,
            Admin = await db.AddUserAsync(Role.Admin),
            Manager = await db.AddUserAsync(Role.Manager, east),
            Rep = await db.AddUserAsync(Role.SalesRep, east),
            Mate = await db.AddUserAsync(Role.SalesRep, east),
            Stranger = await db.AddUserAsync(Role.SalesRep, south),
        };
    }

    public IAiRuns RunsOf(User user) => Db.As(user).Get<IAiRuns>();

    public async Task<Guid> ContactAsync(User owner, string name, Visibility visibility = Visibility.Team) =>
        (await Db.As(owner).Contacts.AddAsync(Samples.Contact(name, visibility), default)).Value.Id;

    public Task WriteAsync(params AiRun[] runs) => Db.WriteAsync(db => db.AiRuns.AddRange(runs));

    public AiRun Run(User user, int minutesAgo = 0, AiRunType type = AiRunType.Conversation, string analyst = "rules", Guid? contact = null, Guid? conversation = null, string? error = null,
        bool? useful = null, string? comment = null, long? cost = null, int took = 10, int claims = 0, int dropped = 0, int? tokens = null) => new()
        {
            Type = type, UserId = user.Id, ContactId = contact, InteractionId = conversation, InputDigest = [1, 2, 0xAB], Analyst = analyst, AnalystVersion = "1", ErrorCode = error, Useful = useful, Comment = comment,
            CostMicros = cost, Milliseconds = took, Claims = claims, Dropped = dropped, InputTokens = tokens, OutputTokens = tokens / 10, At = Db.Clock.Now.AddMinutes(-minutesAgo),
        };

    public ValueTask DisposeAsync() => Db.DisposeAsync();
}
