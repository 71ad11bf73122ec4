using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
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
        contacts.MapGet("/{id:guid}", async (HttpContext http, IContacts use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                ApiAnswers.Record(http, await use.GetAsync(id, ct), c => c.Version, text))
            .WithSummary("One contact; its version is the ETag.").Produces<ContactDetail>().ProducesProblem(StatusCodes.Status404NotFound);
        contacts.MapPost("", async (HttpContext http, IContacts use, IStringLocalizer<Text> text, ContactEdit contact, CancellationToken ct) =>
                ApiAnswers.Created(http, await use.AddAsync(contact, ct), "/api/v1/contacts", text))
            .WithSummary("Adds a contact owned by the token's user.").Produces<Saved>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }
}
