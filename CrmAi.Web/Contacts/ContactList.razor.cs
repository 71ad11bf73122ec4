using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Web.BusinessCards;
using CrmAi.Web.Contacts.Lists;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.Contacts;

/// <summary>Everybody one may see: views, search and conditions above, the rows below.</summary>
public sealed partial class ContactList : LiveComponent
{
    private static readonly TimeSpan TypingRest = TimeSpan.FromMilliseconds(250);

    private ListNames? names;
    private ListBody? body;
    private CancellationTokenSource? typing;
    private ListCount? count;

    [Inject] private IFolders Folders { get; set; } = null!;
    [Inject] private ITags Tags { get; set; } = null!;
    [Inject] private IUsers Users { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private PageScripts Scripts { get; set; } = null!;

    [Parameter, EditorRequired] public ContactFilter Filter { get; set; } = new();
    [Parameter] public Guid? Selected { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var me = await CurrentUser.GetAsync(Gone);
        Watch(LiveTopic.ContactsOf(me.Id));
        names = await NamesAsync(me, Gone);
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        names = await NamesAsync(await CurrentUser.GetAsync(ct), ct);
        StateHasChanged();
        if (body is not null) await body.RefreshAsync();
    }

    private async Task<ListNames> NamesAsync(Viewer me, CancellationToken ct) =>
        new(me, await Folders.ListAsync(ct), await Tags.ListAsync(ct), await Users.ColleaguesAsync(ct));

    private Task RefreshAsync() => Gone.IsCancellationRequested ? Task.CompletedTask : ReadAsync(Gone);

    // The address follows the text after a short rest; each key restarts the rest.
    private async Task SearchAsync(ChangeEventArgs change)
    {
        if (typing is not null) await typing.CancelAsync();
        typing?.Dispose();
        typing = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        var mine = typing.Token;
        try
        {
            await Task.Delay(TypingRest, mine);
            var text = (change.Value as string)?.Trim();
            await Scripts.FollowAsync((Filter with { Search = string.IsNullOrEmpty(text) ? null : text }).Address(Selected), mine);
        }
        catch (OperationCanceledException) { }
    }

    private async Task AddAsync()
    {
        if (await ContactDialog.OpenAsync(Dialogs, L["contact.add"]) is { } saved) Navigation.NavigateTo(new ContactFilter().Address(saved.Id));
    }

    private Task ScanAsync() => CardDialog.OpenAsync(Dialogs, L["cards.scan"]);

    public override async ValueTask DisposeAsync()
    {
        typing?.Dispose();
        await base.DisposeAsync();
    }
}
