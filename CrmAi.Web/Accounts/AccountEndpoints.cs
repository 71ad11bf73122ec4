using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Shared;
using CrmAi.Web.Duplicates;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Accounts;

/// <summary>Companies over the API.</summary>
internal static class AccountEndpoints
{
    private const string Path = "/api/v1/accounts";

    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("accounts");
        Reads(accounts);
        Changes(accounts);
    }

    private static void Reads(RouteGroupBuilder accounts)
    {
        accounts.MapGet("", async (IAccounts use, IStringLocalizer<Text> text, string? search, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "class")] AccountClass? grade, string? industry, Lifecycle? lifecycle,
                Guid? ownerId, bool? archived, AccountOrder? order, string? after, int? limit, CancellationToken ct) =>
                ApiAnswers.Page(await use.PageAsync(new(search, grade, industry, lifecycle, ownerId, archived ?? false, order ?? AccountOrder.Created), after, limit ?? 50, ct), text))
            .WithSummary("Companies one may see, the newest first or in the `order` asked for; pass `next` as `after` to read on, with the same order. An empty `industry` asks for those without one. `limit` is from 1 to 200, and taken as the nearest of them.")
            .Produces<Page<AccountDetail>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        accounts.MapGet("/{id:guid}", async (HttpContext http, IAccounts use, IMerges merges, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                await use.GetAsync(id, ct) is { } account ? ApiAnswers.Record(http, account, a => a.Version, text) : await DuplicateEndpoints.SurvivorAsync(merges, MergeKind.Account, id, ct) ?? ApiAnswers.Record(http, (AccountDetail?)null, a => a.Version, text))
            .WithSummary("One company; its version is the ETag. The address of one that was merged leads on (307) to the one it is part of.").Produces<AccountDetail>().Produces(StatusCodes.Status307TemporaryRedirect).ProducesProblem(StatusCodes.Status404NotFound);
        accounts.MapGet("/{id:guid}/overview", async (IAccounts use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                await use.OverviewAsync(id, ct) is { } overview ? Results.Ok(overview) : Faults.Problem([Error.NotFound], text))
            .WithSummary("People, statistics, expected money and moods of one company, of what the token's user may see.").Produces<AccountOverview>().ProducesProblem(StatusCodes.Status404NotFound);
        accounts.MapGet("/{id:guid}/interactions", async (IAccounts use, IStringLocalizer<Text> text, Guid id, string? after, int? limit, CancellationToken ct) =>
                ApiAnswers.Page(await use.InteractionsAsync(id, after, limit ?? 50, ct), text))
            .WithSummary("What was said with anybody at this company, newest first; pass `next` as `after` to read on. `limit` is from 1 to 200, and taken as the nearest of them.")
            .Produces<Page<AccountInteraction>>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static void Changes(RouteGroupBuilder accounts)
    {
        accounts.MapPost("", async (HttpContext http, IAccounts use, IStringLocalizer<Text> text, AccountEdit account, CancellationToken ct) =>
                ApiAnswers.Created(http, await use.AddAsync(account, ct), Path, text))
            .WithSummary("Adds a company owned by the token's user.").Produces<Saved>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        accounts.MapPut("/{id:guid}", async (HttpContext http, IAccounts use, IStringLocalizer<Text> text, Guid id, AccountEdit account, CancellationToken ct) =>
                await ApiAnswers.UpdatedAsync(http, version => use.UpdateAsync(id, version, account, ct), text))
            .WithSummary("Writes all fields of a company as they are sent. If-Match names the version that was read.").Produces<Saved>().ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        accounts.MapDelete("/{id:guid}", (HttpContext http, IAccounts use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                ApiAnswers.DeletedAsync(http, version => use.DeleteAsync(id, ct, version), text))
            .WithSummary("Deletes a company; its contacts stay. It can be restored for 30 days.").Produces<Saved>().ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status404NotFound);
        accounts.MapPost("/{id:guid}/restore", async (HttpContext http, IAccounts use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                ApiAnswers.Saved(http, await use.RestoreAsync(id, ct), text))
            .WithSummary("Brings back a company deleted within 30 days.").Produces<Saved>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        accounts.MapPost("/{id:guid}/assign", async (HttpContext http, IAccounts use, IStringLocalizer<Text> text, Guid id, Assignment to, CancellationToken ct) =>
                ApiAnswers.Saved(http, await use.AssignAsync(id, to.OwnerId, ct), text))
            .WithSummary("Gives a company to a colleague; its contacts stay with their owners.").Produces<Saved>().ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        foreach (var archived in (bool[])[true, false])
        {
            accounts.MapPost(archived ? "/{id:guid}/archive" : "/{id:guid}/unarchive", async (HttpContext http, IAccounts use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                    ApiAnswers.Saved(http, await use.ArchiveAsync(id, archived, ct), text))
                .WithSummary(archived ? "Takes a company out of the lists." : "Puts an archived company back into the lists.").Produces<Saved>().ProducesProblem(StatusCodes.Status404NotFound);
        }
    }

    private sealed record Assignment(Guid OwnerId);
}
