using System.Diagnostics;
using System.Globalization;
using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure;
using CrmAi.Infrastructure.Accounts;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Duplicates;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace CrmAi.Bench;

/// <param name="Folder">Of a database of its own, which must be empty.</param>
/// <param name="HeldOut">With the words that no threshold was chosen on.</param>
/// <param name="Size">Contacts, or companies.</param>
/// <param name="Predictions">A file for what was found, null for none.</param>
internal sealed record DuplicateOptions(string Folder, int Size, int Planted, int Seed, bool HeldOut, int Checks, string? Predictions, MergeKind Kind = MergeKind.Contact);

internal sealed record DuplicateReport(DuplicateOptions Options, int Found, int Right, IReadOnlyDictionary<string, (int Found, int Planted)> Kinds, TimeSpan Filled, TimeSpan Scan, double ScanCpu, long Memory, TimeSpan Again, Timing Check)
{
    public double Recall => (double)Right / Options.Planted;

    public double Precision => Found == 0 ? 0 : (double)Right / Found;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        {Options.Size:N0} {(Options.Kind == MergeKind.Account ? "companies" : "contacts")}, {Options.Planted:N0} planted duplicates, seed {Options.Seed}, {(Options.HeldOut ? "held-out words" : "words that thresholds were chosen on")}, {Environment.ProcessorCount} cores
        recall {Recall:F4} ({Right:N0} of {Options.Planted:N0}), precision {Precision:F4} ({Right:N0} of {Found:N0}); aims 0.95
        full scan {Scan.TotalSeconds:F1} s ({ScanCpu:F1} s of processor), at most {Memory:N0} MB of managed memory; once more with nothing changed {Again.TotalSeconds:F1} s; aim 60 s
        single check p50 {Check.P50:F2} ms, p95 {Check.P95:F2} ms over {Check.Times:N0}; aim 10 ms
        written in {Filled.TotalSeconds:F1} s, their keys included
        {string.Join(Environment.NewLine, Kinds.OrderBy(k => k.Key).Select(k => string.Create(CultureInfo.InvariantCulture, $"  {k.Key,-13} {k.Value.Found,5} of {k.Value.Planted,5}  {(double)k.Value.Found / k.Value.Planted:F3}")))}
        """);
}

/// <summary>How well and how fast duplicates are found in a big database, through the job and the use case that the product uses.</summary>
internal static class DuplicateRuns
{
    private const int Batch = 2_000;

    public static async Task<DuplicateReport> RunAsync(DuplicateOptions options, CancellationToken ct = default)
    {
        Directory.CreateDirectory(options.Folder);
        var words = options.HeldOut ? DuplicateWords.HeldOut : DuplicateWords.Chosen;
        IReadOnlyList<Made> all = options.Kind == MergeKind.Account ? [.. new CompanyData(options.Seed, words).Make(options.Size, options.Planted).Select(c => new Made(c.Fields, c.Of, c.Kind?.ToString()))]
            : [.. new DuplicateData(options.Seed, words).Make(options.Size, options.Planted).Select(p => new Made(p.Fields, p.Of, p.Kind?.ToString()))];
        await using var services = Services(options.Folder);
        await services.GetRequiredService<IDatabases>().MigrateAsync(ct);
        var began = Stopwatch.GetTimestamp();
        var (admin, ids) = options.Kind == MergeKind.Account ? await CompaniesAsync(services, all, ct) : await FillAsync(services, all, ct);
        var filled = Stopwatch.GetElapsedTime(began);
        await services.GetRequiredService<IDatabases>().MeasureAsync(ct);
        var (scan, cpu, memory) = await ScanAsync(services, admin, ct);
        var (again, _, _) = await ScanAsync(services, admin, ct);
        var check = await CheckAsync(services, admin, all, options, ct);

        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync(ct);
        var found = await db.DuplicatePairs.AsNoTracking().Where(p => p.Kind == options.Kind && p.Score >= DuplicateMatch.Suspected).ToListAsync(ct);
        var truth = all.Select((p, i) => (p, i)).Where(x => x.p.Of is not null).ToDictionary(x => DuplicatePair.Ordered(ids[x.i], ids[x.p.Of!.Value]), x => x.p.Kind!);
        if (options.Predictions is { } file) await WriteAsync(file, found, truth, ids, all, ct);
        var right = found.Where(f => truth.ContainsKey((f.FirstId, f.SecondId))).ToList();
        var kinds = truth.Values.GroupBy(k => k).ToDictionary(g => g.Key, g => (right.Count(r => truth[(r.FirstId, r.SecondId)] == g.Key), g.Count()));
        return new(options, found.Count, right.Count, kinds, filled, scan, cpu, memory, again, check);
    }

    public static async Task<User> AdminAsync(AppDbContext db, DateTime now, CancellationToken ct)
    {
        var admin = new User { Email = "admin@company.example", Name = "Admin", Role = Role.Admin, CreatedAt = now };
        db.Users.Add(admin);
        db.Begin("bench", new(admin.Id, admin.Name, Role.Admin, null, [], "zh-CN", "UTC", ChangeOrigin.Command), now);
        await db.SaveChangesAsync(ct);
        return admin;
    }

    private static async Task<(User Admin, Guid[] Ids)> CompaniesAsync(ServiceProvider services, IReadOnlyList<Made> all, CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync(ct);
        var now = DateTime.UtcNow;
        var admin = await AdminAsync(db, now, ct);
        var bulk = new BulkWriter(db);
        var order = Enumerable.Range(0, all.Count).ToArray();
        new Random(7).Shuffle(order);
        var ids = new Guid[all.Count];
        foreach (var some in order.Chunk(Batch))
        {
            var (accounts, entries) = (new List<Account>(), new List<RegistryEntry>());
            foreach (var i in some)
            {
                var f = (CompanyFields)all[i].Fields;
                var account = new Account { Name = f.Name!, ShortName = f.ShortName, Website = f.Website, Phone = f.Phone, City = f.City, OwnerId = admin.Id, Visibility = Visibility.Public, CreatedAt = now, UpdatedAt = now, Version = 1 };
                AccountIndexing.Fill(account);
                accounts.Add(account);
                ids[i] = account.Id;
                if (f.CreditCode is { } code) entries.Add(new() { Id = account.Id, Source = "bench", SourceId = code, PickedBy = admin.Id, PickedAt = now, CheckedAt = now, Facts = new() { Name = f.Name!, CreditCode = code }, Version = 1 });
            }
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await bulk.WriteAsync(accounts, ct);
            await bulk.WriteAsync(entries, ct);
            await transaction.CommitAsync(ct);
        }
        return (admin, ids);
    }

    private static async Task<(User Admin, Guid[] Ids)> FillAsync(ServiceProvider services, IReadOnlyList<Made> made, CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync(ct);
        var now = DateTime.UtcNow;
        var admin = await AdminAsync(db, now, ct);
        List<MatchFields> people = [.. made.Select(m => (MatchFields)m.Fields)];
        var bulk = new BulkWriter(db);
        var accounts = people.Select(p => p.Company).OfType<string>().Distinct().ToDictionary(n => n, n => new Account { Name = n, OwnerId = admin.Id, Visibility = Visibility.Public, CreatedAt = now, UpdatedAt = now, Version = 1 });
        foreach (var account in accounts.Values) AccountIndexing.Fill(account);
        var order = Enumerable.Range(0, people.Count).ToArray();
        new Random(7).Shuffle(order);
        var ids = new Guid[people.Count];
        foreach (var some in accounts.Values.Chunk(Batch)) await WriteAsync(some);
        foreach (var some in order.Chunk(Batch))
        {
            var contacts = some.Select(i =>
            {
                var f = people[i];
                var contact = new Contact { Name = f.Name!, EnglishName = f.EnglishName, Mobile = f.Mobile, Phone = f.Phone, Email = f.Email, WeChat = f.WeChat, AccountId = f.Company is null ? null : accounts[f.Company].Id, OwnerId = admin.Id, Visibility = Visibility.Public, CreatedAt = now, UpdatedAt = now, Version = 1 };
                ContactIndexing.Fill(contact, f.Company, [], db.Cipher);
                ids[i] = contact.Id;
                return (Contact: contact, f.Company);
            }).ToList();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await bulk.WriteAsync(contacts.Select(c => c.Contact), ct);
            await bulk.WriteAsync(contacts.SelectMany(c => MatchIndex.Rows(c.Contact, c.Company, db.Cipher)), ct);
            await transaction.CommitAsync(ct);
        }
        return (admin, ids);

        async Task WriteAsync(Account[] some)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await bulk.WriteAsync(some, ct);
            await transaction.CommitAsync(ct);
        }
    }

    private static async Task<(TimeSpan Took, double Cpu, long Memory)> ScanAsync(ServiceProvider services, User admin, CancellationToken ct)
    {
        await using (var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync(ct))
        {
            db.Jobs.Add(DuplicateScanJob.Of(admin.Id, DateTime.UtcNow));
            await db.SaveChangesAsync(ct);
        }
        var (began, used, most) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, 0L);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watching = Task.Run(async () =>
        {
            try { for (; ; await Task.Delay(50, stop.Token)) most = Math.Max(most, GC.GetTotalMemory(false)); }
            catch (OperationCanceledException) { }
        }, ct);
        await services.GetRequiredService<Workers>().DrainAsync(JobLane.Bulk, ct);
        var took = Stopwatch.GetElapsedTime(began);
        await stop.CancelAsync();
        await watching;
        return (took, (Environment.CpuUsage.TotalTime - used).TotalSeconds, most >> 20);
    }

    private static async Task<Timing> CheckAsync(ServiceProvider services, User admin, IReadOnlyList<Made> all, DuplicateOptions options, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IActAs>().ActAs(_ => new(admin.Id), ChangeOrigin.Page);
        var use = scope.ServiceProvider.GetRequiredService<IDuplicates>();
        var dice = new Random(options.Seed);
        return await Measure.LoadAsync(1, options.Checks, TimeSpan.MaxValue, async turn =>
        {
            var asked = all[turn % 2 == 0 && options.Planted > 0 ? all.Count - 1 - dice.Next(options.Planted) : dice.Next(all.Count)].Fields;
            if (asked is CompanyFields company) await use.CheckCompanyAsync(company, null, ct);
            else await use.CheckAsync((MatchFields)asked, null, ct);
        }, warm: 50);
    }

    private static async Task WriteAsync(string file, IReadOnlyList<DuplicatePair> found, Dictionary<(Guid, Guid), string> truth, Guid[] ids, IReadOnlyList<Made> people, CancellationToken ct)
    {
        var place = ids.Select((id, i) => (id, i)).ToDictionary(x => x.id, x => x.i);
        var missed = truth.Keys.Except(found.Select(f => (f.FirstId, f.SecondId)));
        await using var writer = new StreamWriter(file);
        await writer.WriteLineAsync("first,second,score,planted,reasons,first record,second record");
        foreach (var f in found.OrderByDescending(f => f.Score)) await writer.WriteLineAsync(Line(f.FirstId, f.SecondId, f.Score, string.Join(' ', f.Reasons)).AsMemory(), ct);
        foreach (var (a, b) in missed) await writer.WriteLineAsync(Line(a, b, 0, "missed").AsMemory(), ct);

        string Line(Guid a, Guid b, int score, string reasons) => string.Create(CultureInfo.InvariantCulture, $"{place[a]},{place[b]},{score},{(truth.TryGetValue((a, b), out var kind) ? kind : "no")},{reasons},\"{Show(people[place[a]].Fields)}\",\"{Show(people[place[b]].Fields)}\"");
    }

    private static string Show(IMatchFields fields) => fields is MatchFields f ? string.Join(" | ", f.Name, f.EnglishName, f.Company, f.Mobile, f.Phone, f.Email, f.WeChat) : fields is CompanyFields c ? string.Join(" | ", c.Name, c.ShortName, c.Website, c.Phone, c.City, c.CreditCode) : "";

    public static ServiceProvider Services(string folder)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Data:Folder"] = folder }).Build();
        var all = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
        all.AddInfrastructure(configuration, new HostingEnvironment { EnvironmentName = Environments.Development });
        return all.BuildServiceProvider();
    }

    private sealed record Made(IMatchFields Fields, int? Of, string? Kind);
}
