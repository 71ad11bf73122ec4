using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;
using Radzen;

namespace CrmAi.Web.Contacts.Lists;

/// <summary>The rows, read by the range in view, under the headings of their groups. Picking, dragging and keys come from list.js.</summary>
public sealed partial class ListBody : ComponentBase, IAsyncDisposable
{
    private const int MaxTake = 200, MaxReach = 2000;

    private readonly CancellationTokenSource gone = new();
    private readonly RowRanges ranges = new();
    private readonly RowSelection selection = new();
    private readonly Dictionary<string, int> counts = [];
    private IReadOnlyList<ContactGroup> groups = [];
    private IReadOnlyList<ListSection>? sections;
    private Virtualize<ListedRow>? list;
    private ContactFilter? shown;
    private ContactQuery query = new();
    private ElementReference element;
    private IJSObjectReference? script;
    private DotNetObjectReference<ListBody>? self;
    private bool loaded;
    private bool stale;
    private bool placed;
    private bool headed;
    private int total;
    private bool more;

    [Inject] private IContacts Contacts { get; set; } = null!;
    [Inject] private Filing Filing { get; set; } = null!;
    [Inject] private BulkStarts Bulk { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Parameter, EditorRequired] public ContactFilter Filter { get; set; } = new();
    [Parameter, EditorRequired] public ListNames Names { get; set; } = null!;
    [Parameter] public Guid? Selected { get; set; }
    [Parameter] public RenderFragment? Empty { get; set; }

    /// <summary>How many the list holds; null while it is being read.</summary>
    [Parameter] public EventCallback<ListCount?> OnCounted { get; set; }

    /// <summary>Folders or what stands in them are no longer as they were.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    private ListGrouping Grouping => ListSections.Grouping(Filter, Names);

    /// <summary>The group whose rows are shown: another one is another list, which begins at its top.</summary>
    private string Part => $"{Grouping} {Filter.Folder} {Filter.Unfiled} {Filter.Industry} {Filter.Seniority} {Filter.Decade}";

    private bool CanReorder => Filter.ShownOrder == ContactOrder.Manual && Filter.Tab == ContactTab.Mine && Names.MayWrite && (Filter.Folder is not null || Filter.Unfiled);

