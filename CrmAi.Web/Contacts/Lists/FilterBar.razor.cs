using CrmAi.Domain.Contacts;
using CrmAi.Domain.Exports;
using CrmAi.Web.Exports;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.Contacts.Lists;

/// <summary>What the list is narrowed by, as chips; how it is grouped and ordered.</summary>
public sealed partial class FilterBar : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private readonly HashSet<string> opened = [];
    private readonly Dictionary<ContactGrouping, IReadOnlyList<ContactGroup>> groups = [];
    private ContactFilter? shown;
    private string? reveal;

    [Inject] private IContacts Contacts { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private PageScripts Scripts { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;

    [Parameter, EditorRequired] public ContactFilter Filter { get; set; } = new();
    [Parameter, EditorRequired] public ListNames Names { get; set; } = null!;
    [Parameter] public Guid? Selected { get; set; }
    [Parameter] public EventCallback OnAddFolder { get; set; }

    private IReadOnlyList<FilterKind> Kinds => FilterKind.Of(Filter, Names, by => groups.GetValueOrDefault(by) ?? [], L);

    private int Shown => Kinds.Count(k => k.Value is not null) + Filter.Tags.Count;

    private Task ExportAsync() => ExportDialog.OpenAsync(Dialogs, L["export.title"], new(ExportKind.Contacts, default) { Contacts = Filter.Query(Clock, Names.Me.Role) }, L["export.what.list"]);

    protected override void OnParametersSet()
    {
        if (shown is not null && shown != Filter) opened.Clear();
        shown = Filter;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (reveal is null) return;
        var name = reveal;
        reveal = null;
        await Scripts.FocusAsync($"[data-filter={name}] select", gone.Token);
    }

    private async Task OpenAsync(FilterKind kind)
    {
        if (kind.Name == "archived")
        {
            Go(kind.Set(new("1")));
            return;
        }
        if (kind.Name is FilterKind.Industry or FilterKind.Decade)
        {
            var by = kind.Name == FilterKind.Industry ? ContactGrouping.Industry : ContactGrouping.BirthDecade;
            groups[by] = await Contacts.GroupsAsync(kind.Set(null).Query(Clock, Names.Me.Role), by, gone.Token);
        }
        opened.Add(kind.Name);
        reveal = kind.Name;
    }

    private void Choose(FilterKind kind, FilterValue? value)
    {
        opened.Remove(kind.Name);
        Go(kind.Set(value));
    }

    private void Go(ContactFilter filter) => Navigation.NavigateTo(Navigation.WithPane(filter.Address(Selected)));

    private static string Icon(ListGrouping grouping) => grouping switch
    {
        ListGrouping.Folder => "folder",
        ListGrouping.Industry => "factory",
        ListGrouping.Seniority => "badge",
        ListGrouping.Decade => "cake",
        _ => "list",
    };

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }
}
