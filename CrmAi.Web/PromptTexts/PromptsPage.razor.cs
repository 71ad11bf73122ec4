using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.PromptTexts;

/// <summary>What models are told, worded by the company: for administrators. Task and language stand in the address.</summary>
public sealed partial class PromptsPage : LiveComponent
{
    public const string Path = "/ai/prompts";

    private IReadOnlyList<PromptRow>? rows;
    private PromptView? view;
    private PromptPolicyView? policy;
    private PromptEditor? editor;
    private bool refused;

    [Inject] private IPromptTexts Prompts { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private Undo Undo { get; set; } = null!;

    [Parameter] public string? Task { get; set; }
    [Parameter] public string? Language { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        Watch(LiveTopic.Prompts);
        await ReadAsync(Gone);
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        var found = await Prompts.ListAsync(ct);
        refused = !found.Succeeded;
        if (refused) return;
        rows = found.Value;
        policy = (await Prompts.PolicyAsync(ct)).Value;
        // Without one in the address, the first in the language of the page.
        var chosen = Task is null ? rows.FirstOrDefault(r => r.Language == Here) ?? (rows.Count == 0 ? null : rows[0]) : rows.FirstOrDefault(r => r.Task == Task && r.Language == Language);
        view = chosen is null ? null : (await Prompts.GetAsync(chosen.Task, chosen.Language, ct)).Value;
    }

    private static string Here => System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    private static string Address(PromptRow row) => $"{Path}/{row.Task}/{row.Language}";

    private async Task AgainAsync() => await ReadAsync(Gone);

    private async Task AllowAsync(bool allowed)
    {
        var result = await Prompts.AllowAdditionsAsync(policy!.Version, allowed, Gone);
        if (!result.Succeeded) Toasts.Problem(L.Of(result.Errors));
        else Undo.Offer(L[allowed ? "prompt.additions.on" : "prompt.additions.off"], result.Value, slot: "prompt.additions");
        await ReadAsync(Gone);
    }
}
