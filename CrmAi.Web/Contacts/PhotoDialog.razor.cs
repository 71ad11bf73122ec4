using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;

namespace CrmAi.Web.Contacts;

/// <summary>A contact's photos: chosen, dropped, pasted or taken, cut to a square in the browser and sent from there.</summary>
public sealed partial class PhotoDialog : ComponentBase, IAsyncDisposable
{
    private enum Stage { Choose, Cut, Sending }

    private readonly CancellationTokenSource gone = new();
    private DotNetObjectReference<PhotoDialog>? self;
    private IJSObjectReference? module, cutter;
    private ElementReference zone, canvas;
    private ContactDetail contact = null!;
    private PhotoKind kind = PhotoKind.Profile;
    private Stage stage;
    private int percent;
    private string? problem;

    [Inject] private IContacts Contacts { get; set; } = null!;
    [Inject] private IContactPhotos Photos { get; set; } = null!;
    [Inject] private IJSRuntime Js { get; set; } = null!;
    [Inject] private Undo Undo { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    [Parameter, EditorRequired] public ContactEditing Editing { get; set; } = null!;

    public static Task OpenAsync(DialogService dialogs, string title, ContactEditing editing) =>
        dialogs.OpenAsync<PhotoDialog>(title, new() { [nameof(Editing)] = editing }, new DialogOptions { Width = "min(520px, calc(100vw - 16px))" });

    protected override void OnInitialized() => contact = Editing.Contact;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || !contact.MayChange) return;
        try
        {
            self = DotNetObjectReference.Create(this);
            module = await Js.InvokeAsync<IJSObjectReference>("import", gone.Token, "./photos.js");
            cutter = await module.InvokeAsync<IJSObjectReference>("attach", gone.Token, zone, canvas, self);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException) { }
    }

    [JSInvokable]
    public void Chosen()
    {
        (stage, problem) = (Stage.Cut, null);
        StateHasChanged();
    }

    [JSInvokable]
    public void Progressed(int done)
    {
        percent = done;
        StateHasChanged();
    }

    [JSInvokable]
    public async Task Finished(Guid? changeSetId)
    {
        stage = Stage.Choose;
        await ShowAsync();
        if (changeSetId is { } change) Undo.Offer(L["photo.added"], new Saved(contact.Id, contact.Version, change), ShowAsync, "contact.photo");
        if (kind == PhotoKind.Profile) Dialogs.Close();
        else StateHasChanged();
    }

    [JSInvokable]
    public void Refused(string code, string[] args)
    {
        if (stage == Stage.Sending) stage = Stage.Cut;
        problem = L.OfError(code, [.. args]);
        StateHasChanged();
    }

    private string Address(PhotoRow photo) => $"/contacts/{contact.Id}/photos/{photo.Id}";

    private async Task SendAsync()
    {
        if (cutter is null || stage != Stage.Cut) return;
        (stage, percent, problem) = (Stage.Sending, 0, null);
        await cutter.InvokeVoidAsync("send", gone.Token, $"/contacts/{contact.Id}/photos?kind={kind}");
    }

    private async Task ScaleAsync(double factor)
    {
        if (cutter is not null) await cutter.InvokeVoidAsync("scale", gone.Token, factor);
    }

    private async Task RemoveAsync(PhotoRow photo)
    {
        var result = await Photos.RemoveAsync(contact.Id, photo.Id, CancellationToken.None);
        problem = result.Succeeded ? null : L.Of(result.Errors);
        if (!result.Succeeded) return;
        await ShowAsync();
        Undo.Offer(L["photo.removed"], result.Value, ShowAsync, "contact.photo");
    }

    private async Task ShowAsync()
    {
        if (await Contacts.GetAsync(contact.Id, CancellationToken.None) is not { } latest) return;
        Editing.Show(contact = latest);
        if (!gone.IsCancellationRequested) StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        try
        {
            if (cutter is not null)
            {
                await cutter.InvokeVoidAsync("dispose", CancellationToken.None);
                await cutter.DisposeAsync();
            }
            if (module is not null) await module.DisposeAsync();
        }
        catch (JSDisconnectedException) { }
        self?.Dispose();
    }
}
