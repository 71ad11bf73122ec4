using Microsoft.JSInterop;

namespace CrmAi.Web.Shared;

/// <summary>The few things that only the browser can do, from page.js.</summary>
public sealed class PageScripts(IJSRuntime js) : IAsyncDisposable
{
    private IJSObjectReference? module;

    public Task SetThemeAsync(string theme, CancellationToken ct) => RunAsync("setTheme", ct, theme);

    /// <summary>Scrolls the place into view and marks it for a moment.</summary>
    public Task RevealAsync(string selector, CancellationToken ct) => RunAsync("reveal", ct, selector);

    public Task FocusAsync(string selector, CancellationToken ct) => RunAsync("focus", ct, selector);

    /// <summary>Puts a list's own address in place of the present one, but stays on the record that was opened meanwhile.</summary>
    public Task FollowAsync(string address, CancellationToken ct) => RunAsync("follow", ct, address);

    /// <summary>Leaves for a page that is loaded anew. The connection may be gone before the browser could answer, and that is well.</summary>
    public async Task LeaveAsync(string address)
    {
        try { await RunAsync("leave", CancellationToken.None, address); }
        catch (TaskCanceledException) { }
    }

    private async Task RunAsync(string function, CancellationToken ct, params object[] args)
    {
        try
        {
            module ??= await js.InvokeAsync<IJSObjectReference>("import", ct, "./page.js");
            await module.InvokeVoidAsync(function, ct, args);
        }
        catch (JSDisconnectedException) { } // the page is gone, and with it the need
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (module is not null) await module.DisposeAsync();
        }
        catch (JSDisconnectedException) { }
    }
}
