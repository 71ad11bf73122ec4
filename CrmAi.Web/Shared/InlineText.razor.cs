using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Shared;

/// <summary>
/// A text edited where it stands. Leaving it saves; Escape puts back what was there. What is refused stays as it was typed,
/// with the reason beside it, and a draft that a lost connection left behind is offered again.
/// </summary>
public sealed partial class InlineText : ComponentBase, IDisposable
{
    private TextEntry? entry;
    private string text = "";
    private string? problem;
    private bool inside, typed, saving, gone;

    [Inject] private Drafts Drafts { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter, EditorRequired] public string Id { get; set; } = "";
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>Under which name its draft is kept.</summary>
    [Parameter, EditorRequired] public string Field { get; set; } = "";
    [Parameter] public string? Value { get; set; }

    /// <summary>Answers why it was refused, or null.</summary>
    [Parameter, EditorRequired] public Func<string, Task<string?>> Save { get; set; } = null!;

    /// <summary>The person begins to edit: what stands here now is what their change is made to.</summary>
    [Parameter] public EventCallback OnEntered { get; set; }
    [Parameter] public EventCallback<string> OnTyped { get; set; }

    /// <summary>Left with nothing to save, or put back.</summary>
    [Parameter] public EventCallback OnEnded { get; set; }
    [Parameter] public string? DraftRecord { get; set; }
    [Parameter] public bool Multiline { get; set; }
    [Parameter] public int MaxLength { get; set; } = 2000;
    [Parameter] public string? Mode { get; set; }
    [Parameter] public string? Placeholder { get; set; }
    [Parameter] public string? Hint { get; set; }
    [Parameter] public string? Locked { get; set; }
    [Parameter] public string? Class { get; set; }
    [Parameter] public bool IsReadOnly { get; set; }
    [Parameter] public RenderFragment? Trailing { get; set; }

    /// <summary>Further attributes of the entry.</summary>
    [Parameter] public Dictionary<string, object>? Entry { get; set; }

    private Dictionary<string, object>? Attributes => Entry ?? (Mode is null ? null : new() { ["inputmode"] = Mode });

    private bool IsChanged => text.Trim() != (Value ?? "").Trim();

    // Left behind by a lost connection or a restart.
    private bool IsWaiting => typed && !inside && !saving && problem is null && IsChanged;

    protected override void OnParametersSet()
    {
        if (!typed) text = Value ?? "";
    }

    private Task Typed(string entered)
    {
        (text, typed, problem) = (entered, true, null);
        return OnTyped.InvokeAsync(entered);
    }

    private async Task EnterAsync()
    {
        inside = true;
        // A text that waits to be saved keeps what it was written over.
        if (!typed) await OnEntered.InvokeAsync();
    }

    private Task LeaveAsync()
    {
        inside = false;
        return CommitAsync();
    }

    private async Task CommitAsync()
    {
        if (saving || IsReadOnly) return;
        while (IsChanged)
        {
            var sent = text;
            (saving, problem) = (true, null);
            StateHasChanged();
            try { problem = await Save(sent); }
            finally { saving = false; }
            if (problem is not null)
            {
                if (gone) Toasts.Problem($"{Label}: {problem}");
                return;
            }
            if (text == sent) break;
            await OnEntered.InvokeAsync();
            if (inside) return;
        }
        await SettleAsync();
    }

    /// <summary>Shows the value and drops what was typed.</summary>
    public async Task ShowAsync()
    {
        inside = false;
        await SettleAsync();
        if (entry is not null) await entry.LeaveAsync(text);
    }

    private async Task SettleAsync()
    {
        (problem, typed, text) = (null, false, Value ?? "");
        await OnEnded.InvokeAsync();
        if (DraftRecord is not null) await Drafts.KeepAsync(DraftRecord, Field, null, CancellationToken.None);
    }

    public void Dispose() => gone = true;
}
