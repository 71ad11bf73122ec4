using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.NextActions;

namespace CrmAi.Infrastructure.Scoring;

/// <summary>Goes over contacts: their scores, and what to do next with them. For one contact after a change, or for some dozens at a time as days pass.</summary>
internal sealed class ContactReviews(Suggestions suggestions)
{
    /// <summary>Within the caller's next save. Those the viewer may not see are left out; answers how many were gone over and how many scores moved.</summary>
    public async Task<(int Contacts, int Moved)> PutAsync(AppDbContext db, Viewer viewer, IReadOnlyCollection<Guid> contactIds, DateTime now, CancellationToken ct)
    {
        var sources = await ScoringSources.ReadAsync(db, viewer, contactIds, ct);
        var moved = await StoredScores.PutAsync(db, sources, now, viewer.TimeZone, ct);
        await suggestions.PutAsync(db, viewer, sources, now, ct);
        return (sources.Count, moved);
    }
}
