using System.Globalization;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Scripts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Scripts;

/// <summary>The words for one suggested step: asked for by one press, read along while they are written, changed, copied, and never sent from here.</summary>
public sealed partial class StepDraft : LiveComponent
{
    private ScriptView? view;
    private string? record;
    private string? begunFrom;
    private int? take;
    private bool asking, editing;

    [Inject] private IScripts Scripts { get; set; } = null!;
    [Inject] private IConversations Conversations { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter, EditorRequired] public SuggestionView Step { get; set; } = null!;

    /// <summary>Where a sentence is shown; the contact's own page where null.</summary>
    [Parameter] public Func<Evidence, string>? Link { get; set; }

    // A mail begins formally, a message as one talks.
    private ScriptTone Tone => Step.Channel == InteractionType.Email ? ScriptTone.Formal : ScriptTone.Friendly;

    private bool MayAsk => view is { IsOn: true, MayAsk: true };

    private bool IsWriting => view?.Draft?.State is AnalysisState.Waiting or AnalysisState.Running;

    private bool IsEditing => editing || view?.Draft?.Edited is not null;

    // Beside one's own version, what was asked for after it.
    private bool IsNewer => view?.Draft is { } draft && (IsWriting || (draft.Edited is not null && draft.Text.Length > 0 && draft.Text != draft.Edited));

    private string Address(Evidence place) => Link?.Invoke(place) ?? string.Create(CultureInfo.InvariantCulture, $"/contacts/{Step.ContactId}?interaction={place.InteractionId}&start={place.Start}&length={place.Length}");

    protected override async Task OnInitializedAsync()
    {
        var me = (await CurrentUser.GetAsync(Gone)).Id;
        Watch(LiveTopic.ScriptsFor(Step.Id), LiveTopic.Contact(Step.ContactId), LiveTopic.SettingsOf(me));
        record = Drafts.Record(me, "script", Step.Id);
        await ReadAsync(Gone);
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        var before = view?.Draft;
        view = await Scripts.OfAsync(Step.Id, take, ct);
        // A take that was asked for elsewhere is what one wants to see.
        if (take is not null && view?.Draft?.Takes != before?.Takes) (take, view) = (null, await Scripts.OfAsync(Step.Id, null, ct));
        if (before?.Edited == begunFrom || before is null) begunFrom = view?.Draft?.Edited;
    }

    private Task ChooseAsync(ScriptTone tone) => tone == view?.Draft?.Tone ? Task.CompletedTask : AskAsync(tone);

    private async Task AskAsync(ScriptTone tone)
    {
        if (asking) return;
        asking = true;
        var asked = await Scripts.AskAsync(Step.Id, tone, CancellationToken.None);
        asking = false;
        if (!asked.Succeeded) Toasts.Problem(L.Of(asked.Errors));
        take = null;
        await ReadAsync(Gone);
    }

    private Task TurnAsync(int to)
    {
        take = to;
        return ReadAsync(Gone);
    }

    private async Task<string?> SaveAsync(string text)
    {
        if (view?.Draft is not { } draft) return null;
        var saved = await Scripts.EditAsync(draft.Id, draft.Version, text, CancellationToken.None);
        if (saved.Errors.Any(e => e.Code == Error.Conflict.Code))
        {
            await ReadAsync(CancellationToken.None);
            if (view?.Draft is not { } now) return null;
            // Another take was asked for in between, which changes nothing of one's own words; another window's words are shown first.
            if (now.Edited != begunFrom)
            {
                begunFrom = now.Edited;
                return L["script.conflict", now.Edited ?? now.Text];
            }
            saved = await Scripts.EditAsync(now.Id, now.Version, text, CancellationToken.None);
        }
        if (!saved.Succeeded) return L.Of(saved.Errors);
        begunFrom = text;
        await ReadAsync(CancellationToken.None);
        return null;
    }

    private Task RevertAsync() => PutAsync(null, L["script.reverted"]);

    private Task UseAsync() => PutAsync(view?.Draft?.Text, L["script.used"]);

    // One's own words go only where one says so, and come back at a press.
    private async Task PutAsync(string? text, string done)
    {
        if (view?.Draft is not { } draft) return;
        var before = draft.Edited;
        if (before is not null || text is not null)
        {
            var saved = await Scripts.EditAsync(draft.Id, draft.Version, text, CancellationToken.None);
            if (!saved.Succeeded)
            {
                Toasts.Problem(L.Of(saved.Errors));
                await ReadAsync(Gone);
                return;
            }
        }
        (editing, begunFrom) = (false, text);
        await ReadAsync(Gone);
        if (before is not null) Toasts.Show(done, L["undo"], () => InvokeAsync(() => PutBackAsync(before)), $"script-{draft.Id}");
    }

    private async Task PutBackAsync(string text)
    {
        if (view?.Draft is { } draft) await Scripts.EditAsync(draft.Id, draft.Version, text, CancellationToken.None);
        begunFrom = text;
        await ReadAsync(Gone);
        StateHasChanged();
    }

    private async Task RateAsync(bool useful)
    {
        if (view?.Draft?.AiRunId is not { } run) return;
        var rated = await Conversations.RateAsync(run, useful, null, CancellationToken.None);
        if (!rated.Succeeded) Toasts.Problem(L.Of(rated.Errors));
        await ReadAsync(Gone);
    }
}
