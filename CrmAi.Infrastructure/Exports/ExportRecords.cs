using System.Runtime.CompilerServices;
using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Exports;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Exports;

/// <summary>The records of an export, as the person who asked for it sees them now, a page at a time.</summary>
internal sealed class ExportRecords(IDbContextFactory<AppDbContext> databases, ICurrentUser user, IContacts contacts, ContactReading lists, IAccounts accounts, IInteractions interactions)
{
    private const int AtOnce = 200;

    /// <summary>How many there are now; counting stops one above <paramref name="most"/>.</summary>
    public async Task<int> CountAsync(ExportRequest request, int most, CancellationToken ct)
    {
        switch (request.Kind)
        {
            case ExportKind.Contacts when request.Ids is { } ids:
                await using (var db = await databases.CreateDbContextAsync(ct))
                {
                    var (named, asking) = (ids.Distinct().ToList(), await user.GetAsync(ct));
                    return await db.Contacts.VisibleTo(asking).CountAsync(c => named.Contains(c.Id), ct);
                }
            case ExportKind.Contacts:
                return await lists.CountAsync(request.Contacts ?? new(ContactScope.All), request.Except ?? [], most, ct);
            case ExportKind.Accounts:
                var viewer = await user.GetAsync(ct);
                await using (var db = await databases.CreateDbContextAsync(ct))
                    return await Accounts.AccountLists.Narrow(db, db.Accounts.VisibleTo(viewer), request.Accounts ?? new()).Take(most + 1).CountAsync(ct);
            default:
                return await interactions.CountAsync(request.ContactId!.Value, request.Timeline ?? new(), ct);
        }
    }

    public async IAsyncEnumerable<ExportedRecord> ReadAsync(ExportRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        var records = request switch
        {
            { Kind: ExportKind.Accounts } => AccountsAsync(request.Accounts ?? new(), ct),
            { Kind: ExportKind.Interactions, ContactId: { } contact } => InteractionsAsync(contact, request.Timeline ?? new(), ct),
            { Ids: { } ids } => NamedAsync([.. ids.Distinct()], ct),
            _ => ListedAsync(request.Contacts ?? new(ContactScope.All), [.. request.Except ?? []], ct),
        };
        await foreach (var record in records) yield return record;
    }

    // In the order in which they were made, whatever the list's is: one that people change while it is read would leave out some and give others twice.
    private async IAsyncEnumerable<ExportedRecord> ListedAsync(ContactQuery query, HashSet<Guid> except, [EnumeratorCancellation] CancellationToken ct)
    {
        query = query with { Order = ContactOrder.Created, Reversed = false };
        string? after = null;
        do
        {
            var page = (await contacts.PageAsync(query, after, AtOnce, ct)).Value;
            foreach (var contact in page.Items.Where(c => !except.Contains(c.Id))) yield return new(contact.Id) { Contact = contact };
            after = page.Next;
        }
        while (after is not null);
    }

    private async IAsyncEnumerable<ExportedRecord> NamedAsync(IReadOnlyList<Guid> ids, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var some in ids.Chunk(AtOnce))
        {
            var viewer = await user.GetAsync(ct);
            await using var db = await databases.CreateDbContextAsync(ct);
            var found = await db.Contacts.VisibleTo(viewer).Where(c => some.Contains(c.Id)).Read(db, viewer).ToListAsync(ct);
            var details = (await ContactRows.DetailsAsync(db, viewer, found, ct)).ToDictionary(d => d.Id);
            foreach (var id in some)
                if (details.TryGetValue(id, out var contact)) yield return new(id) { Contact = contact };
        }
    }

    private async IAsyncEnumerable<ExportedRecord> AccountsAsync(AccountQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        query = query with { Order = AccountOrder.Created };
        string? after = null;
        do
        {
            var page = (await accounts.PageAsync(query, after, AtOnce, ct)).Value;
            foreach (var account in page.Items) yield return new(account.Id) { Account = account };
            after = page.Next;
        }
        while (after is not null);
    }

    private async IAsyncEnumerable<ExportedRecord> InteractionsAsync(Guid contactId, TimelineFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        if (await contacts.GetAsync(contactId, ct) is not { } contact) yield break;
        string? after = null;
        do
        {
            var page = await interactions.TimelineAsync(contactId, filter, after, AtOnce, ct);
            if (!page.Succeeded) yield break;
            foreach (var item in page.Value.Items) yield return new(item.Id) { Contact = contact, Interaction = item };
            after = page.Value.Next;
        }
        while (after is not null);
    }
}

/// <summary>One row of an export.</summary>
internal sealed record ExportedRecord(Guid Id)
{
    /// <summary>Beside an interaction: with whom it was.</summary>
    public ContactDetail? Contact { get; init; }
    public AccountDetail? Account { get; init; }
    public TimelineItem? Interaction { get; init; }
}
