using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CrmAi.Web.Shared;

/// <summary>
/// A text field whose every keystroke is kept in the browser. The browser owns what stands in it: the server hears of it
/// after a short rest and never writes an older text over a newer one.
/// </summary>
public sealed partial class TextEntry : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource gone = new();
    private ElementReference element;
    private DotNetObjectReference<TextEntry>? self;
    private IJSObjectReference? field;
    private string initial = "";
    private string known = "";
    private string? problem;

    [Inject] private Drafts Drafts { get; set; } = null!;

    [Parameter, EditorRequired] public string Id { get; set; } = "";
    [Parameter] public string? Value { get; set; }
    [Parameter] public EventCallback<string> ValueChanged { get; set; }
    [Parameter] public bool Multiline { get; set; }
    [Parameter] public int Rows { get; set; } = 3;
    [Parameter] public int MaxLength { get; set; } = 200_000;
    [Parameter] public string? Label { get; set; }
    [Parameter] public string? Placeholder { get; set; }
    [Parameter] public string? Class { get; set; }
    [Parameter] public bool Invalid { get; set; }
    [Parameter] public bool ReadOnly { get; set; }

    /// <summary>Under which record and field the draft is kept; null for none.</summary>
    [Parameter] public string? DraftRecord { get; set; }
    [Parameter] public string? DraftField { get; set; }

    /// <summary>Ctrl+Enter.</summary>
    [Parameter] public EventCallback OnSubmit { get; set; }

    /// <summary>Saved when it is left: Enter leaves it (Ctrl+Enter where lines can be broken), Escape puts back what was there.</summary>
    [Parameter] public bool Inline { get; set; }

    /// <summary>Enter takes what is there and stays, for entries that follow each other.</summary>
    [Parameter] public bool StaysOnEnter { get; set; }
    [Parameter] public EventCallback OnEntered { get; set; }
    [Parameter] public EventCallback OnLeft { get; set; }
    [Parameter] public EventCallback OnCancelled { get; set; }

    /// <summary>A draft from before was put back.</summary>
    [Parameter] public EventCallback OnRestored { get; set; }

    [Parameter(CaptureUnmatchedValues = true)] public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    protected override void OnInitialized() => initial = known = Value ?? "";

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            try
            {
                self = DotNetObjectReference.Create(this);
                var module = await Drafts.ModuleAsync(gone.Token);
                field = await module.InvokeAsync<IJSObjectReference>("attach", gone.Token, element, self, new { record = DraftRecord, field = DraftField, max = MaxLength, inline = Inline, stays = StaysOnEnter, submits = OnSubmit.HasDelegate, text = known });
            }
            catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException) { }
        }
        else if ((Value ?? "") != known && field is not null)
        {
            known = Value ?? "";
            await field.InvokeVoidAsync("set", gone.Token, known);
        }
    }

    public async Task FocusAsync()
    {
        if (field is not null) await field.InvokeVoidAsync("focus", gone.Token);
    }

    /// <summary>Puts this text back, drops the draft and leaves.</summary>
    public async Task LeaveAsync(string text)
    {
        known = text;
        if (field is not null) await field.InvokeVoidAsync("leave", gone.Token, text);
    }

    [JSInvokable]
    public Task Entered() => OnEntered.InvokeAsync();

    [JSInvokable]
    public async Task Left(string text)
    {
        await TakeAsync(text);
        await OnLeft.InvokeAsync();
    }

    [JSInvokable]
    public Task Cancelled() => OnCancelled.InvokeAsync();

    [JSInvokable]
    public Task Typed(string text) => TakeAsync(text);

    [JSInvokable]
    public Task Submitted() => OnSubmit.InvokeAsync();

    [JSInvokable]
    public Task Restored() => OnRestored.InvokeAsync();

    [JSInvokable]
    public void TooLong(int length) => Show(L[Multiline ? "entry.long" : "entry.long.line", MaxLength.ToString("N0", CultureInfo.CurrentCulture), length.ToString("N0", CultureInfo.CurrentCulture)]);

    [JSInvokable]
    public void StorageFull() => Show(L["entry.full"]);

    // Where no script runs, the browser's own event brings the text.
    private Task ChangedAsync(ChangeEventArgs change) => Inline ? Left(change.Value as string ?? "") : TakeAsync(change.Value as string ?? "");

    private Task TakeAsync(string text)
    {
        if (text == known || text.Length > MaxLength) return Task.CompletedTask;
        known = text;
        problem = null;
        return ValueChanged.InvokeAsync(text);
    }

    private void Show(string text)
    {
        problem = text;
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        try
        {
            if (field is not null)
            {
                await field.InvokeVoidAsync("dispose", CancellationToken.None);
                await field.DisposeAsync();
            }
        }
        catch (JSDisconnectedException) { }
        self?.Dispose();
        gone.Dispose();
    }
}
