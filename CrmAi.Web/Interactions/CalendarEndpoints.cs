using System.Text;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Interactions;

internal static class CalendarEndpoints
{
    /// <summary>An appointment for one's own calendar.</summary>
    public static void MapCalendar(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/interactions/{id:guid}/calendar.ics", async (HttpContext http, IInteractions use, IContacts contacts, IStringLocalizer<Text> text, TimeProvider time, Guid id, CancellationToken ct) =>
        {
            if (await use.GetAsync(id, ct) is not { Fields.IsScheduled: true } item || await contacts.GetAsync(item.ContactId, ct) is not { } contact) return Results.NotFound();
            var summary = string.Join(" · ", new[] { contact.Fields.Name, text.Of(item.Fields.Type), item.Fields.Subject }.Where(t => !string.IsNullOrEmpty(t)));
            var address = $"{http.Request.Scheme}://{http.Request.Host}/contacts/{item.ContactId}?interaction={item.Id}";
            return Results.File(Encoding.UTF8.GetBytes(CalendarFile.Of(item, summary, address, time.GetUtcNow().UtcDateTime)), "text/calendar; charset=utf-8", "appointment.ics");
        });
}
