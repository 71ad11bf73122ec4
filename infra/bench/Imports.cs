using System.Diagnostics;
using System.Globalization;
using System.Text;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace CrmAi.Bench;

/// <param name="Check">Seconds of the trial, which writes nothing.</param>
/// <param name="Run">Seconds of the import, its search for duplicates included.</param>
/// <param name="Bulk">Seconds of the same final rows, written into the same tables of an empty database by prepared statements in transactions of thousands.</param>
/// <param name="Undo">Seconds of taking it all back; null where that was not measured.</param>
internal sealed record ImportMeasure(int Rows, double Check, double Run, double Cpu, double? Bulk, double? Undo, double Managed, IReadOnlyList<double> Saves)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Rows,7:N0} rows: checked in {Check:F1} s, imported in {Run:F1} s ({Rows / Run:N0} a second, {Cpu / Rows:F2} ms of processor a row){(Bulk is { } bulk ? $", the same rows in bulk {bulk:F1} s: {bulk / Run:P0} of its speed" : "")}{(Undo is { } undo ? $"; taken back in {undo:F1} s" : "")}; {Managed:F0} MB managed at most{(Saves.Count > 0 ? $"; a rep's save meanwhile, {Saves.Count} of them: median {At(0.5):F0} ms, p95 {At(0.95):F0} ms, longest {Saves.Max():F0} ms" : "")}");

    private double At(double share) => Saves.Order().ElementAt((int)(share * (Saves.Count - 1)));
}

/// <summary>Files of invented people, imported by the real jobs.</summary>
internal static class Imports
{
    private static readonly string[] Tables = ["Accounts", "AccountTerms", "Tags", "Contacts", "ContactTerms", "ContactTags", "DuplicateMarks", "SimilarTerms", "ChangeSets", "ChangeEntries", "ImportItems"];
    private const string Family = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", Given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲芬燕彬鹏浩宇晨欣怡嘉俊";

    public static async IAsyncEnumerable<ImportMeasure> RunAsync(string folder, IReadOnlyList<int> sizes, bool withSaves, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
    {
        foreach (var rows in sizes)
        {
            var data = Path.Combine(folder, $"{rows}");
            Directory.CreateDirectory(data);
            await using var services = Services(data);
            await services.GetRequiredService<IDatabases>().MigrateAsync(ct);
            var rep = await RepAsync(services, ct);
            yield return await OneAsync(services, rep, data, rows, 0, undo: !withSaves, ct);
            // Others' rows, while the rep saves as fast as people do.
            if (withSaves) yield return await OneAsync(services, rep, data, rows / 4, rows, undo: true, ct, saves: true);
        }
    }

    private static async Task<ImportMeasure> OneAsync(ServiceProvider services, User rep, string folder, int rows, int from, bool undo, CancellationToken ct, bool saves = false)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IActAs>().ActAs(_ => new(rep.Id), ChangeOrigin.Page);
        var imports = scope.ServiceProvider.GetRequiredService<IImports>();
        var workers = services.GetRequiredService<Workers>();
        await using var file = new MemoryStream(Encoding.UTF8.GetBytes(People(rows, from)));
        var sent = (await imports.UploadAsync("people.csv", file, null, ct)).Value;
        var id = sent.Summary.Id;
        Must((await imports.CheckAsync(id, ct)).Errors);
        var check = await TimedAsync(() => DrainAsync(workers, ct));
        Must((await imports.RunAsync(id, ct)).Errors);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var (took, peak) = (new List<double>(), 0.0);
        var saving = saves ? SaveAsync(scope.ServiceProvider.GetRequiredService<IContacts>(), took, done.Token) : Task.CompletedTask;
        var watching = WatchAsync(value => peak = Math.Max(peak, value), done.Token);
        var cpu = Environment.CpuUsage.TotalTime;
        var run = await TimedAsync(() => DrainAsync(workers, ct));
        var used = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds;
        await done.CancelAsync();
        await saving;
        await watching;
        var ended = (await imports.GetAsync(id, ct))!;
        if (ended.Summary.Run is not { } counts || counts.Created != rows) throw new InvalidOperationException($"The import made {ended.Summary.Run}, not {rows}.");
        var bulk = saves ? (double?)null : Bulk(folder);
        if (!undo) return new(rows, check, run, used, bulk, null, peak, took);
        Must((await imports.UndoAsync(id, ct)).Errors);
        return new(rows, check, run, used, bulk, await TimedAsync(() => DrainAsync(workers, ct)), peak, took);
    }

