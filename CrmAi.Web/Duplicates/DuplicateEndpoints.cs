using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Duplicates;

/// <summary>Duplicates and merging over the API.</summary>
internal static class DuplicateEndpoints
{
    public static void MapDuplicates(this IEndpointRouteBuilder api)
    {
        var duplicates = api.MapGroup("/duplicates").WithTags("duplicates");
        duplicates.MapGet("", async (IDuplicates use, IStringLocalizer<Text> text, DuplicateScope? scope, MergeKind? kind, string? after, int? limit, CancellationToken ct) =>
                ApiAnswers.Page(await use.PairsAsync(scope ?? DuplicateScope.Mine, after, limit ?? 50, ct, kind ?? MergeKind.Contact), text))
            .WithSummary("Suspected pairs of contacts, or with `kind=Account` of companies, that one sees both, the likeliest first: with one of one's own, or with `scope=All` all. Where channels of one are masked, names and companies alone decide. Pass `next` as `after` to read on.")
            .Produces<Page<DuplicateRow>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        duplicates.MapGet("/groups", async (IDuplicates use, DuplicateScope? scope, CancellationToken ct) => Results.Ok(await use.GroupsAsync(scope ?? DuplicateScope.Mine, ct)))
            .WithSummary("The likeliest 300 pairs in groups of those that hang together, with their contacts.").Produces<IReadOnlyList<DuplicateGroup>>();
        duplicates.MapPost("/check", async (IDuplicates use, CheckRequest check, CancellationToken ct) => Results.Ok(await use.CheckAsync(check.Fields, check.Except, ct)))
            .WithSummary("Whom one has already with such fields, at most five; `except` leaves a contact out. Where the company allows it, `elsewhere` names colleagues who have somebody with that number or address whom one may not see.").Produces<DuplicateCheck>();
        duplicates.MapGet("/accounts/groups", async (IDuplicates use, DuplicateScope? scope, CancellationToken ct) => Results.Ok(await use.CompanyGroupsAsync(scope ?? DuplicateScope.Mine, ct)))
            .WithSummary("The likeliest 300 pairs of companies in groups of those that hang together.").Produces<IReadOnlyList<CompanyGroup>>();
        duplicates.MapPost("/accounts/check", async (IDuplicates use, CompanyCheck check, CancellationToken ct) => Results.Ok(await use.CheckCompanyAsync(check.Fields, check.Except, ct)))
            .WithSummary("Which companies one has already with such fields, at most five; `except` leaves one out. Of those that one may not see nothing is told.").Produces<IReadOnlyList<SuspectedCompany>>();
        duplicates.MapPost("/dismiss", async (HttpContext http, IDuplicates use, IStringLocalizer<Text> text, PairRequest pair, CancellationToken ct) => ApiAnswers.Saved(http, await use.DismissAsync(pair.FirstId, pair.SecondId, ct, pair.Kind), text))
            .WithSummary("Remembers that two contacts, or with `kind` Account two companies, are not one; history takes that back.").Produces<Saved>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        duplicates.MapGet("/scan", async (IDuplicates use, CancellationToken ct) => Results.Ok(await use.StateAsync(ct))).WithSummary("Whether all contacts and companies are being compared, how far, and when that was done last.").Produces<DuplicateScanState>();
        duplicates.MapPost("/scan", async (IDuplicates use, IStringLocalizer<Text> text, CancellationToken ct) => await use.ScanAsync(ct) is var scan && scan.Succeeded ? Results.Accepted("/api/v1/duplicates/scan", new Scan(scan.Value)) : Faults.Problem(scan.Errors, text))
            .WithSummary("Has all contacts and companies compared anew. For managers and administrators.").Produces<Scan>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        Merging(api.MapGroup("/contacts").WithTags("duplicates"), MergeKind.Contact);
        Merging(api.MapGroup("/accounts").WithTags("duplicates"), MergeKind.Account);
        api.MapPost("/merges/{id:guid}/undo", async (IMerges use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => await use.UndoAsync(id, ct) is var undone && undone.Succeeded ? Results.Ok(undone.Value) : Faults.Problem(undone.Errors, text))
            .WithTags("duplicates").WithSummary("Makes two of a merged record again, within 30 days, by the change set of the merge; `kept` names fields that stayed because somebody changed them since.")
            .Produces<MergeUndone>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Where a merged record is now: its address leads there, until the merge is taken back.</summary>
    public static async Task<IResult?> SurvivorAsync(IMerges use, MergeKind kind, Guid id, CancellationToken ct) =>
        await use.SurvivorOfAsync(kind, id, ct) is { } survivor ? Results.Redirect($"/api/v1/{(kind == MergeKind.Account ? "accounts" : "contacts")}/{survivor}", permanent: false, preserveMethod: true) : null;

    private static void Merging(RouteGroupBuilder records, MergeKind kind)
    {
        records.MapGet("/{id:guid}/merge/{other:guid}", async (IMerges use, IStringLocalizer<Text> text, Guid id, Guid other, CancellationToken ct) => await use.PreviewAsync(kind, id, other, ct) is var preview && preview.Succeeded ? Results.Ok(preview.Value) : Faults.Problem(preview.Errors, text))
            .WithSummary("What would become of each field if the other were merged into this one, and what would move.").Produces<MergePreview>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        records.MapPost("/{id:guid}/merge", async (HttpContext http, IMerges use, IStringLocalizer<Text> text, Guid id, MergeWith with, CancellationToken ct) => ApiAnswers.Saved(http, await use.MergeAsync(kind, new(id, with.Version, with.OtherId, with.OtherVersion, with.Fields), ct), text))
            .WithSummary("Merges the other into this one, in one change set; the versions are those of the preview. `fields` says whose value wins where it is not the proposed one. The other's address leads here from then on.")
            .Produces<Saved>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private sealed record CheckRequest
    {
        public required MatchFields Fields { get; init; }
        public Guid? Except { get; init; }
    }

    private sealed record CompanyCheck
    {
        public required CompanyFields Fields { get; init; }
        public Guid? Except { get; init; }
    }

    private sealed record PairRequest(Guid FirstId, Guid SecondId, MergeKind Kind = MergeKind.Contact);

    private sealed record MergeWith
    {
        public required Guid OtherId { get; init; }
        public int Version { get; init; }
        public int OtherVersion { get; init; }
        public IReadOnlyDictionary<string, MergeSide>? Fields { get; init; }
    }

    private sealed record Scan(Guid JobId);
}
