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
        var found = ContactLists.Narrow(db.Contacts.VisibleTo(viewer), query, viewer).Matching(db, cipher, viewer, query.Search);
        var ids = await ContactLists.Ordered(found, query.Order).Select(c => c.Id).Take(BulkEdit.MaxContacts + except.Count + 1).ToListAsync(ct);
        return [.. ids.Where(id => !except.Contains(id)).Take(BulkEdit.MaxContacts + 1)];
    }
}
