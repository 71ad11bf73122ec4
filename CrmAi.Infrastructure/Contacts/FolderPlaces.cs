using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>Where things stand in a folder. The end is the present time in milliseconds: behind all that came before, without looking for the last.</summary>
internal sealed class FolderPlaces(TimeProvider time) : ISavingRule
{
    // One save puts down many within a millisecond; a double of this size still tells 1/4096 apart.
    private const double Step = 1 / 1024d;

    /// <summary>A new contact, and one that comes into another folder or to another owner, stands last.</summary>
    public Task BeforeAsync(AppDbContext db, CancellationToken ct)
    {
        var end = End(time.GetUtcNow());
        foreach (var entry in db.ChangeTracker.Entries<Contact>())
        {
            var place = entry.Property(c => c.Position);
            var comes = entry.State == EntityState.Added ? place.CurrentValue == 0
                : (entry.Property(c => c.FolderId).IsModified || entry.Property(c => c.OwnerId).IsModified) && (!place.IsModified || place.CurrentValue == 0);
            if (comes) (place.CurrentValue, end) = (end, end + Step);
        }
        return Task.CompletedTask;
    }

    public static double End(DateTimeOffset now) => now.ToUnixTimeMilliseconds();

    /// <summary><paramref name="count"/> ascending places at the end.</summary>
    public static double[] AtEnd(DateTimeOffset now, int count) => [.. Enumerable.Range(0, count).Select(i => End(now) + (i * Step))];

    /// <summary>Ascending places between two; null where there is no room for so many.</summary>
    /// <param name="after">Null: before all.</param>
    public static double[]? Between(double? after, double before, int count)
    {
        var from = after ?? before - count - 1;
        var step = (before - from) / (count + 1);
        var places = Enumerable.Range(1, count).Select(i => from + (i * step)).ToArray();
        double[] all = [from, .. places, before];
        return all.Zip(all.Skip(1)).All(p => p.First < p.Second) ? places : null;
    }
}
