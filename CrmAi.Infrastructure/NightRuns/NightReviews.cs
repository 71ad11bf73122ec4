using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Scoring;
using CrmAi.Infrastructure.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmAi.Infrastructure.NightRuns;

/// <summary>Brings scores and suggested steps of a batch's contacts up to date, by the day and the working hours of each one's owner.</summary>
internal sealed class NightReviews(IDbContextFactory<AppDbContext> contexts, IServiceScopeFactory scopes, ContactReviews reviews, TimeProvider time, ILogger<NightReviews> log)
{
    /// <summary>Doing it twice changes nothing. Answers the contacts that could not be gone over.</summary>
    public async Task<IReadOnlyList<Guid>> RunAsync(IReadOnlyList<Guid> contacts, CancellationToken ct)
    {
        if (contacts.Count == 0 || await TogetherAsync(contacts, ct)) return [];
        // One of them is at fault, or was gone over by day at the same moment: each by itself.
        var failed = new List<Guid>();
        foreach (var contact in contacts)
        {
            if (!await AloneAsync(contact, ct)) failed.Add(contact);
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

    private async Task<bool> TogetherAsync(IReadOnlyList<Guid> contacts, CancellationToken ct)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await reviews.WriteAsync(db, NightChoice.Viewer, contacts, time.GetUtcNow().UtcDateTime, ct);
            return true;
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            log.LogInformation(fault, "{Count} contacts could not be gone over together by night", contacts.Count);
            return false;
        }
    }

    private async Task<bool> AloneAsync(Guid contact, CancellationToken ct)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await reviews.PutAsync(db, NightChoice.Viewer, [contact], time.GetUtcNow().UtcDateTime, ct);
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException fault)
        {
            log.LogInformation(fault, "Contact {Contact} was gone over by a job of the day at the same moment", contact);
            return true;
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            log.LogWarning(fault, "Contact {Contact} could not be gone over by night", contact);
            return false;
        }
    }
}
