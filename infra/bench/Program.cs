using System.Globalization;
using CrmAi.Bench;
using CrmAi.Domain.Duplicates;

return args switch
{
    ["lists", "--data", var folder] => await Lists.RunAsync(folder),
    ["writes", "--data", var folder] => await Writes.RunAsync(folder),
    ["palette", "--data", var folder] => await Palettes.RunAsync(folder),
    ["ledger", "--data", var folder] => await LedgerAsync(folder),
    ["night", "--data", var folder] => await NightAsync(folder),
    ["import", "--data", var folder] => await ImportAsync(folder, [10_000, 100_000]),
    ["import", "--data", var folder, "--rows", var rows] => await ImportAsync(folder, [Count(rows)]),
    ["import-kills", "--data", var folder, .. var more] => await KillsAsync(folder, more),
    ["import-worker", .. var settings] => await ImportWorker.RunAsync(settings),
    ["ask", .. var settings] => await Asker.RunAsync(settings),
    ["night", "--data", var folder, "--contacts", var contacts] => await NightAsync(folder, Count(contacts)),
    ["night", "--data", var folder, "--contacts", var contacts, "--asked", var asked] => await NightAsync(folder, Count(contacts), Count(asked)),
    ["duplicates", "--data", var folder, .. var more] => await DuplicatesAsync(folder, more),
    ["merge", "--data", var folder, .. var more] => Say(await Merges.RunAsync(folder, more is ["--interactions", var count] ? Count(count) : 5_000)),
    ["conversations"] => await Conversations.RunAsync(),
    ["web", "--data", var folder] => await WebAsync(folder, null),
    ["web", "--data", var folder, "--no-pages"] => await WebAsync(folder, null, pages: false),
    ["web", "--data", var folder, "--write", var document] => await WebAsync(folder, document),
    _ => Usage(),
};

static async Task<int> WebAsync(string folder, string? document, bool pages = true)
{
    var program = AppContext.BaseDirectory.Replace(Path.Combine("infra", "bench"), "CrmAi.Web", StringComparison.Ordinal) + "CrmAi.Web.dll";
    var browser = ((string?[])[Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]).FirstOrDefault(File.Exists);
    Directory.CreateDirectory(folder);
    var report = await Web.RunAsync(new(program, folder, Contacts: 100_000, Interactions: 300_000, Times: 300, Warm: 1500, Most: TimeSpan.FromSeconds(6), Circuits: 50, pages ? browser : null));
    Console.WriteLine(report.Text());
    if (document is not null) await report.WriteAsync(document);
    return 0;
}

static async Task<int> LedgerAsync(string folder)
{
    var report = await Ledger.RunAsync(new(folder, Runs: 10_000, Questions: 4_000, Faults: 30, Callers: 16, Seed: 7, Stall: TimeSpan.FromSeconds(5)));
    Console.WriteLine(report);
    return report.Holds ? 0 : 1;
}

static async Task<int> NightAsync(string folder, int contacts = 100_000, int asked = 3_000)
{
    Console.WriteLine(await Nights.RunAsync(new(folder, contacts, Alone: Math.Min(contacts, 10_000), asked, AtOnce: 32, Answer: TimeSpan.FromMilliseconds(300))));
    return 0;
}

static async Task<int> DuplicatesAsync(string folder, string[] more)
{
    string? Value(string name) => Array.IndexOf(more, name) is >= 0 and var at && at + 1 < more.Length ? more[at + 1] : null;
    var companies = more.Contains("--companies");
    var all = Value("--contacts") is { } size || (size = Value("--companies")) is not null ? Count(size) : 100_000;
    Console.WriteLine(await DuplicateRuns.RunAsync(new(folder, all, Planted: companies ? all / 20 : all / 50, Value("--seed") is { } seed ? Count(seed) : 1, more.Contains("--held-out"), Checks: 1_000, Value("--predictions"), companies ? MergeKind.Account : MergeKind.Contact)));
    return 0;
}

static async Task<int> ImportAsync(string folder, IReadOnlyList<int> sizes)
{
    await foreach (var measure in Imports.RunAsync(folder, sizes, withSaves: true)) Console.WriteLine(measure);
    return 0;
}

static async Task<int> KillsAsync(string folder, string[] more)
{
    int Value(string name, int otherwise) => Array.IndexOf(more, name) is >= 0 and var at && at + 1 < more.Length ? Count(more[at + 1]) : otherwise;
    var (seed, report) = (Value("--seed", Random.Shared.Next()), Console.Out);
    return await KilledImports.RunAsync(folder, Value("--rows", 20_000), Value("--kills", 40), seed, report) ? 0 : 1;
}

static int Count(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

static int Say(object report)
{
    Console.WriteLine(report);
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("""
        web --data FOLDER [--write FILE.md | --no-pages]  the real program over HTTP and in Chromium, beside the bare database; an empty folder is filled with 100,000 contacts first
        lists --data FOLDER                  contact list, search and timeline through the use cases, on a seeded database
        palette --data FOLDER                the palette's whole query for ten kinds of input, then as writes, on a seeded database
        writes --data FOLDER                 what a contact, one of a new name, and an interaction take to write
        ledger --data FOLDER                 10,000 questions to a stand-in for a model that fails three times in ten: what is billed; a new folder is taken
        import --data FOLDER [--rows N]      files of 10,000 and 100,000 people imported beside a bulk write of the same rows, and a rep's saves during another; a new folder is taken
        import-kills --data FOLDER [--rows N] [--kills N] [--seed N]  an import and its undo by processes that are killed at steps drawn at random, and whether every row is there once; a new folder is taken
        import-worker --Data:Folder=FOLDER …  does bulk jobs, as one of those processes
        ask --Data:Folder=FOLDER …           asks a model what standard input says, as one of several processes on one database; settings as of the program
        night --data FOLDER [--contacts N [--asked N]]  a night over 100,000 contacts by the rules, the next one with nothing changed, and 3,000 contacts by a stand-in for a model; a new folder is filled first
        duplicates --data FOLDER [--contacts N | --companies N] [--seed N] [--held-out] [--predictions FILE]  2,000 duplicates among 100,000 contacts, or one in twenty of N companies: recall, precision, the full scan, single checks; a new folder is taken
        merge --data FOLDER [--interactions N]  two contacts made one and two again, of whom one has 5,000 interactions, while another writes; a new folder is taken
        conversations                        the rules analyst on conversations of growing length
        """);
    return 2;
}
