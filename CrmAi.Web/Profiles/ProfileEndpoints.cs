using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Profiles;

/// <summary>Profiles over the API.</summary>
internal static class ProfileEndpoints
{
    public static void MapProfiles(this IEndpointRouteBuilder api)
    {
        var profile = api.MapGroup("/contacts/{id:guid}/profile").WithTags("profiles");
        profile.MapGet("", async (IProfiles use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                await use.GetAsync(id, ct) is { } view ? Results.Ok(view) : Faults.Problem([Error.NotFound], text))
            .WithSummary("What is known of a contact: every statement with its confidence and the sentences it rests on. Levels are 0 to 100, confidence and quality 0 to 1; what the conversations do not carry is not said.")
            .Produces<ProfileView>().ProducesProblem(StatusCodes.Status404NotFound);
        profile.MapGet("/versions", async (IProfiles use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                await use.HistoryAsync(id, ct) is { } versions ? Results.Ok(versions) : Faults.Problem([Error.NotFound], text))
            .WithSummary("The newest 40 versions, newest first, each with what it changed and the sentences that changed it.").Produces<IReadOnlyList<ProfileVersion>>().ProducesProblem(StatusCodes.Status404NotFound);
        profile.MapPost("", async (HttpContext http, IProfiles use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.Done(http, await use.AnalyseAsync(id, ct), text))
            .WithSummary("Has the profile made anew, in the background.").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        profile.MapPost("/corrections", async (HttpContext http, IProfiles use, IStringLocalizer<Text> text, Guid id, Correction correction, CancellationToken ct) => ApiAnswers.Done(http, await use.CorrectAsync(id, correction, ct), text))
            .WithSummary("Says what is right in place of a statement, named by its `identity`; without `value` and `level`, that it is wrong.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        profile.MapDelete("/corrections/{correctionId:guid}", async (HttpContext http, IProfiles use, IStringLocalizer<Text> text, Guid id, Guid correctionId, CancellationToken ct) => ApiAnswers.Done(http, await use.WithdrawAsync(correctionId, ct), text))
            .WithSummary("Lets the analyst's statement hold again.").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
    }
}
