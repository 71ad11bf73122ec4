using System.ComponentModel;
using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Exports;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Exports;

/// <summary>Records as files: the download of pages and of the API.</summary>
internal static class ExportEndpoints
{
    private const string Path = "/api/v1/exports";

    public static void MapExportFiles(this IEndpointRouteBuilder routes) => routes.MapGet("/exports/{id:guid}/file", FileAsync);

    public static void MapExports(this IEndpointRouteBuilder api)
    {
        var exports = api.MapGroup("/exports").WithTags("exports");
        exports.MapGet("", async (IExports use, CancellationToken ct) => Results.Ok(await use.ListAsync(ct)))
            .WithSummary($"One's own of the last {Export.ListedDays} days, newest first. A file is kept for {Export.KeptDays} days.").Produces<IReadOnlyList<ExportRow>>();
        exports.MapPost("", async (IExports use, ExportTitles titles, IStringLocalizer<Text> text, ExportBody body, CancellationToken ct) =>
            {
                var all = body.Format == ExportFormat.VCard || !Enum.IsDefined(body.Kind) ? [] : await titles.AllAsync(body.Kind, ct);
                var started = await use.StartAsync(body.Request(all), ct);
                return started.Succeeded ? Results.Accepted($"{Path}/{started.Value.Id}", started.Value) : Faults.Problem(started.Errors, text);
            })
            .WithSummary("Begins an export of contacts (`ids`, or all of `contacts` except `except`), companies (`accounts`) or one contact's interactions (`contactId`, `timeline`) as Csv, Xlsx or VCard. Where its state is Ready, read its `/file` at once; else a job writes it first.")
            .Produces<ExportRow>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        exports.MapGet("/{id:guid}", async (IExports use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => await use.GetAsync(id, ct) is { } row ? Results.Ok(row) : Faults.Problem([Error.NotFound], text))
            .WithSummary("How far it has come.").Produces<ExportRow>().ProducesProblem(StatusCodes.Status404NotFound);
        exports.MapGet("/{id:guid}/file", FileAsync)
            .WithSummary("The file, for whoever had it made and for administrators. In tables in text, cells that a spreadsheet program would calculate begin with an apostrophe.")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        exports.MapPost("/{id:guid}/cancel", async (HttpContext http, IExports use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.Done(http, await use.CancelAsync(id, ct), text))
            .WithSummary("Ends it; there will be no file.").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> FileAsync(HttpContext http, IExports use, IStringLocalizer<Text> text, Guid id, CancellationToken ct)
    {
        var opened = await use.OpenAsync(id, ct);
        if (!opened.Succeeded) return Faults.Problem(opened.Errors, text);
        Downloads.Guard(http);
        return Results.Stream(target => opened.Value.WriteAsync(target, ct), opened.Value.ContentType, opened.Value.FileName);
    }

    private sealed record ExportBody(ExportKind Kind, ExportFormat Format)
    {
        [Description("Names of columns as `GET /exports` and imports know them, or ids of custom fields; all where left out.")]
        public IReadOnlyList<string>? Columns { get; init; }
        public ContactQuery? Contacts { get; init; }
        public IReadOnlyList<Guid>? Ids { get; init; }
        public IReadOnlyList<Guid>? Except { get; init; }
        public AccountQuery? Accounts { get; init; }
        public Guid? ContactId { get; init; }
        public TimelineFilter? Timeline { get; init; }

        // An unknown name is left in the request, so that it is refused and not passed over.
        public ExportRequest Request(IReadOnlyList<ExportColumn> all) => new(Kind, Format)
        {
            Columns = Columns is null ? all : [.. Columns.Select(name => all.FirstOrDefault(c => c.Field.CustomFieldId is { } id ? Guid.TryParse(name, out var asked) && asked == id : c.Field.Target.ToString() == name) ?? new(Domain.Imports.ImportField.Ignore, name))],
            Contacts = Contacts, Ids = Ids, Except = Except, Accounts = Accounts, ContactId = ContactId, Timeline = Timeline,
        };
    }
}