    protected override async Task OnParametersSetAsync()
    {
        if (shown == Filter)
        {
            BuildSections();
            return;
        }
        var before = shown;
        var part = before is null ? null : PartOf(before);
        shown = Filter;
        query = Filter.Query(Clock, Names.Me.Role);
        ranges.Clear();
        selection.Clear();
        (loaded, stale) = (false, part == Part);
        await OnCounted.InvokeAsync(null);
        if (before is null || before.Closed.Text != Filter.Closed.Text || before.ShownGroup != Filter.ShownGroup) sections = null;
        if (sections is not null) BuildSections();
        await ReadGroupsAsync();
        if (before is null) return;
        if (stale && list is not null) await list.RefreshDataAsync();
        await RunAsync("show", Filter.Text, stale);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            try
            {
                self = DotNetObjectReference.Create(this);
                var module = await Js.InvokeAsync<IJSObjectReference>("import", gone.Token, "./list.js");
                script = await module.InvokeAsync<IJSObjectReference>("attach", gone.Token, element, self);
            }
            catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException) { }
        }
        if (script is not null && !headed && sections is not null)
        {
            headed = true;
            await RunAsync("head");
        }
        if (!loaded || placed || script is null) return;
        placed = true;
        await RunAsync("place", Filter.Text);
    }

    /// <summary>Reads again what is in view, which keeps its place.</summary>
    public async Task RefreshAsync()
    {
        ranges.Clear();
        await ReadGroupsAsync();
        if (list is not null) await list.RefreshDataAsync();
    }

    private string PartOf(ContactFilter filter) => $"{ListSections.Grouping(filter, Names)} {filter.Folder} {filter.Unfiled} {filter.Industry} {filter.Seniority} {filter.Decade}";

    private async Task ReadGroupsAsync()
    {
        var asked = Filter;
        var closed = Filter.Closed.Query(Clock, Names.Me.Role);
        if (Grouping == ListGrouping.Folder)
        {
            counts[ListSections.None] = (await Contacts.ListAsync(closed with { Unfiled = true }, 0, 1, gone.Token)).Total;
            // Without a filter a folder itself says how many it holds.
            if (ListSections.IsNarrowed(asked))
            {
                var found = (await Contacts.GroupsAsync(closed, ContactGrouping.Folder, gone.Token)).ToDictionary(g => g.Key, g => g.Contacts);
                foreach (var folder in Names.Folders) counts[folder.Id.ToString()] = found.GetValueOrDefault(folder.Id.ToString());
            }
            counts[ListSections.All] = (await Contacts.ListAsync(closed, 0, 1, gone.Token)).Total;
        }
        else if (Grouping != ListGrouping.None)
        {
            var by = Grouping switch { ListGrouping.Industry => ContactGrouping.Industry, ListGrouping.Seniority => ContactGrouping.Seniority, _ => ContactGrouping.BirthDecade };
            var read = await Contacts.GroupsAsync(closed, by, gone.Token);
            if (asked == Filter) groups = read;
        }
        if (asked != Filter) return;
        BuildSections();
        // Rows below many headings are read when one comes to them; how many there are is known before.
        if (!loaded && Grouping == ListGrouping.Folder && Filter.Folder is null) await OnCounted.InvokeAsync(CountOf(counts[Filter.Unfiled ? ListSections.None : ListSections.All]));
        // With every group closed there are no rows to wait for.
        if (sections is not { } all || all.Any(s => s.IsOpen)) return;
        (loaded, total) = (true, all.Sum(s => s.Count ?? 0));
        more = false;
        await OnCounted.InvokeAsync(Counted());
    }

    private ListCount Counted() => new(total, more);

    private static ListCount CountOf(int counted) => new(counted, counted >= Slice<ContactRow>.CountLimit);

    private void BuildSections() => sections = Grouping switch
    {
        ListGrouping.None => null,
        ListGrouping.Folder => ListSections.OfFolders(Filter, Names, unfolded, counts, L),
        _ => ListSections.OfGroups(Filter, groups, L),
    };

    private async ValueTask<ItemsProviderResult<ListedRow>> ReadRangeAsync(ItemsProviderRequest request)
    {
        var (start, count) = (request.StartIndex, Math.Clamp(request.Count, 1, MaxTake));
        if (optimistic && ranges.Known(start, Math.Min(count, total - start)) is { } known) return new(Listed(known, start), total);
        var asked = query;
        var slice = await Contacts.ListAsync(asked, start, count, request.CancellationToken, ranges.Near(start));
        if (asked == query) ranges.Take(start, slice);
        if (!loaded || total != slice.Total || more != slice.HasMore)
        {
            (loaded, stale, total, more) = (true, false, slice.Total, slice.HasMore);
            await OnCounted.InvokeAsync(Counted());
            StateHasChanged();
        }
        return new(Listed(slice.Items, start), slice.Total);
    }

    private IEnumerable<ListedRow> Listed(IReadOnlyList<ContactRow> rows, int start) => rows.Select((row, i) => new ListedRow(row, start + i, query.Search ?? ""));

    // What was just dropped is counted before the database answers.
    private ListSection Counted(ListSection section) =>
        (section.IsOpen && loaded ? section with { Count = total } : section) is var counted && counted.Count is { } count ? counted with { Count = count + shifts.GetValueOrDefault(section.Key) } : counted;

    private async Task RunAsync(string function, params object[] args)
    {
        if (script is null) return;
        try { await script.InvokeVoidAsync(function, gone.Token, args); }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException) { }
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        try
        {
            if (script is not null)
            {
                await script.InvokeVoidAsync("dispose", CancellationToken.None);
                await script.DisposeAsync();
            }
        }
        catch (JSDisconnectedException) { }
        self?.Dispose();
    }
}
