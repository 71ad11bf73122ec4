using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Scoring;
using CrmAi.Infrastructure.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmAi.Infrastructure.NightRuns;

/// <summary>Brings scores and suggested steps of a batch's contacts up to date, each on behalf of its owner, whose day and whose steps they are.</summary>
internal sealed class NightReviews(IDbContextFactory<AppDbContext> contexts, IServiceScopeFactory scopes, ContactReviews reviews, TimeProvider time, ILogger<NightReviews> log)
{
    /// <summary>Doing it twice changes nothing. Answers the contacts that could not be gone over.</summary>
    public async Task<IReadOnlyList<Guid>> RunAsync(IEnumerable<(Guid ContactId, Guid OwnerId)> contacts, CancellationToken ct)
    {
        var failed = new List<Guid>();
        foreach (var owned in contacts.GroupBy(c => c.OwnerId, c => c.ContactId))
        {
            var viewer = await ViewerAsync(owned.Key, ct);
            if (await PutAsync(viewer, [.. owned], ct)) continue;
            // One of them is at fault: each by itself.
            foreach (var contact in owned)
            {
                if (!await PutAsync(viewer, [contact], ct)) failed.Add(contact);
            }
        }
        return failed;
    }

    public async Task<Viewer> ViewerAsync(Guid userId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var user = scope.ServiceProvider.GetRequiredService<CurrentUser>();
        user.ActAs(userId, ChangeOrigin.Job);
        return await user.GetAsync(ct);
    }

    private async Task<bool> PutAsync(Viewer viewer, IReadOnlyList<Guid> contacts, CancellationToken ct)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await reviews.PutAsync(db, viewer, contacts, time.GetUtcNow().UtcDateTime, ct);
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException fault) when (contacts.Count == 1)
        {
            log.LogInformation(fault, "Contact {Contact} was gone over by a job of the day at the same moment", contacts[0]);
            return true;
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            log.LogWarning(fault, "{Count} contacts could not be gone over by night", contacts.Count);
            return false;
        }
    }
}
