using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Radzen;

namespace CrmAi.Web.Contacts;

/// <summary>Everybody one may see, read by the range that is in view.</summary>
public sealed partial class ContactList : LiveComponent
{
    private static readonly TimeSpan TypingRest = TimeSpan.FromMilliseconds(250);

    private Virtualize<ContactRow>? rows;
    private Viewer? viewer;
    private IReadOnlyList<FolderRow> folders = [];
    private ContactFilter? shown;
    private CancellationTokenSource? typing;
    private bool mayAdd;
    private bool loaded;
    private int total;

    [Inject] private IContacts Contacts { get; set; } = null!;
    [Inject] private IFolders FolderTree { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;

    [Parameter, EditorRequired] public ContactFilter Filter { get; set; } = new();
    [Parameter] public Guid? Selected { get; set; }

    private IEnumerable<(Priority, string)> Priorities => Enum.GetValues<Priority>().Select(p => (p, L.Of(p)));

    private IEnumerable<(DealStage, string)> Stages => Enum.GetValues<DealStage>().Select(s => (s, L.Of(s)));

    private IEnumerable<(Guid, string)> Folders => folders.Select(f => (f.Id, $"{f.Name} · {f.Contacts.ToString("N0", CultureInfo.CurrentCulture)}"));

    private string Count => total >= Slice<ContactRow>.CountLimit
        ? L["list.count.more", Slice<ContactRow>.CountLimit.ToString("N0", CultureInfo.CurrentCulture)]
        : L["list.count", total.ToString("N0", CultureInfo.CurrentCulture)];

    protected override async Task OnInitializedAsync()
    {
        var found = await CurrentUser.GetAsync(Gone);
        mayAdd = found.May(Operation.WriteContacts);
        Watch(LiveTopic.ContactsOf(found.Id));
        folders = await FolderTree.ListAsync(Gone);
        viewer = found;
    }

    protected override async Task OnParametersSetAsync()
    {
        var changed = shown is not null && shown != Filter;
        shown = Filter;
        if (!changed) return;
        loaded = false;
        if (rows is not null) await rows.RefreshDataAsync();
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        folders = await FolderTree.ListAsync(ct);
        if (rows is not null) await rows.RefreshDataAsync();
        else loaded = false;
    }

    private async ValueTask<ItemsProviderResult<ContactRow>> ReadRangeAsync(ItemsProviderRequest request)
    {
        var slice = await Contacts.ListAsync(Filter.Query(Clock, viewer!.Role), request.StartIndex, Math.Max(request.Count, 1), request.CancellationToken);
        if (!loaded || total != slice.Total)
        {
            (loaded, total) = (true, slice.Total);
            StateHasChanged();
        }
        return new(slice.Items, slice.Total);
    }

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
            Go(Filter with { Search = string.IsNullOrEmpty(text) ? null : text });
        }
        catch (OperationCanceledException) { }
    }

    private void Go(ContactFilter filter) => Navigation.NavigateTo(filter.Address(Selected), replace: true);

    private async Task AddAsync()
    {
        if (await ContactDialog.OpenAsync(Dialogs, L["contact.add"], null) is { } saved) Navigation.NavigateTo(new ContactFilter().Address(saved.Id));
    }

    public override async ValueTask DisposeAsync()
    {
        typing?.Dispose();
        await base.DisposeAsync();
    }
}
