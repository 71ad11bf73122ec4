using System.Text;
using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.PromptTexts;

/// <summary>What models are told, over the API; and the file of a version for pages.</summary>
internal static class PromptEndpoints
{
    private const string One = "/{task}/{language}", Version = "For administrators; the version is the ETag.";

    public static void MapPromptFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/ai/prompts/{task}/{language}/{number:int}/file", async (IPromptTexts use, string task, string language, int number, CancellationToken ct) =>
            await use.VersionAsync(task, language, number, ct) is { Succeeded: true, Value: var found } ? File(task, language, found) : Results.NotFound());

    public static void MapPrompts(this IEndpointRouteBuilder api)
    {
        var prompts = api.MapGroup("/ai-prompts").WithTags("ai");
        prompts.MapGet("", async (IPromptTexts use, IStringLocalizer<Text> text, CancellationToken ct) => Found(await use.ListAsync(ct), text))
            .WithSummary("Each task and language (zh, en) that models are told something for, and the version that holds: 0 is the program's own text. For administrators.")
            .Produces<IReadOnlyList<PromptRow>>().ProducesProblem(StatusCodes.Status403Forbidden);
        prompts.MapGet(One, async (HttpContext http, IPromptTexts use, IStringLocalizer<Text> text, string task, string language, CancellationToken ct) =>
                await use.GetAsync(task, language, ct) is var found && found.Succeeded ? ApiAnswers.Record(http, found.Value, v => v.Version, text) : Faults.Problem(found.Errors, text))
            .WithSummary($"What holds, in its parts, and all versions. {Version}").Produces<PromptView>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        prompts.MapGet(One + "/versions/{number:int}", async (IPromptTexts use, IStringLocalizer<Text> text, string task, string language, int number, CancellationToken ct) => Found(await use.VersionAsync(task, language, number, ct), text))
            .WithSummary("One version in full; 0 is the program's own text.").Produces<PromptFull>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        prompts.MapGet(One + "/versions/{number:int}/file", async (IPromptTexts use, IStringLocalizer<Text> text, string task, string language, int number, CancellationToken ct) =>
                await use.VersionAsync(task, language, number, ct) is var found && found.Succeeded ? File(task, language, found.Value) : Faults.Problem(found.Errors, text))
            .WithSummary("One version as a file of a prompts folder: put both languages into one and measure them with `evaluate --prompts`.")
            .Produces(StatusCodes.Status200OK, contentType: "text/markdown").ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        prompts.MapPost(One + "/versions", (HttpContext http, IPromptTexts use, IStringLocalizer<Text> text, string task, string language, PromptEdit edit, CancellationToken ct) =>
                ApiAnswers.UpdatedAsync(http, version => use.SaveAsync(task, language, version, edit, ct), text))
            .WithSummary("Keeps a new version of the parts that may be worded anew, and lets it hold at once where `publish` says so. If-Match names the version that was read.").Refusals();
        prompts.MapPut(One + "/published", (HttpContext http, IPromptTexts use, IStringLocalizer<Text> text, string task, string language, PublishBody body, CancellationToken ct) =>
                ApiAnswers.UpdatedAsync(http, version => use.PublishAsync(task, language, version, body.Number, ct), text))
            .WithSummary("Lets any version hold from the next call on; 0 goes back to the program's own text. If-Match names the version that was read.").Refusals();
        prompts.MapPost(One + "/previews", async (IPromptPreviews use, IStringLocalizer<Text> text, string task, string language, PreviewOrder order, CancellationToken ct) =>
                await use.StartAsync(task, language, order, ct) is var started && started.Succeeded ? Results.Accepted($"/api/v1/ai-prompts/previews/{started.Value}", new PreviewStarted(started.Value)) : Faults.Problem(started.Errors, text))
            .WithSummary("Tries a text on a real contact beside the one that holds, in the background. It is paid as any call and marked in the ledger; nothing of it becomes the contact's. One trial is kept for each administrator.")
            .Produces<PreviewStarted>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        prompts.MapGet("/previews/{id:guid}", async (IPromptPreviews use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => Found(await use.GetAsync(id, ct), text))
            .WithSummary("One's own trial; both sides are null until they are there.").Produces<PreviewView>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        prompts.MapGet("/additions", async (HttpContext http, IPromptTexts use, IStringLocalizer<Text> text, CancellationToken ct) =>
                await use.PolicyAsync(ct) is var found && found.Succeeded ? ApiAnswers.Record(http, found.Value, v => v.Version, text) : Faults.Problem(found.Errors, text))
            .WithSummary($"Whether people may add something of their own. {Version}").Produces<PromptPolicyView>().ProducesProblem(StatusCodes.Status403Forbidden);
        prompts.MapPut("/additions", (HttpContext http, IPromptTexts use, IStringLocalizer<Text> text, AdditionsBody body, CancellationToken ct) =>
                ApiAnswers.UpdatedAsync(http, version => use.AllowAdditionsAsync(version, body.Allowed, ct), text))
            .WithSummary("Lets people add something of their own, or not; what they added stays. If-Match names the version.").Refusals();

        var mine = api.MapGroup("/ai-additions").WithTags("ai");
        mine.MapGet("", async (IPromptAdditions use, CancellationToken ct) => Results.Ok(await use.MineAsync(ct)))
            .WithSummary("What oneself asks models to heed besides, by task. For a contact its owner's counts, whoever asks.").Produces<AdditionsView>();
        mine.MapPut("/{task}", (HttpContext http, IPromptAdditions use, IStringLocalizer<Text> text, string task, AdditionBody body, CancellationToken ct) =>
                ApiAnswers.UpdatedAsync(http, version => use.SaveAsync(task, version, body.Text, ct), text))
            .WithSummary("Replaces one's own addition for a task (up to 500 characters; empty: none). If-Match names the item's `version`.").Refusals();
    }

    private static RouteHandlerBuilder Refusals(this RouteHandlerBuilder route) => route.Produces<Saved>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status428PreconditionRequired);

    private static IResult File(string task, string language, PromptFull found) => Results.File(Encoding.UTF8.GetBytes(found.File), "text/markdown; charset=utf-8", $"{task}.{language}.md");

    private static IResult Found<T>(Result<T> found, IStringLocalizer<Text> text) => found.Succeeded ? Results.Ok(found.Value) : Faults.Problem(found.Errors, text);

    internal sealed record PublishBody(int Number);

    internal sealed record AdditionsBody(bool Allowed);

    internal sealed record AdditionBody(string Text);

    internal sealed record PreviewStarted(Guid Id);
}
