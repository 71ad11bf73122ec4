using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.BulkEdits;

/// <summary>Whom a bulk edit is about, at the time it starts.</summary>
internal sealed class BulkSelections(FieldCipher cipher)
{
    /// <summary>Once each, in the order of the list; one more than are allowed where there are more.</summary>
    public async Task<List<Guid>> OfAsync(AppDbContext db, Viewer viewer, BulkRequest request, CancellationToken ct)
    {
        if (request.All is not { } query) return [.. (request.Ids ?? []).Distinct().Take(BulkEdit.MaxContacts + 1)];
        var except = (request.Except ?? []).ToHashSet();
        var found = await ContactLists.Narrow(db, query, viewer).MatchingAsync(db, cipher, viewer, query.Search, ct);
        var (ids, most) = (new List<Guid>(), BulkEdit.MaxContacts + except.Count + 1);
        foreach (var part in ContactOrdering.Of(query).Parts(found, backwards: false))
        {
            if (ids.Count < most) ids.AddRange(await part.Select(c => c.Id).Take(most - ids.Count).ToListAsync(ct));
        }
        return [.. ids.Where(id => !except.Contains(id)).Take(BulkEdit.MaxContacts + 1)];
    }
}
