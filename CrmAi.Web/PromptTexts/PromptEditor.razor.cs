using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.PromptTexts;

/// <summary>Words the free parts of one prompt anew. What is typed stays, whoever saves meanwhile and whatever is refused.</summary>
public sealed partial class PromptEditor : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private string[] parts = [];
    // What the texts were made from: somebody else's save in between is found by its version.
    private PromptView? held;
    private IReadOnlyList<Error> errors = [];
    private string note = "";
    private string? record;
    private int generation;
    private bool busy, overtaken, stays;

    [Inject] private IPromptTexts Prompts { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private Drafts Drafts { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter, EditorRequired] public PromptView View { get; set; } = null!;
    [Parameter] public EventCallback OnSaved { get; set; }

    private IReadOnlyList<string> Held => FreeOf(View);

    private bool IsChanged => !parts.SequenceEqual(Held);

    private string? Whole => overtaken ? L["prompt.conflict"] : errors.Where(e => e.Field is null or nameof(PromptEdit.Parts)).ToList() is { Count: > 0 } some ? L.Of(some) : null;

    protected override async Task OnInitializedAsync()
    {
        var viewer = await CurrentUser.GetAsync(gone.Token);
        record = $"{viewer.Id:N}|prompt|{View.Task}.{View.Language}";
    }

    protected override void OnParametersSet()
    {
        if (held is null && stays) (held, stays) = (View, false);
        else if (held is null || (held.Version != View.Version && parts.SequenceEqual(FreeOf(held)))) Take();
    }

    private void Take()
    {
        (held, parts, errors, overtaken) = (View, [.. Held], [], false);
        generation++;
    }

    private void Typed(int at, string text) => parts[at] = text;

    private async Task SaveAsync(bool publish)
    {
        if (busy) return;
        busy = true;
        // Who has seen what came in between saves over it knowingly: theirs stays a version.
        var result = await Prompts.SaveAsync(View.Task, View.Language, overtaken ? View.Version : held!.Version, new(parts, note, publish), gone.Token);
        busy = false;
        (errors, overtaken) = (result.Errors, result.Errors.Contains(Error.Conflict));
        if (overtaken) await OnSaved.InvokeAsync();
        if (!result.Succeeded) return;
        // What is kept and does not hold yet is gone on with.
        (note, held, stays) = ("", null, !publish);
        await ClearAsync();
        Toasts.Show(L[publish ? "prompt.published" : "prompt.saved"]);
        await OnSaved.InvokeAsync();
    }

    /// <summary>Goes on from another version.</summary>
    public async Task PutAsync(IReadOnlyList<string> texts)
    {
        await ClearAsync();
        (held, parts, errors, overtaken) = (View, [.. texts], [], false);
        generation++;
        StateHasChanged();
    }

    private async Task ResetAsync()
    {
        await ClearAsync();
        note = "";
        Take();
    }

    private Task ClearAsync() => record is null ? Task.CompletedTask : Drafts.ClearAsync(record, gone.Token);

    private static string[] FreeOf(PromptView view) => [.. view.Parts.Where(p => p.IsFree).Select(p => p.Text)];

    private static int Rows(string text) => Math.Clamp(text.Count(c => c == '\n') + (text.Length / 90) + 2, 4, 24);

    private static string Opening(string text) => text.Split('\n', 2)[0].TrimStart('#', ' ') is { Length: > 40 } line ? line[..40] + "…" : text.Split('\n', 2)[0].TrimStart('#', ' ');

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }
}
