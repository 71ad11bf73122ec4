using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Shared;
using CrmAi.Web.Duplicates;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Contacts;

/// <summary>Contacts over the API.</summary>
internal static class ContactEndpoints
{
    public static void MapContacts(this IEndpointRouteBuilder api)
    {
        var contacts = api.MapGroup("/contacts").WithTags("contacts");
        contacts.MapGet("", async (IContacts use, IStringLocalizer<Text> text, [AsParameters] ContactListing listing, CancellationToken ct) =>
                listing.Query() is { Succeeded: true } query ? ApiAnswers.Page(await use.PageAsync(query.Value, listing.After, listing.Limit ?? 50, ct), text) : Faults.Problem(listing.Query().Errors, text))
            .WithSummary("Contacts one may see, page by page; pass `next` as `after` to read on. All conditions must hold.").Produces<Page<ContactDetail>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        contacts.MapGet("/{id:guid}", async (HttpContext http, IContacts use, IMerges merges, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                await use.GetAsync(id, ct) is { } contact ? ApiAnswers.Record(http, contact, c => c.Version, text) : await DuplicateEndpoints.SurvivorAsync(merges, MergeKind.Contact, id, ct) ?? ApiAnswers.Record(http, (ContactDetail?)null, c => c.Version, text))
            .WithSummary("One contact; its version is the ETag. The address of one that was merged leads on (307) to the one it is part of.").Produces<ContactDetail>().Produces(StatusCodes.Status307TemporaryRedirect).ProducesProblem(StatusCodes.Status404NotFound);
        contacts.MapPost("", async (HttpContext http, IContacts use, IStringLocalizer<Text> text, ContactEdit contact, CancellationToken ct) =>
                ApiAnswers.Created(http, await use.AddAsync(contact, ct), "/api/v1/contacts", text))
            .WithSummary("Adds a contact owned by the token's user.").Produces<Saved>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        contacts.MapPut("/{id:guid}", (HttpContext http, IContacts use, IStringLocalizer<Text> text, Guid id, ContactEdit contact, CancellationToken ct) =>
                ApiAnswers.UpdatedAsync(http, version => use.UpdateAsync(id, version, contact, ct), text))
            .WithSummary("Replaces a contact's fields; If-Match names the version that was read.").Produces<Saved>().ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        contacts.MapDelete("/{id:guid}", (HttpContext http, IContacts use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                ApiAnswers.DeletedAsync(http, version => use.DeleteAsync(id, ct, version), text))
            .WithSummary("Deletes a contact with its interactions; it can be restored for 30 days. An If-Match, where there is one, must name its version.").Produces<Saved>()
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        Command(contacts, HttpMethods.Post, "/restore", "Brings back a contact deleted within 30 days.", (use, id, ct) => use.RestoreAsync(id, ct));
        Command(contacts, HttpMethods.Post, "/archive", "Takes a contact out of the lists.", (use, id, ct) => use.ArchiveAsync(id, true, ct));
        Command(contacts, HttpMethods.Post, "/unarchive", "Puts an archived contact back into the lists.", (use, id, ct) => use.ArchiveAsync(id, false, ct));
        contacts.MapPost("/{id:guid}/assign", async (HttpContext http, IContacts use, IStringLocalizer<Text> text, Guid id, Assignment to, CancellationToken ct) =>
                ApiAnswers.Saved(http, await use.AssignAsync(id, to.OwnerId, ct), text))
            .WithSummary("Gives a contact to a colleague.").Produces<Saved>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        contacts.MapPut("/{id:guid}/shares", async (HttpContext http, IContacts use, IStringLocalizer<Text> text, Guid id, Sharing sharing, CancellationToken ct) =>
                ApiAnswers.Saved(http, await use.ShareAsync(id, sharing.Shares, ct), text))
            .WithSummary("Says anew who sees a contact beyond its visibility.").Produces<Saved>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        contacts.MapContactPhotos();
    }

    private static void Command(RouteGroupBuilder contacts, string method, string path, string summary, Func<IContacts, Guid, CancellationToken, Task<Result<Saved>>> command) =>
        contacts.MapMethods($"/{{id:guid}}{path}", [method], async (HttpContext http, IContacts use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.Saved(http, await command(use, id, ct), text))
            .WithSummary(summary).Produces<Saved>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);

    private sealed record Assignment(Guid OwnerId);

    private sealed record Sharing
    {
        public required IReadOnlyList<ShareEdit> Shares { get; init; }
    }
}
