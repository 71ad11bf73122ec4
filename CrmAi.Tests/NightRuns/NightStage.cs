using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.NightRuns;
using CrmAi.Infrastructure.Profiles;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmAi.Tests.NightRuns;

/// <summary>A company whose contacts have analysed conversations, and no profile yet.</summary>
internal sealed class NightStage : IAsyncDisposable
{
    public const string Words = "客户: 请发一下详细的数据和测试报告，我们要逐项对比。";

    private NightStage(TestDatabase db, User rep, User admin) => (Db, Rep, Admin) = (db, rep, admin);

    public TestDatabase Db { get; }

    public User Rep { get; }

    public User Admin { get; }

    public INightRuns Nights => Db.As(Admin).Get<INightRuns>();

    public static async Task<NightStage> CreateAsync(int contacts, IProfileAnalyst? analyst = null, int batch = 5, Action<NightOptions>? change = null)
    {
        var db = await TestDatabase.CreateAsync(services => Configure(services, analyst, batch, change));
        var stage = new NightStage(db, await db.AddUserAsync(Role.SalesRep, change: u => u.AutoAnalysis = false), await db.AddUserAsync(Role.Admin));
        await stage.AddAsync(contacts);
        await db.WriteAsync(d => d.Users.Single(u => u.Id == stage.Rep.Id).ProfileUpdates = true); // the day's jobs would be first
        return stage;
    }

    public static void Configure(IServiceCollection services, IProfileAnalyst? analyst, int batch, Action<NightOptions>? change)
    {
        if (analyst is not null) services.Replace(ServiceDescriptor.Singleton(analyst));
        services.Configure<NightOptions>(options =>
        {
            (options.Scheduled, options.BatchSize, options.Lease) = (false, batch, TimeSpan.FromSeconds(5));
            change?.Invoke(options);
        });
    }

    /// <summary>Contacts with three conversations each, written past the jobs of the day.</summary>
    public Task AddAsync(int contacts) => Db.WriteAsync(d =>
    {
        for (var i = 0; i < contacts; i++)
        {
            var contact = new Contact { Name = $"人{i}", OwnerId = Rep.Id, CreatedAt = Db.Clock.Now, UpdatedAt = Db.Clock.Now.AddMinutes(-1) };
            d.Contacts.Add(contact);
            for (var day = 1; day <= 3; day++) Talk(d, contact.Id, day);
        }
    });

    public void Talk(Infrastructure.Data.AppDbContext d, Guid contact, int daysAgo)
    {
        var talk = new Interaction { ContactId = contact, AuthorId = Rep.Id, Content = Words, At = Db.Clock.Now.AddDays(-daysAgo), CreatedAt = Db.Clock.Now, UpdatedAt = Db.Clock.Now };
        var run = new AiRun { Type = AiRunType.Conversation, UserId = Rep.Id, ContactId = contact, InteractionId = talk.Id, InputDigest = new byte[32], Analyst = "rules", AnalystVersion = "1", At = Db.Clock.Now };
        d.AddRange(talk, run, new ConversationAnalysis { InteractionId = talk.Id, ContactId = contact, AiRunId = run.Id, Summary = [new(0, Words.Length)], Analyst = "rules", AnalystVersion = "1", InputDigest = new byte[32], AnalysedAt = Db.Clock.Now.AddSeconds(-30) },
            new ConversationFinding { InteractionId = talk.Id, ContactId = contact, Kind = FindingKind.Cue, Value = "disc.C", Confidence = 0.8, Start = 4, Length = 10 });
    }

    /// <summary>Begins a run and works on it until nothing is left.</summary>
    public async Task<NightProgress> RunAsync()
    {
        var started = await Nights.StartAsync(default);
        // With nothing to do a person begins none; the schedule does.
        if (started.Errors is [{ Code: "night.nothing" }]) await Db.WriteAsync(d => d.NightRuns.Add(new() { CreatedAt = Db.Clock.Now, EndsAt = Db.Clock.Now.AddHours(4) }));
        else started.Succeeded.ShouldBeTrue();
        await Db.Get<NightWorkers>().DrainAsync(default);
        return (await Nights.OverviewAsync(default))!.Latest!;
    }

    /// <summary>Whom a run would choose at this moment.</summary>
    public async Task<IReadOnlyList<NightChosen>> ChosenAsync()
    {
        var now = Db.Clock.Now;
        var terms = new NightTerms(await Db.Get<ProfileMaking>().MakerAsync(default), await Db.Get<NightReading>().ReaderAsync(default), 14, Db.Get<CompanyDays>().Of(now), now);
        return await Db.ReadAsync(d => NightChoice.OfAsync(d, terms, default));
    }

    public Task<List<Guid>> ProfiledAsync() => Db.ReadAsync(d => d.Profiles.OrderBy(p => p.Id).Select(p => p.ContactId).ToListAsync());

    public ValueTask DisposeAsync() => Db.DisposeAsync();
}

/// <summary>An analyst that a test holds back, has fail, or has cost something.</summary>
internal sealed class HeldAnalyst : IProfileAnalyst
{
    private int asked;

    public string Name => "held";

    public string Version { get; set; } = "1";

    public int Asked => asked;

    /// <summary>Done once, before the first answer.</summary>
    public Func<Task>? First { get; set; }

    /// <summary>Waited for before each answer.</summary>
    public Func<ProfileInput, CancellationToken, Task> Gate { get; set; } = (_, _) => Task.CompletedTask;

    public long? CostMicros { get; set; }

    public async Task<Analysed<IReadOnlyList<ProfileClaim>>> AnalyseAsync(ProfileInput input, Guid userId, CancellationToken ct)
    {
        if (Interlocked.Increment(ref asked) == 1 && First is { } first) await first();
        await Gate(input, ct);
        IReadOnlyList<ProfileClaim> claims = [new(ProfilePart.Needs, "need", "data", 0.7, [.. input.Conversations.Select(c => new Evidence(c.InteractionId, 0, 10))])];
        return new(claims, new(Name, Version, CostMicros: CostMicros));
    }
}
