using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace CrmAi.Web.Search;

/// <summary>Opens over everything: what was seen last, records of all kinds by a few letters, and what can be done here.</summary>
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
            await module.InvokeVoidAsync("attach", gone.Token, self);
            await RememberAsync(Navigation.Uri);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException) { }
    }

    [JSInvokable]
    public Task Opened()
    {
        open = true;
        return ShowAsync("", ct => Records.RecentAsync(Navigation.ToBaseRelativePath(Navigation.Uri), ct));
    }

    [JSInvokable]
    public Task Search(string text)
    {
        var typed = text.Trim();
        if (!open) return Task.CompletedTask;
        return typed.Length == 0 ? Opened() : ShowAsync(typed, ct => Records.FindAsync(PaletteSearch.Of(typed), ct));
    }

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
        var search = PaletteSearch.Of(text);
        var actions = search.Only is null ? Actions.Matching(search.Text, Viewer) : [];
        groups = [.. search.IsActions ? [] : records, .. actions];
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
        try { await Records.RememberAsync(Navigation.ToBaseRelativePath(uri), gone.Token); }
        catch (Exception e) when (e is OperationCanceledException or NotSignedInException) { }
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
