using System.Collections.Concurrent;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure;
using CrmAi.Infrastructure.Conversations;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Data.Sqlite;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace CrmAi.Tests.Support;

/// <summary>A migrated SQLite database of its own with the real services around it. Nothing runs by itself: a test drives the workers.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<RulesConversationAnalyst> Rules = new(() => new RulesConversationAnalyst());
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    private readonly ServiceProvider services;
    private readonly ConcurrentBag<AsyncServiceScope> scopes = [];
    private int people;

    private TestDatabase(string folder, Action<IServiceCollection>? change)
    {
        Folder = folder;
        services = Services(folder, s =>
        {
            s.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            s.Replace(ServiceDescriptor.Singleton<IWorkerBell>(Bell));
            s.Replace(ServiceDescriptor.Singleton(_ => Rules.Value));
            change?.Invoke(s);
        });
    }

    public string Folder { get; }

    public string DatabaseFile => Path.Combine(Folder, "crm.db");

    /// <summary>Runs with the system's clock, and ahead of it by what the test advanced.</summary>
    public TestClock Clock { get; } = new();

    public SilentBell Bell { get; } = new();

    public IServiceProvider Provider => services;

    public Workers Workers => Get<Workers>();

    public FieldCipher Cipher => Get<FieldCipher>();

    public static async Task<TestDatabase> CreateAsync(Action<IServiceCollection>? change = null)
    {
        var template = await Template.Value;
        var folder = TestFolders.New();
        File.Copy(Path.Combine(template, "crm.db"), Path.Combine(folder, "crm.db"));
        File.Copy(TestFolders.KeyFile, Path.Combine(folder, "keys.json"));
        return new(folder, change);
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>Use cases on behalf of this person.</summary>
    public Acting As(User user, ChangeOrigin through = ChangeOrigin.Page) => As(_ => new(user.Id), through);

    public Acting As(Func<CancellationToken, ValueTask<Guid?>> who, ChangeOrigin through = ChangeOrigin.Page)
    {
        var scope = services.CreateAsyncScope();
        scopes.Add(scope);
        scope.ServiceProvider.GetRequiredService<IActAs>().ActAs(who, through);
        return new(scope.ServiceProvider);
    }

    public AppDbContext Open() => Get<IDbContextFactory<AppDbContext>>().CreateDbContext();

    /// <summary>Reads past all permissions, as nobody but a test may.</summary>
    public async Task<T> ReadAsync<T>(Func<AppDbContext, Task<T>> read)
    {
        await using var db = Open();
        return await read(db);
    }

    /// <summary>Writes rows as they are, in a command of nobody's.</summary>
    public async Task WriteAsync(Action<AppDbContext> write)
    {
        await using var db = Open();
        write(db);
        db.Begin("test", new Viewer(Guid.CreateVersion7(), "test", Role.Admin, null, [], "zh-CN", "UTC", ChangeOrigin.Command), Clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
    }

    public async Task<Team> AddTeamAsync(string name, Team? below = null)
    {
        var team = new Team { Name = name, ParentId = below?.Id };
        await WriteAsync(db => db.Teams.Add(team));
        return team;
    }

    /// <summary>Without profiles that follow each conversation: the jobs of a test are those it speaks of.</summary>
    public async Task<User> AddUserAsync(Role role, Team? team = null, Action<User>? change = null)
    {
        var user = new User { Email = $"person{Interlocked.Increment(ref people)}@company.example", Name = $"{role} {people}", Role = role, TeamId = team?.Id, CreatedAt = Clock.GetUtcNow().UtcDateTime, ProfileUpdates = false };
        change?.Invoke(user);
        await WriteAsync(db => db.Users.Add(user));
        return user;
    }

    /// <summary>Has the workers do all that is due, in every lane.</summary>
    public async Task<int> DrainAsync() => await Workers.DrainAsync(JobLane.Watched, default) + await Workers.DrainAsync(JobLane.Person, default) + await Workers.DrainAsync(JobLane.Bulk, default);

    public Task<List<JobRun>> JobsAsync() => ReadAsync(db => db.Jobs.AsNoTracking().OrderBy(j => j.Id).ToListAsync());

    /// <summary>One SQL statement past everything, as somebody with the file in hand would.</summary>
    public async Task<object?> SqlAsync(string sql, params (string Name, object Value)[] values)
    {
        await using var connection = new SqliteConnection($"Data Source={DatabaseFile}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // tests' own statements
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var scope in scopes) await scope.DisposeAsync();
        await services.DisposeAsync();
        TestFolders.Remove(Folder);
    }

    public static ServiceProvider Services(string folder, Action<IServiceCollection>? change = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Data:Folder"] = folder }).Build();
        var all = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
        all.AddInfrastructure(configuration, new HostingEnvironment { EnvironmentName = Environments.Development });
        all.ConfigureDbContext<SqliteAppDbContext>(options => options.AddInterceptors(OrderedRows.Check));
        change?.Invoke(all);
        return all.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var folder = TestFolders.New();
        File.Copy(TestFolders.KeyFile, Path.Combine(folder, "keys.json"));
        await using var made = Services(folder);
        await made.GetRequiredService<IDatabases>().MigrateAsync(default);
        SqliteConnection.ClearPool(new SqliteConnection($"Data Source={Path.Combine(folder, "crm.db")}"));
        return folder;
    }
}

/// <summary>The use cases of one scope.</summary>
internal sealed class Acting(IServiceProvider scope)
{
    public Domain.Contacts.IContacts Contacts => Get<Domain.Contacts.IContacts>();

    public Domain.Contacts.IFolders Folders => Get<Domain.Contacts.IFolders>();

    public Domain.Accounts.IAccounts Accounts => Get<Domain.Accounts.IAccounts>();

    public Domain.Interactions.IInteractions Interactions => Get<Domain.Interactions.IInteractions>();

    public Domain.Interactions.IAttachments Attachments => Get<Domain.Interactions.IAttachments>();

    public IConversations Conversations => Get<IConversations>();

    public Domain.Profiles.IProfiles Profiles => Get<Domain.Profiles.IProfiles>();

    public Domain.NextActions.INextActions NextActions => Get<Domain.NextActions.INextActions>();

    public Domain.Scripts.IScripts Scripts => Get<Domain.Scripts.IScripts>();

    public Domain.Briefs.IBriefs Briefs => Get<Domain.Briefs.IBriefs>();

    public Domain.Scoring.IScores Scores => Get<Domain.Scoring.IScores>();

    public Domain.History.IHistory History => Get<Domain.History.IHistory>();

    public IUsers Users => Get<IUsers>();

    public T Get<T>() where T : notnull => scope.GetRequiredService<T>();
}

/// <summary>Counts rings and wakes nobody.</summary>
internal sealed class SilentBell : IWorkerBell
{
    public ConcurrentQueue<(JobLane Lane, DateTime? At)> Rung { get; } = [];

    public void Ring(JobLane lane) => Rung.Enqueue((lane, null));

    public void RingAt(JobLane lane, DateTime at) => Rung.Enqueue((lane, at));
}

/// <summary>The system's clock, put forward by a test.</summary>
internal sealed class TestClock : TimeProvider
{
    private long ahead;

    public DateTime Now => GetUtcNow().UtcDateTime;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref ahead));

    public void Advance(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);
}
