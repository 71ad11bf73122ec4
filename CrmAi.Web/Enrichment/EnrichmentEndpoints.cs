using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Enrichment;

/// <summary>The register of companies and the search for people over the API.</summary>
internal static class EnrichmentEndpoints
{
    public static void MapEnrichment(this IEndpointRouteBuilder api)
    {
        Searches(api.MapGroup("/enrichment").WithTags("enrichment"));
        var registry = api.MapGroup("/accounts/{id:guid}/registry").WithTags("enrichment");
        registry.MapGet("", async (IRegistryEntries use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => await use.GetAsync(id, ct) is { } view ? Results.Ok(view) : Faults.Problem([Error.NotFound], text))
            .WithSummary("What the register says of a company, from which source and when, who chose it, and where the company's own fields differ. `entry` is null where nothing was chosen.").Produces<RegistryView>().ProducesProblem(StatusCodes.Status404NotFound);
        Changes(registry.MapPut("", async (HttpContext http, IRegistryEntries use, IStringLocalizer<Text> text, Guid id, RegistryChoice choice, CancellationToken ct) => ApiAnswers.Saved(http, await use.PickAsync(id, choice.LookUpId, choice.SourceId, ct), text)),
            "Takes a candidate of one's own search for this company; the rest of what the register says follows.").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        Changes(registry.MapDelete("", (HttpContext http, IRegistryEntries use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.DeletedAsync(http, version => use.RemoveAsync(id, ct, version), text)), "Takes it off; If-Match may name the version that taking it answered with.").ProducesProblem(StatusCodes.Status412PreconditionFailed);
        registry.MapPost("/refresh", async (IRegistryEntries use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => await use.RefreshAsync(id, ct) is var asked && asked.Succeeded ? Results.Accepted() : Faults.Problem(asked.Errors, text))
            .WithSummary("Has the source asked again; the answer follows.").Produces(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        registry.MapPost("/verify", async (IRegistryEntries use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => await use.VerifyAsync(id, ct) is var asked && asked.Succeeded ? Results.Accepted() : Faults.Problem(asked.Errors, text))
            .WithSummary("Has the source told whether the company's name, as kept here, belongs to the registration's credit code and representative; `entry.verification` follows.").Produces(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        var confirmation = api.MapGroup("/contacts/{id:guid}/confirmation").WithTags("enrichment");
        confirmation.MapGet("", async (INameConfirmations use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => await use.GetAsync(id, ct) is { } view ? Results.Ok(view) : Faults.Problem([Error.NotFound], text))
            .WithSummary("The public page by which somebody confirmed who a contact is; without the page itself for those who may not read personal details.").Produces<NameConfirmationView>().ProducesProblem(StatusCodes.Status404NotFound);
        Changes(confirmation.MapPut("", async (HttpContext http, INameConfirmations use, IStringLocalizer<Text> text, Guid id, RegistryChoice choice, CancellationToken ct) => ApiAnswers.Saved(http, await use.PickAsync(id, choice.LookUpId, choice.SourceId, ct), text)),
            "Takes a page of one's own search for this contact.").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        Changes(confirmation.MapDelete("", (HttpContext http, INameConfirmations use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.DeletedAsync(http, version => use.RemoveAsync(id, ct, version), text)), "Takes it off; If-Match may name the version that taking it answered with.").ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static void Searches(RouteGroupBuilder searches)
    {
        searches.MapGet("", async (ILookUps use, CancellationToken ct) => Results.Ok(await use.StatusAsync(ct))).WithSummary("Which outside services are set up, and how many requests are left today.").Produces<EnrichmentStatus>();
        searches.MapPost("/searches", async (ILookUps use, IStringLocalizer<Text> text, OutsideSearch search, CancellationToken ct) =>
                await use.BeginAsync(new(search.Kind, search.Name, search.Company, search.Person, search.Job, search.City), search.RecordId, ct) is var begun && begun.Succeeded
                    ? Results.Accepted($"/api/v1/enrichment/searches/{begun.Value}", new BegunSearch(begun.Value)) : Faults.Problem(begun.Errors, text))
            .WithSummary("Begins a search for a company or a person, for a record that one may change or for none yet; its candidates are read at the address in Location.").Produces<BegunSearch>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        searches.MapGet("/searches/{id:guid}", async (ILookUps use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => await use.GetAsync(id, ct) is { } view ? Results.Ok(view) : Faults.Problem([Error.NotFound], text))
            .WithSummary("One's own search: whether it is done, and its candidates, the likeliest first.").Produces<LookUpView>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static RouteHandlerBuilder Changes(RouteHandlerBuilder change, string summary) =>
        change.WithSummary(summary).Produces<Saved>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    /// <param name="LookUpId">One's own search.</param>
    private sealed record RegistryChoice(Guid LookUpId, string SourceId);

    private sealed record OutsideSearch(LookUpKind Kind, string Name, string? Company = null, string? Person = null, string? Job = null, string? City = null, Guid? RecordId = null);

    private sealed record BegunSearch(Guid Id);
}
