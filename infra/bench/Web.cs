using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CrmAi.Domain.Contacts;

namespace CrmAi.Bench;

/// <param name="Program">CrmAi.Web.dll.</param>
/// <param name="Folder">Of the big database; seeded where it is empty.</param>
/// <param name="Warm">Requests of a kind that go before, uncounted.</param>
/// <param name="Browser">Path of Chromium; null measures no pages.</param>
internal sealed record WebOptions(string Program, string Folder, int Contacts, int Interactions, int Times, int Warm, TimeSpan Most, int Circuits, string? Browser);

/// <summary>The whole program as its users meet it: over HTTP and in a browser, beside what the bare database takes for the same rows.</summary>
internal static class Web
{
    public const string List = "list, first page", Deepest = "list, deepest page", Filtered = "list, filtered and sorted", One = "search, 1 character", Two = "search, 2 characters", Four = "search, 4 characters",
        Contact = "contact with timeline", Create = "create", Update = "update";

    private static readonly Dictionary<string, string[]> Words = new()
    {
        [One] = ["张", "王", "丽", "强", "采", "恒", "6", "z"],
        [Two] = ["采购", "经理", "张伟", "恒泽", "苏州", "zh", "工程", "王丽"],
        [Four] = ["采购经理", "有限公司", "质量总监", "科技有限", "wang", "6620", "zhan", "生产总监"],
    };

    // What a well-known open-source CRM took on a like machine with as many rows: p50, one client.
    private static readonly (string Name, double Elsewhere)[] Elsewhere = [(List, 17), (Two, 386), (Four, 386), (Contact, 35), (Create, 62)];

    public static async Task<Report> RunAsync(WebOptions options)
    {
        if (!File.Exists(Path.Combine(options.Folder, "crm.db")))
            await Server.VerbAsync(options.Program, options.Folder, "seed", "--contacts", options.Contacts.ToString(CultureInfo.InvariantCulture), "--interactions", options.Interactions.ToString(CultureInfo.InvariantCulture));
        await using var rep = await Rep.OfAsync(options.Folder);
        var report = new Report();
        var size = await rep.SizeAsync();
        report.Size = string.Create(CultureInfo.InvariantCulture, $"{size.Contacts:N0} contacts, {size.Interactions:N0} interactions; as a rep, who sees everything of their team.");
        await using var server = await Server.StartAsync(options.Program, options.Folder);
        using var requests = new Requests(server.Address, await rep.TokenAsync());
        using var raw = new RawDatabase(options.Folder, rep.User.Id, rep.User.TeamId);
        await RequestsAsync(options, rep, requests, raw, server.Process, report);
        Aims(report);
        report.Add(new("cold start: process to first page", Milliseconds(server.Started.TotalMilliseconds)));
        Console.WriteLine(report.Text());
        if (options.Browser is not null) await Pages.RunAsync(options, server, rep, requests, report);
        return report;
    }

    private static async Task RequestsAsync(WebOptions options, Rep rep, Requests requests, RawDatabase raw, Process server, Report report)
    {
        using var own = Process.GetCurrentProcess();
        Task<Timing> Load(int clients, Func<int, Task> work, Process? worker = null) => Measure.LoadAsync(clients, options.Times * clients, options.Most, work, worker ?? server, clients == 1 ? options.Warm : 0);
        Task<Timing> Alone(Action<int> work) => Load(1, turn => { work(turn); return Task.CompletedTask; }, own);
        async Task Row(string name, Func<int, Task> work, Action<int>? bare = null) => report.Add(name, await Load(1, work), await Load(8, work), bare is null ? null : await Alone(bare));

        report.Empty = await Load(1, _ => requests.EmptyAsync());
        var ids = (await rep.Contacts.ListAsync(new(ContactScope.All), 0, 200, default)).Items.Select(c => c.Id).ToArray();
        await Row(List, _ => requests.PageAsync("sort=lastContact"), _ => raw.FirstPage());
        var end = await rep.Contacts.ListAsync(new(ContactScope.All), int.MaxValue, 1, default);
        var last = await rep.Contacts.ListAsync(new(ContactScope.All), Math.Max(0, end.Total - 51), 1, default);
        await Row(Deepest, _ => requests.PageAsync($"sort=lastContact&after={last.Last!.Cursor}"), _ => raw.LastPage());
        await Row(Filtered, _ => requests.PageAsync("priority=High&stage=Proposal&sort=name"), _ => raw.FilteredPage());
        foreach (var (name, words) in Words) await Row(name, turn => requests.PageAsync($"sort=lastContact&search={Uri.EscapeDataString(words[turn % words.Length])}"));
        await Row(Contact, turn => requests.ContactAsync(ids[turn % ids.Length]), turn => raw.Contact(ids[turn % ids.Length]));
        var made = new ConcurrentQueue<Guid>();
        var like = await requests.CreateAsync(0);
        await Row(Create, async turn => made.Enqueue(await requests.CreateAsync(turn)), _ => raw.Create(like));
        var changed = made.ToArray();
        // Each contact is in one client's hands at a time, with the version it was left with.
        var free = new ConcurrentQueue<(Guid Id, int Version)>(changed.Select(id => (id, 1)));
        await Row(Update, async turn =>
        {
            free.TryDequeue(out var contact);
            await requests.UpdateAsync(contact.Id, contact.Version, turn);
            free.Enqueue((contact.Id, contact.Version + 1));
        }, turn => raw.Update(changed[turn % changed.Length], $"raw {turn}"));
    }

    private static void Aims(Report report)
    {
        void Ratio(string name, string what, double value, double aim) => report.Add(new(what, value.ToString("F2", CultureInfo.InvariantCulture), $"{aim.ToString(CultureInfo.InvariantCulture)}", value <= aim));
        foreach (var name in (string[])[List, Deepest, Filtered, Contact]) Ratio(name, $"{name}: raw rows and an empty request", report.RatioOf(name), 1.5);
        Ratio(Deepest, "deepest page: first page", report.One(Deepest).P50 / report.One(List).P50, 1.3);
        foreach (var name in (string[])[One, Two, Four]) report.Add(new($"{name}, p95", Milliseconds(report.One(name).P95), "20 ms", report.One(name).P95 < 20));
        report.Add(new($"{Create}, p95", Milliseconds(report.One(Create).P95), "10 ms", report.One(Create).P95 < 10));
        foreach (var (name, elsewhere) in Elsewhere)
            report.Add(new($"{name}: {Milliseconds(elsewhere)} elsewhere", string.Create(CultureInfo.InvariantCulture, $"{elsewhere / report.One(name).P50:F1} times as fast")));
    }

    public static string Milliseconds(double value) => value.ToString(value < 10 ? "F1" : "F0", CultureInfo.InvariantCulture) + " ms";
}
