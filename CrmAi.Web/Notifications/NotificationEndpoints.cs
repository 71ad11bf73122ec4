using CrmAi.Domain.Notifications;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Notifications;

/// <summary>One's notifications over the API.</summary>
internal static class NotificationEndpoints
{
    public static void MapNotifications(this IEndpointRouteBuilder api)
    {
        var told = api.MapGroup("/notifications").WithTags("notifications");
        told.MapGet("", async (INotifications use, IStringLocalizer<Text> text, bool? unread, string? after, int? limit, CancellationToken ct) => ApiAnswers.Page(await use.ListAsync(unread == true, after, limit ?? 50, ct), text))
            .WithSummary("One's own notifications, newest first, kept for 30 days. `limit` is from 1 to 200, and taken as the nearest of them; pass `next` as `after` to read on. Of a record that is `gone` nothing is named.")
            .Produces<Page<NotificationRow>>();
        told.MapPost("/{id:guid}/read", async (HttpContext http, INotifications use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.Done(http, await use.ReadAsync(id, ct), text))
            .WithSummary("Marks one as read; one that is read already stays so.").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
        told.MapPost("/read", async (HttpContext http, INotifications use, IStringLocalizer<Text> text, CancellationToken ct) => ApiAnswers.Done(http, await use.ReadAllAsync(ct), text))
            .WithSummary("Marks all as read.").Produces(StatusCodes.Status204NoContent);
    }
}
