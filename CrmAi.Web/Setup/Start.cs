using CrmAi.Infrastructure;
using CrmAi.Infrastructure.Data.Seed;

namespace CrmAi.Web.Setup;

/// <summary>What must be true before the first request: a current database, no demo people in production, demo data in development.</summary>
internal static class Start
{
    /// <exception cref="InvalidOperationException">The application must not run so; the message says why and what to do.</exception>
    public static async Task PrepareAsync(WebApplication app, CancellationToken ct = default)
    {
        var databases = app.Services.GetRequiredService<IDatabases>();
        if (databases.MigratesItself) await databases.MigrateAsync(ct);
        else if (!await databases.IsCurrentAsync(ct)) throw new InvalidOperationException("The database is out of reach or lacks migrations. Check ConnectionStrings:SqlServer, then run the verb 'migrate'.");

        if (app.Environment.IsDevelopment())
        {
            if (app.Configuration.GetValue("Demo:Seed", true) && await databases.IsEmptyAsync(ct))
                await app.Services.GetRequiredService<IDemoSeed>().SeedDemoAsync(new ConsoleProgress(Console.Out), ct);
        }
        else if (await databases.HasDemoPeopleAsync(ct))
        {
            throw new InvalidOperationException("The database holds demo people, whose password anyone can read in the source. Remove them, or point ConnectionStrings to another database.");
        }
    }
}

/// <summary>Progress as a line that rewrites itself, or a line now and then where the output is a file.</summary>
internal sealed class ConsoleProgress(TextWriter output) : IProgress<SeedProgress>
{
    private DateTime last;

    public void Report(SeedProgress value)
    {
        var now = DateTime.UtcNow;
        if (value.Done < value.Total && now - last < TimeSpan.FromSeconds(Console.IsOutputRedirected ? 5 : 0.2)) return;
        last = now;
        var line = $"{value.What}: {value.Done:N0} / {value.Total:N0}";
        if (Console.IsOutputRedirected || value.Done >= value.Total) output.WriteLine(Console.IsOutputRedirected ? line : $"\r{line}    ");
        else output.Write($"\r{line}    ");
    }
}
