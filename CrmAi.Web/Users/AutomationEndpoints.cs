using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Users;

/// <summary>What one lets happen by itself, over the API.</summary>
internal static class AutomationEndpoints
{
    public static void MapAutomation(this IEndpointRouteBuilder api)
    {
        var automation = api.MapGroup("/me/automation").WithTags("me");
        automation.MapGet("", async (HttpContext http, IUsers use, IStringLocalizer<Text> text, CancellationToken ct) =>
            {
                var me = await use.MeAsync(ct);
                return ApiAnswers.Record(http, new Automation(me.AutoAnalysis, me.ProfileUpdates, me.ScriptGeneration), _ => me.Version, text);
            })
            .WithSummary("Whether one's conversations are analysed by themselves, profiles of one's contacts follow, and words are written for suggested steps.").Produces<Automation>();
        automation.MapPut("", async (HttpContext http, IUsers use, IStringLocalizer<Text> text, Automation wanted, CancellationToken ct) =>
                ApiAnswers.IfMatch(http) is var version && !version.Succeeded ? Faults.Problem(version.Errors, text)
                    : ApiAnswers.Done(http, await use.SaveAsync(await use.MeAsync(ct) with { AutoAnalysis = wanted.AutoAnalysis, ProfileUpdates = wanted.ProfileUpdates, ScriptGeneration = wanted.ScriptGeneration, Version = version.Value }, ct), text))
            .WithSummary("Off is off everywhere and at once: what waits in the background does nothing any more.").Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status428PreconditionRequired);
    }
}

public sealed record Automation(bool AutoAnalysis, bool ProfileUpdates, bool ScriptGeneration);
