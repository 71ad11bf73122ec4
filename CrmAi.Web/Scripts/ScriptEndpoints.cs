using CrmAi.Domain.Scripts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Scripts;

/// <summary>Words for suggested steps over the API.</summary>
internal static class ScriptEndpoints
{
    public static void MapScripts(this IEndpointRouteBuilder api)
    {
        var script = api.MapGroup("/actions/{id:guid}/script").WithTags("scripts");
        script.MapGet("", async (IScripts use, IStringLocalizer<Text> text, Guid id, int? take, CancellationToken ct) =>
                await use.OfAsync(id, take, ct) is { } view ? Results.Ok(view) : Faults.Problem([Error.NotFound], text))
            .WithSummary("One's own words for a suggested step, so far as they are written, each sentence with what it rests on; with `take` an earlier draft.").Produces<ScriptView>().ProducesProblem(StatusCodes.Status404NotFound);
        script.MapPost("", async (IScripts use, IStringLocalizer<Text> text, Guid id, ScriptAsk ask, CancellationToken ct) =>
                await use.AskAsync(id, ask.Tone, ct) is var asked && asked.Succeeded ? Results.Accepted($"/api/v1/actions/{id}/script", new AskedScript(asked.Value)) : Faults.Problem(asked.Errors, text))
            .WithSummary("Has words written, or another draft of them, in the background; while one is being written nothing changes. Refused where one has switched it off.").Produces<AskedScript>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapPut("/scripts/{id:guid}", (HttpContext http, IScripts use, IStringLocalizer<Text> text, Guid id, ScriptEdit edit, CancellationToken ct) => ApiAnswers.UpdatedAsync(http, version => use.EditAsync(id, version, edit.Text, ct), text))
            .WithTags("scripts").WithSummary("Keeps what one made of it; null puts it back as it was written. No later draft overwrites it. The version is that of the draft.").Produces<Saved>()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status428PreconditionRequired);
    }
}

public sealed record ScriptAsk(ScriptTone Tone);

/// <param name="Id">Of the draft.</param>
public sealed record AskedScript(Guid Id);

/// <param name="Text">At most 5,000 characters.</param>
public sealed record ScriptEdit(string? Text);