    // All rows of the tables that an import fills, in the order in which they were written.
    private static double Bulk(string folder)
    {
        var copy = Path.Combine(folder, "bulk.db");
        File.Delete(copy);
        using var source = new SqliteConnection($"Data Source={Path.Combine(folder, "crm.db")}");
        source.Open();
        using var target = new SqliteConnection($"Data Source={copy}");
        target.Open();
        Run(target, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=OFF; PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824;");
        foreach (var kind in (string[])["table", "index"])
        {
            using var schema = Command(source, "SELECT sql FROM sqlite_master WHERE type = $kind AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%'");
            schema.Parameters.AddWithValue("$kind", kind);
            using var read = schema.ExecuteReader();
            while (read.Read()) Run(target, read.GetString(0));
        }
        var seconds = 0.0;
        foreach (var table in Tables)
        {
            using var all = Command(source, $"SELECT * FROM \"{table}\" ORDER BY rowid");
            using var rows = all.ExecuteReader();
            using var insert = Command(target, $"INSERT INTO \"{table}\" VALUES ({string.Join(", ", Enumerable.Range(0, rows.FieldCount).Select(i => $"$p{i}"))})");
            var parameters = Enumerable.Range(0, rows.FieldCount).Select(i => insert.Parameters.AddWithValue($"$p{i}", null)).ToArray();
            for (var more = true; more;)
            {
                var chunk = new List<object[]>();
                while (chunk.Count < 20_000 && (more = rows.Read()))
                {
                    var values = new object[rows.FieldCount];
                    rows.GetValues(values);
                    chunk.Add(values);
                }
                var began = Stopwatch.GetTimestamp();
                using var transaction = target.BeginTransaction();
                insert.Transaction = transaction;
                foreach (var row in chunk)
                {
                    for (var i = 0; i < row.Length; i++) parameters[i].Value = row[i];
                    insert.ExecuteNonQuery();
                }
                transaction.Commit();
                seconds += Stopwatch.GetElapsedTime(began).TotalSeconds;
            }
        }
        return seconds;
    }

    private static async Task SaveAsync(IContacts contacts, List<double> took, CancellationToken ct)
    {
        for (var i = 0; !ct.IsCancellationRequested; i++)
        {
            var began = Stopwatch.GetTimestamp();
            Must((await contacts.AddAsync(new() { Name = $"现场{i}", Title = "采购", Mobile = $"186{i:D8}" }, CancellationToken.None)).Errors);
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            try { await Task.Delay(TimeSpan.FromMilliseconds(60), ct); }
            catch (OperationCanceledException) { return; }
        }
    }

    private static async Task WatchAsync(Action<double> seen, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        try { while (await timer.WaitForNextTickAsync(ct)) seen(GC.GetTotalMemory(forceFullCollection: false) / 1048576.0); }
        catch (OperationCanceledException) { }
    }

    // A small file is what somebody waits for.
    private static async Task DrainAsync(Workers workers, CancellationToken ct)
    {
        foreach (var lane in (JobLane[])[JobLane.Person, JobLane.Bulk]) await workers.DrainAsync(lane, ct);
    }

    private static async Task<double> TimedAsync(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    public static string People(int count, int from)
    {
        var random = new Random(7 + from);
        var text = new StringBuilder("姓名,手机,邮箱,微信,公司,职位,部门,城市,优先级,备注\n");
        for (var i = from; i < from + count; i++)
        {
            var name = $"{Family[random.Next(Family.Length)]}{Given[random.Next(Given.Length)]}{Given[i % 8]}";
            text.Append(CultureInfo.InvariantCulture, $"{name},13{i:D9},p{i}@c{i / 8}.example,wx_{i:D7},{Given[i / 8 % Given.Length]}{Family[i / 320 % Family.Length]}{i / 8}精密机械有限公司,采购经理,采购部,苏州,高,展会上认识的第{i}位\n");
        }
        return text.ToString();
    }

    public static async Task<User> RepAsync(ServiceProvider services, CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync(ct);
        var team = new Team { Name = "bench" };
        var rep = new User { Email = "rep@bench.example", Name = "bench", TeamId = team.Id, CreatedAt = DateTime.UtcNow };
        db.Teams.Add(team);
        db.Users.Add(rep);
        db.Begin("bench", new(rep.Id, rep.Name, Role.Admin, null, [], "zh-CN", "UTC", ChangeOrigin.Command), DateTime.UtcNow);
        await db.SaveChangesAsync(ct);
        return rep;
    }

    public static void Must(IReadOnlyList<Error> errors)
    {
        if (errors.Count > 0) throw new InvalidOperationException(string.Join(", ", errors.Select(e => e.Code)));
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = Command(connection, sql);
        command.ExecuteNonQuery();
    }

    public static ServiceProvider Services(string folder)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Data:Folder"] = folder, ["Night:Scheduled"] = "false" }).Build();
        var all = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
        all.AddInfrastructure(configuration, new HostingEnvironment { EnvironmentName = Environments.Development });
        return all.BuildServiceProvider();
    }
}
