using System.Diagnostics;
using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure;
using CrmAi.Infrastructure.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Bench;

/// <param name="Merged">What somebody waits for it, and the longest that another's write waited meanwhile; likewise <paramref name="Undone"/>.</param>
internal sealed record MergeReport(int Interactions, (TimeSpan Took, TimeSpan Waited) Merged, (TimeSpan Took, TimeSpan Waited) Undone)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        {Interactions:N0} interactions of the loser
        merge {Merged.Took.TotalMilliseconds:F0} ms, another's write waited {Merged.Waited.TotalMilliseconds:F0} ms at the longest
        undo {Undone.Took.TotalMilliseconds:F0} ms, another's write waited {Undone.Waited.TotalMilliseconds:F0} ms at the longest
        """);
}

/// <summary>How long merging two contacts with very much behind them keeps others from writing.</summary>
internal static class Merges
{
    public static async Task<MergeReport> RunAsync(string folder, int interactions, CancellationToken ct = default)
    {
        Directory.CreateDirectory(folder);
        await using var services = DuplicateRuns.Services(folder);
        await services.GetRequiredService<IDatabases>().MigrateAsync(ct);
        var contexts = services.GetRequiredService<IDbContextFactory<AppDbContext>>();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var admin = await DuplicateRuns.AdminAsync(db, DateTime.UtcNow, ct);
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IActAs>().ActAs(_ => new(admin.Id), ChangeOrigin.Page);
        var (contacts, use) = (scope.ServiceProvider.GetRequiredService<IContacts>(), scope.ServiceProvider.GetRequiredService<IMerges>());
        var ids = new List<Guid>();
        foreach (var (name, count) in ((string, int)[])[("先热身", 200), ("热身先", 1), ("张三丰", interactions), ("三丰张", 200)])
        {
            ids.Add((await contacts.AddAsync(new() { Name = name, Mobile = "13812345678" }, ct)).Value.Id);
            await FillAsync(db, admin.Id, ids[^1], count, ct);
        }
        var connection = db.Database.GetConnectionString()!;
        await MergeAsync(use, connection, ids[1], ids[0], ct);
        var (merged, set) = await MergeAsync(use, connection, ids[3], ids[2], ct);
        var undone = await WatchAsync(connection, async () => (await use.UndoAsync(set, ct)).Succeeded, ct);
        return new(interactions, merged, undone);
    }

    private static async Task<((TimeSpan, TimeSpan), Guid)> MergeAsync(IMerges use, string connection, Guid survivor, Guid loser, CancellationToken ct)
    {
        var preview = (await use.PreviewAsync(MergeKind.Contact, survivor, loser, ct)).Value;
        Saved? saved = null;
        var times = await WatchAsync(connection, async () => (saved = (await use.MergeAsync(MergeKind.Contact, new(survivor, preview.Survivor.Version, loser, preview.Loser.Version), ct)).Value) is not null, ct);
        return (times, saved!.ChangeSetId);
    }

    private static async Task FillAsync(AppDbContext db, Guid author, Guid contact, int count, CancellationToken ct)
    {
        var bulk = new BulkWriter(db);
        var now = DateTime.UtcNow;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await bulk.WriteAsync(Enumerable.Range(0, count).Select(i => new Interaction
        {
            ContactId = contact, AuthorId = author, Type = InteractionType.Call, At = now.AddHours(-i), Content = string.Create(CultureInfo.InvariantCulture, $"第 {i} 次聊：价格再看看，下周二之前给方案，样机先试一周。"), CreatedAt = now, UpdatedAt = now, Version = 1,
        }), ct);
        await transaction.CommitAsync(ct);
    }

    // Another takes the database's one place for writing again and again, and notes how long it waited.
    private static async Task<(TimeSpan Took, TimeSpan Waited)> WatchAsync(string connection, Func<Task<bool>> act, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watching = Task.Run(async () =>
        {
            var longest = TimeSpan.Zero;
            await using var mine = new SqliteConnection(connection);
            await mine.OpenAsync(CancellationToken.None);
            while (!stop.IsCancellationRequested)
            {
                var began = Stopwatch.GetTimestamp();
                await using (var transaction = mine.BeginTransaction(deferred: false)) await transaction.CommitAsync(CancellationToken.None);
                longest = Stopwatch.GetElapsedTime(began) is var waited && waited > longest ? waited : longest;
                await Task.Delay(2, CancellationToken.None);
            }
            return longest;
        }, ct);
        var start = Stopwatch.GetTimestamp();
        if (!await act()) throw new InvalidOperationException("It was refused.");
        var took = Stopwatch.GetElapsedTime(start);
        await stop.CancelAsync();
        return (took, await watching);
    }
}
