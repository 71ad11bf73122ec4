using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Imports;

/// <summary>Files to import and reports of them go over plain HTTP, for pages and for the API alike.</summary>
internal static class ImportEndpoints
{
    private const string One = "/{id:guid}";

    // Somewhat more than a file may have, so that the use case answers and not the server.
    private static readonly SizeLimit Limit = new(FileLimits.MaxSize + (1024 * 1024));

    public static void MapImportFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/import/files", async (HttpContext http, IImports use, IAntiforgery antiforgery, IStringLocalizer<Text> text, string? name, CancellationToken ct) =>
        {
            if (!await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();
            var uploaded = await use.UploadAsync(name, http.Request.Body, null, ct);
            return uploaded.Succeeded ? Results.Ok(new { uploaded.Value.Summary.Id }) : Faults.Problem(uploaded.Errors, text);
        }).WithMetadata(Limit);
        routes.MapGet("/import/{id:guid}/report", (HttpContext http, IImports use, IStringLocalizer<Text> text, Guid id, ImportPhase phase, CancellationToken ct) => ReportAsync(http, use, text, id, phase, ct));
    }

    public static void MapImports(this IEndpointRouteBuilder api)
    {
        var imports = api.MapGroup("/imports").WithTags("imports");
        imports.MapGet("", async (IImports use, IStringLocalizer<Text> text, bool? everybody, string? after, int? limit, CancellationToken ct) => ApiAnswers.Page(await use.PageAsync(everybody == true, after, limit ?? 50, ct), text))
            .WithSummary("Imports, the newest first; one's own, or with `everybody=true` all that one may see. `limit` is from 1 to 200; pass `next` as `after` to read on.").Produces<Page<ImportSummary>>();
        imports.MapPost("", async (HttpContext http, IImports use, IStringLocalizer<Text> text, string? name, ImportKind? kind, CancellationToken ct) =>
            {
                var uploaded = await use.UploadAsync(name, http.Request.Body, kind, ct);
                if (!uploaded.Succeeded) return Faults.Problem(uploaded.Errors, text);
                http.Response.Headers.ETag = $"\"{uploaded.Value.Version}\"";
                return Results.Created($"/api/v1/imports/{uploaded.Value.Summary.Id}", uploaded.Value);
            })
            .WithMetadata(Limit).WithSummary("Keeps a file, sent as the body: CSV, .xlsx or vCard, told from its content. Answers its columns, first rows and the mapping that they suggest, or that was remembered for such headers.")
            .Accepts<Stream>("application/octet-stream", "text/csv", "text/vcard", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet").Produces<ImportDetail>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status507InsufficientStorage);
        imports.MapGet(One, async (HttpContext http, IImports use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.Record(http, await use.GetAsync(id, ct), i => i.Version, text))
            .WithSummary("One import: the file's shape, the mapping, what the trial found, and how far it is. Its version is the ETag.").Produces<ImportDetail>().ProducesProblem(StatusCodes.Status404NotFound);
        imports.MapPut(One + "/reading", (HttpContext http, IImports use, IStringLocalizer<Text> text, Guid id, ReadAs wanted, CancellationToken ct) => ChangedAsync(http, version => use.ReadAsAsync(id, version, wanted.Reading, wanted.Kind, ct), text))
            .WithSummary("Has the file read otherwise: another encoding, delimiter, sheet, row of headers, or as another kind of records. If-Match names the version.").Produces<ImportDetail>().ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        imports.MapPut(One + "/mapping", (HttpContext http, IImports use, IStringLocalizer<Text> text, Guid id, ImportPlan plan, CancellationToken ct) => ChangedAsync(http, version => use.MapAsync(id, version, plan, ct), text))
            .WithSummary("Which column becomes what, and what becomes of records that are there already. Columns left out are ignored. If-Match names the version.").Produces<ImportDetail>().ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        Move(imports, "check", "Goes through the whole file and writes nothing; read the import for what it found.", (use, id, ct) => use.CheckAsync(id, ct));
        Move(imports, "run", "Imports what was checked.", (use, id, ct) => use.RunAsync(id, ct));
        Move(imports, "pause", "Ends before the next batch.", (use, id, ct) => use.PauseAsync(id, ct));
        Move(imports, "resume", "Goes on with the first row that is not dealt with, also after a failure.", (use, id, ct) => use.ResumeAsync(id, ct));
        Move(imports, "cancel", "Ends it; what is done stays done. One that has not begun is thrown away with its file.", (use, id, ct) => use.CancelAsync(id, ct));
        Move(imports, "undo", "Takes it back; what somebody used since stays, and `rows?phase=Undo` says which and why. For 30 days.", (use, id, ct) => use.UndoAsync(id, ct));
        imports.MapGet(One + "/rows", async (IImports use, IStringLocalizer<Text> text, Guid id, ImportPhase? phase, RowOutcome? outcome, string? after, int? limit, CancellationToken ct) =>
                ApiAnswers.Page(await use.RowsAsync(id, phase ?? ImportPhase.Run, outcome, after, limit ?? 100, ct), text))
            .WithSummary("Rows of which something is to be said, in the file's order: the number, column, value and code. With `outcome` all rows that came to it.").Produces<Page<ImportRowReport>>().ProducesProblem(StatusCodes.Status404NotFound);
        imports.MapGet(One + "/report", (HttpContext http, IImports use, IStringLocalizer<Text> text, Guid id, ImportPhase? phase, CancellationToken ct) => ReportAsync(http, use, text, id, phase ?? ImportPhase.Run, ct))
            .WithSummary("The same rows as a CSV file: the file's own columns, then the number, the outcome and why. Cells that a spreadsheet would calculate are made harmless.").Produces<string>(contentType: "text/csv").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static void Move(RouteGroupBuilder imports, string verb, string summary, Func<IImports, Guid, CancellationToken, Task<Result>> move) =>
        imports.MapPost($"{One}/{verb}", async (HttpContext http, IImports use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.Done(http, await move(use, id, ct), text))
            .WithSummary(summary).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> ChangedAsync(HttpContext http, Func<int, Task<Result<ImportDetail>>> change, IStringLocalizer<Text> text)
    {
        var version = ApiAnswers.IfMatch(http);
        if (!version.Succeeded) return Faults.Problem(version.Errors, text);
        var changed = await change(version.Value);
        if (!changed.Succeeded) return Faults.Problem(changed.Errors, text, changed.Errors is [{ Code: "conflict" }] ? StatusCodes.Status412PreconditionFailed : null);
        return ApiAnswers.Record(http, changed.Value, i => i.Version, text);
    }

    private static async Task<IResult> ReportAsync(HttpContext http, IImports use, IStringLocalizer<Text> text, Guid id, ImportPhase phase, CancellationToken ct)
    {
        var report = await use.ReportAsync(id, phase, ImportWords.Report(text), ct);
        if (!report.Succeeded) return Faults.Problem(report.Errors, text);
        Downloads.Guard(http);
        return Results.Stream(to => report.Value.WriteAsync(to, ct), "text/csv; charset=utf-8", report.Value.FileName);
    }

    /// <summary>How a file is to be read.</summary>
    internal sealed record ReadAs(ImportKind Kind, FileReading Reading);

    private sealed record SizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
