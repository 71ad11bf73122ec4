using System.Diagnostics;
using System.Globalization;
using System.Text;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Bench;

/// <summary>One import and its undo, by processes that are killed.</summary>
internal static class KilledImports
{
    public static async Task<bool> RunAsync(string folder, int rows, int kills, int seed, TextWriter told)
    {
        Directory.CreateDirectory(folder);
        await using var services = Imports.Services(folder);
        await services.GetRequiredService<IDatabases>().MigrateAsync(default);
        var rep = await Imports.RepAsync(services, default);
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IActAs>().ActAs(_ => new(rep.Id), ChangeOrigin.Page);
        var imports = scope.ServiceProvider.GetRequiredService<IImports>();
        await using var file = new MemoryStream(Encoding.UTF8.GetBytes(Imports.People(rows, 0)));
        var id = (await imports.UploadAsync("people.csv", file, null, default)).Value.Summary.Id;
        Imports.Must((await imports.CheckAsync(id, default)).Errors);
        foreach (var lane in (JobLane[])[JobLane.Person, JobLane.Bulk]) await services.GetRequiredService<Workers>().DrainAsync(lane, default);

        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var killing = new ImportKills(Path.Combine(AppContext.BaseDirectory, "CrmAi.Bench.dll"), Path.GetFullPath(folder), [], new(seed), () => db.Database.ExecuteSqlRawAsync(ImportKills.Release));
        await told.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"seed {seed}"));
        Imports.Must((await imports.RunAsync(id, default)).Errors);
        var began = Stopwatch.GetTimestamp();
        var killed = await killing.RunAsync(kills);
        var (contacts, companies, entries) = (await db.Contacts.CountAsync(), await db.Accounts.CountAsync(), await db.ChangeEntries.CountAsync(e => e.RecordType == "Contact"));
        var (numbers, unfound) = (await db.Contacts.Select(c => c.Index.Mobile).Distinct().CountAsync(), await db.Contacts.CountAsync(c => !db.ContactTerms.Any(t => t.ContactId == c.Id)));
        var isWhole = (contacts, numbers, entries, unfound) == (rows, rows, rows, 0) && companies == (rows + 7) / 8;
        await told.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{rows:N0} rows, killed {killed.Count} times in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s, at steps {string.Join(' ', killed)}: {contacts:N0} contacts with {numbers:N0} numbers, {companies:N0} companies, {entries:N0} entries, {unfound} that nobody finds"));

        Imports.Must((await imports.UndoAsync(id, default)).Errors);
        began = Stopwatch.GetTimestamp();
        killed = await killing.RunAsync(kills);
        var (left, terms, gone) = (await db.Contacts.CountAsync(c => c.DeletedAt == null), await db.ContactTerms.CountAsync() + await db.AccountTerms.CountAsync(), await db.ChangeEntries.CountAsync(e => e.RecordType == "Contact" && e.Kind == Domain.History.ChangeKind.Deleted));
        await told.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"taken back, killed {killed.Count} times in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s: {left} left, {terms} terms left, {gone:N0} entries"));
        return isWhole && (left, terms, gone) == (0, 0, rows);
    }
}
