using CrmAi.Domain.Accounts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Accounts;

/// <summary>Companies over the API.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("accounts");
        accounts.MapGet("", async (IAccounts use, IStringLocalizer<Text> text, string? search, string? after, int? limit, CancellationToken ct) =>
                ApiAnswers.Page(await use.PageAsync(new(search), after, limit ?? 50, ct), text))
            .WithSummary("Companies one may see, page by page in order of creation; pass `next` as `after` to read on. `limit` is from 1 to 200, and taken as the nearest of them.").Produces<Page<AccountDetail>>();
        accounts.MapGet("/{id:guid}", async (HttpContext http, IAccounts use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                ApiAnswers.Record(http, await use.GetAsync(id, ct), a => a.Version, text))
            .WithSummary("One company; its version is the ETag.").Produces<AccountDetail>().ProducesProblem(StatusCodes.Status404NotFound);
        accounts.MapPost("", async (HttpContext http, IAccounts use, IStringLocalizer<Text> text, AccountEdit account, CancellationToken ct) =>
                ApiAnswers.Created(http, await use.AddAsync(account, ct), "/api/v1/accounts", text))
            .WithSummary("Adds a company owned by the token's user.").Produces<Saved>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }
}
