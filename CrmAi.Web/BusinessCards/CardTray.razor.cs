using CrmAi.Domain.BusinessCards;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CrmAi.Web.BusinessCards;

/// <summary>The browser sends photos by itself; this part shows what it tells of them.</summary>
public sealed partial class CardTray : ComponentBase, IAsyncDisposable
{
    // Named one by one, a phone hands its own kind of picture over as a JPEG.
    private const string Kinds = "image/jpeg,image/png,image/webp";

    private readonly CancellationTokenSource gone = new();
    private readonly string id = $"cards-{Guid.NewGuid():N}";
    private IReadOnlyList<Upload> uploads = [];
    private DotNetObjectReference<CardTray>? self;
    private IJSObjectReference? module, sender;
    private ElementReference zone;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    /// <summary>One line instead of a field, where cards are already there.</summary>
    [Parameter] public bool IsSmall { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            self = DotNetObjectReference.Create(this);
            module = await Js.InvokeAsync<IJSObjectReference>("import", gone.Token, "./cards.js");
            sender = await module.InvokeAsync<IJSObjectReference>("attach", gone.Token, zone, self, new { size = BusinessCard.MaxSize, many = BusinessCard.MaxPerBatch });
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException) { }
    }

    [JSInvokable]
    public void Shown(IReadOnlyList<Upload> all)
    {
        uploads = all;
        StateHasChanged();
    }

    private string Say(Upload upload) => upload.State switch
    {
        "sending" => $"{upload.Percent}%",
        "waiting" => L["cards.upload.waiting"],
        "again" => L["cards.again"],
        _ => L.OfError(upload.Code ?? "card.failed", [.. upload.Args]),
    };

    private async Task CallAsync(string what, string key)
    {
        if (sender is not null) await sender.InvokeVoidAsync(what, gone.Token, key);
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        try
        {
            if (sender is not null)
            {
                await sender.InvokeVoidAsync("dispose", CancellationToken.None);
                await sender.DisposeAsync();
            }
            if (module is not null) await module.DisposeAsync();
        }
        catch (JSDisconnectedException) { }
        self?.Dispose();
        gone.Dispose();
    }

    /// <param name="State">waiting, sending, failed, again (the picture was there already), left (there were too many).</param>
    /// <param name="Card">The card that it is.</param>
    public sealed record Upload(string Key, string Name, int Percent, string State, string? Code, IReadOnlyList<string> Args, Guid? Card);
}
