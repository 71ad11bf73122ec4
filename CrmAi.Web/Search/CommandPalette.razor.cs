using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace CrmAi.Web.Search;

/// <summary>Opens over everything: what was seen last, people and companies by a few letters, and what can be done here.</summary>
public sealed partial class CommandPalette : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource gone = new();
    private DotNetObjectReference<CommandPalette>? self;
    private IJSObjectReference? module;
    private CancellationTokenSource? running;
    private IReadOnlyList<PaletteGroup> groups = [];
    private IReadOnlyList<PaletteGroup> records = [];
    private string query = "";
    private string? shownFor;
    private bool open, searching;

    [Inject] private PaletteRecords Records { get; set; } = null!;
    [Inject] private PaletteActions Actions { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Parameter, EditorRequired] public Viewer Viewer { get; set; } = null!;

    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            self = DotNetObjectReference.Create(this);
            module = await Js.InvokeAsync<IJSObjectReference>("import", gone.Token, "./palette.js");
            await module.InvokeVoidAsync("attach", gone.Token, self, Viewer.Id.ToString("N"));
            await RememberAsync(Navigation.Uri);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException) { }
    }

    /// <param name="recent">What this person saw last in this browser, newest first.</param>
    [JSInvokable]
    public Task Opened(IReadOnlyList<string> recent)
    {
        open = true;
        return ShowAsync("", ct => Records.RecentAsync(recent, Navigation.ToBaseRelativePath(Navigation.Uri), ct));
    }

    [JSInvokable]
    public Task Search(string text) => open ? ShowAsync(text.Trim(), ct => Records.FindAsync(text.Trim(), ct)) : Task.CompletedTask;

    [JSInvokable]
    public void Closed()
    {
        running?.Cancel();
        (open, groups, records, query, shownFor) = (false, [], [], "", null);
        StateHasChanged();
    }

    // Actions are there at once; people and companies of the text before stay until those of this one are read.
    private async Task ShowAsync(string text, Func<CancellationToken, Task<IReadOnlyList<PaletteGroup>>> read)
    {
        running?.Cancel();
        running?.Dispose();
        running = CancellationTokenSource.CreateLinkedTokenSource(gone.Token);
        var mine = running.Token;
        (query, searching) = (text, true);
        var actions = Actions.Matching(text, Viewer);
        groups = [.. records, .. actions];
        StateHasChanged();
        try
        {
            var found = await read(mine);
            if (mine.IsCancellationRequested) return;
            records = found;
            groups = [.. records, .. actions];
            (searching, shownFor) = (false, text);
            StateHasChanged();
        }
        catch (OperationCanceledException) { } // a later text is being looked for
    }

    private static Task RunAsync(PaletteItem item) => item.RunAsync?.Invoke() ?? Task.CompletedTask;

    private void Moved(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(() => RememberAsync(args.Location));

    private async Task RememberAsync(string uri)
    {
        if (module is null || PaletteRecords.Of(Navigation.ToBaseRelativePath(uri)) is not { } seen) return;
        try { await module.InvokeVoidAsync("remember", gone.Token, seen); }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException) { }
    }

    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= Moved;
        await gone.CancelAsync();
        try
        {
            if (module is not null)
            {
                await module.InvokeVoidAsync("detach", CancellationToken.None);
                await module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException) { }
        self?.Dispose();
        running?.Dispose();
        gone.Dispose();
    }
}
