using CrmAi.Domain.NextActions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Scoring;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.NextActions;

/// <summary>Puts suggestions together for pages: only of contacts that the reader may see, with only such quotes.</summary>
internal static class SuggestionViews
{
    public static async Task<IReadOnlyDictionary<Guid, SuggestionView>> OfAsync(AppDbContext db, Viewer viewer, IReadOnlyList<SuggestedAction> rows, DateTime now, CancellationToken ct)
    {
        var ids = rows.Select(r => r.ContactId).Distinct().ToList();
        var contacts = await db.Contacts.VisibleTo(viewer).AsNoTracking().Include(c => c.Shares).Include(c => c.Account).AsSplitQuery().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        var texts = await CitedTexts.ReadAsync(db, viewer, rows.Where(r => contacts.ContainsKey(r.ContactId)).Select(r => r.InteractionId).OfType<Guid>(), ct);
        return rows.Where(r => contacts.ContainsKey(r.ContactId)).ToDictionary(r => r.Id, r =>
        {
            var contact = contacts[r.ContactId];
            return new SuggestionView(r.Id, r.ContactId, contact.Name, contact.Account is { DeletedAt: null } account ? account.ShortName ?? account.Name : null, r.Kind, r.Reason, r.Value,
                r.Evidence is { } evidence ? texts.Quote(evidence, r.ContactId, r.Text) : null, r.ExpectedMinor, r.Currency, r.Intent, r.BestAt, r.TimeIsLearnt, r.Channel, r.DueOn,
                r.IsOpen(now) ? SuggestionState.Open : r.State, r.SnoozedUntil, r.DecidedAt, r.RejectReason, r.RejectNote, r.TaskId, r.AppointmentId, viewer.MayChange(contact) && viewer.May(Operation.WriteInteractions));
        });
    }
}
