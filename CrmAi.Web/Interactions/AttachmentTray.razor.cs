using CrmAi.Domain.Interactions;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CrmAi.Web.Interactions;

/// <summary>Files to go with a note: the browser sends them as soon as they are chosen, dropped or pasted.</summary>
public sealed partial class AttachmentTray : ComponentBase, IAsyncDisposable
{
    private readonly List<Upload> uploads = [];
    private readonly CancellationTokenSource gone = new();
    private DotNetObjectReference<AttachmentTray>? self;
    private IJSObjectReference? module;
    private IJSObjectReference? sender;
    private ElementReference input;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Parameter, EditorRequired] public IReadOnlyList<AttachmentRow> Files { get; set; } = [];

    /// <summary>Where files may be dropped and pasted.</summary>
    [Parameter, EditorRequired] public ElementReference Zone { get; set; }
    [Parameter] public EventCallback<IReadOnlyList<AttachmentRow>> OnChanged { get; set; }

    public string InputId { get; } = $"files-{Guid.NewGuid():N}";

    public bool IsUploading => uploads.Exists(u => u.Problem is null);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            self = DotNetObjectReference.Create(this);
            module = await Js.InvokeAsync<IJSObjectReference>("import", gone.Token, "./uploads.js");
            sender = await module.InvokeAsync<IJSObjectReference>("attach", gone.Token, Zone, input, self, Attachment.MaxSize);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException) { }
    }

    [JSInvokable]
    public Task Started(string key, string name, long size)
    {
        uploads.Add(new(key, name));
        return TellAsync();
    }

    [JSInvokable]
    public Task Progressed(string key, int percent)
    {
        if (uploads.Find(u => u.Key == key) is { } upload) upload.Percent = percent;
        return TellAsync();
    }

    [JSInvokable]
    public async Task Finished(string key, Uploaded file)
    {
        var row = new AttachmentRow(file.Id, Enum.Parse<AttachmentKind>(file.Kind), file.FileName, file.ContentType, file.Size);
        if (uploads.RemoveAll(u => u.Key == key) > 0) await OnChanged.InvokeAsync([.. Files, row]);
        StateHasChanged();
    }

    [JSInvokable]
    public Task Refused(string key, string code, string[] args)
    {
        if (uploads.Find(u => u.Key == key) is { } upload) upload.Problem = L.OfError(code, [.. args]);
        return TellAsync();
    }

    private async Task DropAsync(Upload upload)
    {
        uploads.Remove(upload);
        if (sender is not null) await sender.InvokeVoidAsync("cancel", gone.Token, upload.Key);
        await TellAsync();
    }

    // The composer's save button waits for uploads.
    private Task TellAsync()
    {
        StateHasChanged();
        return OnChanged.InvokeAsync(Files);
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

    private sealed class Upload(string key, string name)
    {
        public string Key { get; } = key;
        public string Name { get; } = name;
        public int Percent { get; set; }
        public string? Problem { get; set; }
    }

    /// <summary>The endpoint's answer as the browser hands it on: kinds by name.</summary>
    public sealed record Uploaded(Guid Id, string Kind, string FileName, string ContentType, long Size);
}
