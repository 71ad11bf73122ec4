using System.Collections.Concurrent;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>
/// How long lists are. Counting a long one costs more than reading its rows, and scrolling asks again and again: a count holds until a save
/// in this process that may change it, and for a few seconds at most, for what other processes and bulk writers do.
/// </summary>
internal sealed class ContactCounts(TimeProvider time) : ISavingRule
{
    private const int MaxKept = 500;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Viewer, ContactQuery Query), (int Count, long Saves, long At)> kept = new();
    private long saves;

    public Task BeforeAsync(AppDbContext db, CancellationToken ct) => Task.CompletedTask;

    public Action? Committed(AppDbContext db) =>
        db.ChangeTracker.Entries().Any(e => e.State is not (EntityState.Unchanged or EntityState.Detached) && e.Entity is Contact or ContactTag or ContactShare or Domain.Accounts.Account or Domain.Users.User)
            ? () => Interlocked.Increment(ref saves) : null;

    public async Task<int> CountAsync(IQueryable<Contact> found, ContactQuery query, Viewer viewer, int limit, CancellationToken ct)
    {
        // All that decides what may be seen, beside the query; the order changes nothing.
        var key = ($"{viewer.Id} {viewer.Role} {string.Join(' ', viewer.TeamIds)}", query with { Order = default, Reversed = false });
        // Read before counting: a save meanwhile makes this count an old one.
        var now = Interlocked.Read(ref saves);
        if (kept.TryGetValue(key, out var last) && last.Saves == now && time.GetElapsedTime(last.At) < Fresh) return last.Count;
        var count = await found.Select(c => c.Id).Take(limit).CountAsync(ct);
        if (kept.Count >= MaxKept) kept.Clear();
        kept[key] = (count, now, time.GetTimestamp());
        return count;
    }
}
