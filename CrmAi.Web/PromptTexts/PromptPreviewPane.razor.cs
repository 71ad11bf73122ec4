using CrmAi.Domain.Contacts;
using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.PromptTexts;

/// <summary>Tries what is typed on a real contact. The page does not wait: it is told when both answers are there.</summary>
public sealed partial class PromptPreviewPane : LiveComponent
{
    private IReadOnlyList<PreviewTalk> talks = [];
    private IReadOnlyList<Error> errors = [];
    private ContactRow? contact;
    private Guid? talk, started;
    private PreviewView? result;

    [Inject] private IPromptPreviews Previews { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    [Parameter, EditorRequired] public PromptView View { get; set; } = null!;
    [Parameter, EditorRequired] public IReadOnlyList<string> Parts { get; set; } = [];

    /// <summary>What is wrong with the parts, to be told at them.</summary>
    [Parameter] public EventCallback<IReadOnlyList<Error>> OnErrors { get; set; }

    private bool NeedsTalk => View.NeedsTalk;

    private bool IsUnderWay => started is not null && result is not { IsDone: true } && result?.ErrorCode is null;

    protected override void OnInitialized() => Watch(LiveTopic.Prompts);

    protected override async Task ReadAsync(CancellationToken ct)
    {
        if (started is not { } id || !IsUnderWay) return;
        var found = await Previews.GetAsync(id, ct);
        // Another window of the same person began a trial of its own.
        if (found.Succeeded) result = found.Value;
        else (started, errors) = (null, found.Errors);
    }

    private async Task ChooseAsync(ContactRow? chosen)
    {
        (contact, talks, talk, result, started, errors) = (chosen, [], null, null, null, []);
        if (chosen is null || !NeedsTalk) return;
        var found = await Previews.TalksAsync(chosen.Id, Gone);
        if (!found.Succeeded) { errors = found.Errors; return; }
        (talks, talk) = (found.Value, found.Value.Count == 0 ? null : found.Value[0].Id);
        if (talks.Count == 0) errors = [new("prompt.talk.empty", nameof(PreviewOrder.InteractionId))];
    }

    private async Task RunAsync()
    {
        (result, started) = (null, null);
        var begun = await Previews.StartAsync(View.Task, View.Language, new(Parts, contact!.Id, talk), Gone);
        errors = begun.Errors;
        await OnErrors.InvokeAsync([.. errors.Where(e => e.Field?.StartsWith("Parts", StringComparison.Ordinal) == true)]);
        if (!begun.Succeeded) return;
        started = begun.Value;
        await ReadAsync(Gone);
    }
}
