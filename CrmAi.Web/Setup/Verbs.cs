using System.Globalization;
using CrmAi.Infrastructure;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data.Seed;

namespace CrmAi.Web.Setup;

/// <summary>What the program does besides serving pages.</summary>
internal static class Verbs
{
    private const string Usage = """
        CrmAi.Web                                       serves the application
        CrmAi.Web migrate                               brings the database up to date
        CrmAi.Web keys FILE                             makes a key ring
        CrmAi.Web admin EMAIL NAME                      adds an administrator; the password is read from standard input
        CrmAi.Web seed [--contacts N --interactions N]  fills an empty database with demo data, or with many records (development only)
        CrmAi.Web audit                                 recomputes the chain over the change history
        CrmAi.Web evaluate conversations FILE.jsonl     measures the rules over labelled cases; --analyst model the model, --compare both side by side,
        CrmAi.Web evaluate profiles FILE.jsonl          --prompts FOLDER the model with other prompts, --predictions FILE what was said
        CrmAi.Web evaluate cards FOLDER                 measures the card reader over labelled pictures; --predictions FILE what was read
        Anywhere after the verb: --Section:Key=VALUE    a setting, which wins over file and environment
        """;

    /// <summary>The exit code, or null where no verb is given.</summary>
    public static async Task<int?> RunAsync(string[] args)
    {
        if (args.Length == 0 || args[0].StartsWith('-')) return args is ["--help"] ? Say(Usage, 0) : null;
        if (Take(ref args) is not { } settings) return Say(Usage, 2);
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) => { pressed.Cancel = true; stop.Cancel(); };
        try
        {
            return args switch
            {
                ["keys", var file] => MakeKeys(file),
                ["evaluate", "conversations" or "profiles", var file, .. var options] => await EvaluateAsync(args[1], EvaluationOrder.Read(file, options), settings, stop.Token),
                ["evaluate", "cards", var folder] => await Operations.EvaluateCardsAsync(Application.Settings(settings), folder, null, Console.Out, stop.Token),
                ["evaluate", "cards", var folder, "--predictions", var file] => await Operations.EvaluateCardsAsync(Application.Settings(settings), folder, file, Console.Out, stop.Token),
                ["migrate"] => await WithAppAsync(settings, app => MigrateAsync(app, stop.Token)),
                ["admin", var email, var name] => await WithAppAsync(settings, app => AddAdministratorAsync(app, email, name, stop.Token)),
                ["audit"] => await WithAppAsync(settings, app => VerifyAsync(app, stop.Token)),
                ["seed", .. var options] => await WithAppAsync(settings, app => SeedAsync(app, options, stop.Token)),
                ["help"] => Say(Usage, 0),
                _ => Say(Usage, 2),
            };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { return Say("Cancelled.", 130); }
        catch (Exception fault) when (fault is InvalidOperationException or IOException) { return Say(fault.Message, 1); }
    }

    // A setting has a colon in its name, an option of a verb has none. Null where one comes without its value.
    private static string[]? Take(ref string[] args)
    {
        var (settings, others) = (new List<string>(), new List<string>());
        for (var at = 0; at < args.Length; at++)
        {
            if (!args[at].StartsWith("--", StringComparison.Ordinal) || !args[at].Split('=')[0].Contains(':')) others.Add(args[at]);
            else if (args[at].Contains('=')) settings.Add(args[at]);
            else if (at + 1 < args.Length && !args[at + 1].StartsWith("--", StringComparison.Ordinal)) settings.Add($"{args[at]}={args[++at]}");
            else return null;
        }
        args = [.. others];
        return [.. settings];
    }

    private static async Task<int> EvaluateAsync(string what, EvaluationOrder? order, string[] settings, CancellationToken ct)
    {
        if (order is null) return Say(Usage, 2);
        Func<IModelCalls?, Task<int>> evaluate = calls => what == "profiles"
            ? Operations.EvaluateProfilesAsync(Application.Settings(settings), order, calls, Console.Out, ct) : Operations.EvaluateConversationsAsync(Application.Settings(settings), order, calls, Console.Out, ct);
        if (!order.NeedsModel) return await evaluate(null);
        return await WithAppAsync(settings, async app =>
        {
            // What is asked is paid for, and so on record.
            var databases = app.Services.GetRequiredService<IDatabases>();
            if (databases.MigratesItself) await databases.MigrateAsync(ct);
            return await evaluate(app.Services.GetRequiredService<IModelCalls>());
        });
    }

    private static async Task<int> WithAppAsync(string[] settings, Func<WebApplication, Task<int>> verb)
    {
        await using var app = Application.Build(settings);
        return await verb(app);
    }

    private static int MakeKeys(string file) =>
        Operations.MakeKeyRing(file) ? Say($"{file} made. Keep a copy outside the database: without it, encrypted fields are lost.", 0) : Say($"{file} exists and was left as it is.", 1);

    private static async Task<int> MigrateAsync(WebApplication app, CancellationToken ct)
    {
        var applied = await app.Services.GetRequiredService<IDatabases>().MigrateAsync(ct);
        return Say(applied.Count == 0 ? "Nothing to do." : "Applied " + string.Join(", ", applied), 0);
    }

    private static async Task<int> AddAdministratorAsync(WebApplication app, string email, string name, CancellationToken ct)
    {
        Console.Error.Write("Password: ");
        var password = await Console.In.ReadLineAsync(ct) ?? "";
        await using var scope = app.Services.CreateAsyncScope();
        var problems = await scope.ServiceProvider.GetRequiredService<IAdministrators>().AddAsync(email, name, password, ct);
        return problems.Count == 0 ? Say($"{email} may sign in.", 0) : Say(string.Join(Environment.NewLine, problems), 1);
    }

    private static async Task<int> VerifyAsync(WebApplication app, CancellationToken ct)
    {
        var found = await app.Services.GetRequiredService<IAuditChain>().VerifyAsync(ct);
        return found.BrokenAt is { } broken ? Say($"Broken at seal {broken}.", 1) : Say($"{found.ChangeSets:N0} change sets under {found.Seals:N0} seals: intact.", 0);
    }

    private static async Task<int> SeedAsync(WebApplication app, string[] options, CancellationToken ct)
    {
        if (!app.Environment.IsDevelopment()) return Say("Demo data is for development only: set ASPNETCORE_ENVIRONMENT=Development.", 1);
        var databases = app.Services.GetRequiredService<IDatabases>();
        if (databases.MigratesItself) await databases.MigrateAsync(ct);
        var (contacts, interactions) = (Number(options, "--contacts"), Number(options, "--interactions"));
        var seed = app.Services.GetRequiredService<IDemoSeed>();
        var progress = new ConsoleProgress(Console.Out);
        if (await databases.IsEmptyAsync(ct)) await seed.SeedDemoAsync(progress, ct);
        else if (contacts + interactions == 0) return Say("The database is not empty; nothing was added.", 1);
        if (contacts + interactions > 0) await seed.SeedManyAsync(contacts, interactions, progress, ct);
        await databases.MeasureAsync(ct);
        return Say("Done.", 0);
    }

    private static int Number(string[] options, string name)
    {
        var at = Array.IndexOf(options, name);
        if (at < 0) return 0;
        return at + 1 < options.Length && int.TryParse(options[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 10_000_000
            ? number : throw new InvalidOperationException($"{name} takes a number up to 10,000,000.");
    }

    private static int Say(string text, int code)
    {
        (code == 0 ? Console.Out : Console.Error).WriteLine(text);
        return code;
    }
}
