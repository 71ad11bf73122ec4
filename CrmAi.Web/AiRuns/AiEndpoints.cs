using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.AiRuns;

/// <summary>The ledger of analysts' runs and the company's settings of AI, over the API.</summary>
internal static class AiEndpoints
{
    private const string Filters = "Filters: `type`, `analyst` (\"rules\", or a model's name), `userId`, `contactId`, `state`, `rating`, `from` (included) and `to` (left out).";

    public static void MapAi(this IEndpointRouteBuilder api)
    {
        var runs = api.MapGroup("/ai-runs").WithTags("ai");
        runs.MapGet("", async (IAiRuns use, IStringLocalizer<Text> text, [AsParameters] RunFilters filters, string? after, int? limit, CancellationToken ct) =>
                ApiAnswers.Page(await use.PageAsync(filters.Query, after, limit ?? 50, ct), text))
            .WithSummary($"Runs of analysts, the latest first: one's own, a manager's teams', for administrators everybody's. A contact is named where it may be seen. Costs are millionths of a yuan. {Filters} Pass `next` as `after` to read on; `limit` is from 1 to 200, and taken as the nearest of them.")
            .Produces<Page<AiRunRow>>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        runs.MapGet("/{id:guid}", async (IAiRuns use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                await use.GetAsync(id, ct) is { } run ? Results.Ok(run) : Faults.Problem([Error.NotFound], text))
            .WithSummary("One run in full.").Produces<AiRunDetail>().ProducesProblem(StatusCodes.Status404NotFound);
        runs.MapGet("/sums", async (IAiRuns use, IStringLocalizer<Text> text, [AsParameters] RunFilters filters, CancellationToken ct) =>
                Found(await use.SumsAsync(filters.Query, ct), text))
            .WithSummary($"What the runs come to. {Filters}").Produces<AiRunSums>().ProducesProblem(StatusCodes.Status403Forbidden);
        runs.MapGet("/trends", async (IAiRuns use, IStringLocalizer<Text> text, [AsParameters] RunFilters filters, CancellationToken ct) =>
                Found(await use.TrendsAsync(filters.Query, ct), text))
            .WithSummary($"The runs by day on the token's user's clock, task and analyst. {Filters}").Produces<AiRunTrends>().ProducesProblem(StatusCodes.Status403Forbidden);
        api.MapGet("/ai-calls", async (IAiCalls use, IStringLocalizer<Text> text, AiRunType? task, string? model, Guid? userId, Guid? contactId, AiCallOutcome? outcome, DateTime? from, DateTime? to, string? after, int? limit, CancellationToken ct) =>
                ApiAnswers.Page(await use.PageAsync(new(task, Named(model), userId, contactId, outcome, Instants.Utc(from), Instants.Utc(to)), after, limit ?? 50, ct), text))
            .WithTags("ai").WithSummary("What models were asked, the latest first; what was asked and answered is not told. Pass `next` as `after` to read on; `limit` is from 1 to 200.")
            .Produces<Page<AiCallRow>>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

        var settings = api.MapGroup("/ai-settings").WithTags("ai");
        settings.MapGet("", async (HttpContext http, IAiSettings use, IStringLocalizer<Text> text, CancellationToken ct) =>
                await use.GetAsync(ct) is { Succeeded: true, Value: var view } ? ApiAnswers.Record(http, view, v => v.Version, text) : Faults.Problem([Error.Forbidden], text))
            .WithSummary("The company's switch and budgets, how much of them is used, and which model serves which task; the version is the ETag. For administrators.").Produces<AiSettingsView>().ProducesProblem(StatusCodes.Status403Forbidden);
        settings.MapPut("", (HttpContext http, IAiSettings use, IStringLocalizer<Text> text, AiSettingsEdit edit, CancellationToken ct) =>
                ApiAnswers.UpdatedAsync(http, version => use.UpdateAsync(version, edit, ct), text))
            .WithSummary("Replaces switch and budgets (millionths of a yuan; null: no limit), from the next call on; If-Match names the version.")
            .Produces<Saved>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status428PreconditionRequired);
    }

    private static IResult Found<T>(Result<T> found, IStringLocalizer<Text> text) => found.Succeeded ? Results.Ok(found.Value) : Faults.Problem(found.Errors, text);

    private static string? Named(string? name) => string.IsNullOrWhiteSpace(name) ? null : name;

    internal sealed record RunFilters(AiRunType? Type, string? Analyst, Guid? UserId, Guid? ContactId, AiRunState? State, AiRating? Rating, DateTime? From, DateTime? To)
    {
        public AiRunQuery Query => new(Type, Named(Analyst), UserId, ContactId, State, Rating, Instants.Utc(From), Instants.Utc(To));
    }
}
