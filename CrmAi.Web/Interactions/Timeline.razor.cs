using CrmAi.Domain.Contacts;
using CrmAi.Domain.Exports;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Web.Exports;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.Interactions;

/// <summary>All that happened with a contact, newest first, read on as one scrolls; before it what lies ahead. The address says what of it is shown.</summary>
public sealed partial class Timeline : LiveComponent
{
    public const int PageSize = 20;
    private const int ShownAhead = 1;

    private List<TimelineItem>? items;
    private IReadOnlyList<TimelineItem> upcoming = [];
    private TimelineView view = new();
    private TimelineView? asked;
    private string? newer, older;
    private int? hits;
    private int load;
    private bool reading, allAhead, mayExport;
    private Evidence? shownTarget;
    private string? reveal;

    [Inject] private IInteractions Interactions { get; set; } = null!;
    [Inject] private PageScripts Scripts { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;

    [Parameter, EditorRequired] public Guid ContactId { get; set; }
    [Parameter] public ContactDetail? Contact { get; set; }

    /// <summary>The sentence to show.</summary>
    [Parameter] public Evidence? Target { get; set; }

    /// <summary>Whose words speakers' are, as confirmed in what was read.</summary>
    [Parameter] public EventCallback<IEnumerable<SpeakerSide>> OnKnown { get; set; }

    [SupplyParameterFromQuery] private string? Type { get; set; }
    [SupplyParameterFromQuery] private string? Finding { get; set; }
    [SupplyParameterFromQuery] private string? Find { get; set; }
    [SupplyParameterFromQuery] private string? Important { get; set; }
    [SupplyParameterFromQuery] private string? Scheduled { get; set; }
    [SupplyParameterFromQuery] private string? Private { get; set; }
    [SupplyParameterFromQuery(Name = "archive")] private string? Archived { get; set; }

    protected override void OnInitialized() => Watch(LiveTopic.Contact(ContactId));

    protected override async Task OnInitializedAsync() => mayExport = (await CurrentUser.GetAsync(Gone)).May(Operation.ExportRecords);

    protected override async Task OnParametersSetAsync()
    {
        var wanted = TimelineView.Parse(Type, Finding, Find, Important, Scheduled, Private, Archived);
        if (wanted == asked && Target == shownTarget) return;
        var shown = wanted == asked && items is not null;
        (asked, shownTarget) = (wanted, Target);
        if (Target is { } target && shown && Has(target.InteractionId)) Reveal();
        else await LoadAsync(wanted);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (reveal is not { } place || items is null) return;
        reveal = null;
        await Scripts.RevealAsync(place, Gone);
    }

    /// <summary>Reads what is shown again and lays it over the old, so that the place one reads at stays and only what changed is drawn anew.</summary>
    protected override async Task ReadAsync(CancellationToken ct)
    {
        if (items is null) return;
        var mine = load;
        var ahead = await Interactions.AppointmentsAsync(ContactId, ct);
        var part = newer is null ? await NewestAsync(view, ct) : await AroundAsync(view, items[0].Id, ct);
        if (mine != load || items is null) return;
        if (part is null)
        {
            await LoadAsync(view);
            return;
        }
        upcoming = TimelineItems.Kept(upcoming, ahead);
        if (newer is not null) items = TimelineItems.Refreshed(items, part.Items);
        else (items, older) = TimelineItems.Overlaid(items, part, older);
        await CountAsync(ct);
        await OnKnown.InvokeAsync(part.Items.SelectMany(i => i.Fields.Speakers));
    }

    /// <summary>Brings what was just written into view.</summary>
    public async Task ShowAsync(Guid id)
    {
        if (view.IsNarrowed || newer is not null) await LoadAsync(new());
        else await ReadAsync(Gone);
        allAhead |= upcoming.Any(i => i.Id == id);
        reveal = $"#i-{id}";
        StateHasChanged();
    }

    // On a phone the place to write is a pane of its own.
    private async Task WriteAsync()
    {
        await Scripts.FocusAsync("[data-compose] textarea", Gone);
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("pane", "compose"));
    }

    private void Go(TimelineView wanted, bool replace = false) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(wanted.Query), replace: replace);

    private async Task LoadAsync(TimelineView wanted)
    {
        var mine = ++load;
        (view, items, newer, older, hits) = (wanted, null, null, null, null);
        StateHasChanged();
        var ahead = await Interactions.AppointmentsAsync(ContactId, Gone);
        var part = Target is { } target && ahead.All(i => i.Id != target.InteractionId) ? await SoughtAsync(wanted, target.InteractionId) : await NewestAsync(wanted, Gone);
        if (mine != load) return;
        upcoming = ahead;
        (items, newer, older) = ([.. part?.Items ?? []], part?.Newer, part?.Older);
        if (Target is { } sought && Has(sought.InteractionId)) Reveal();
        await CountAsync(Gone);
        if (part is not null) await OnKnown.InvokeAsync(part.Items.SelectMany(i => i.Fields.Speakers));
    }

    // A sentence is shown whatever is looked for, archived or not, however far back.
    private async Task<TimelinePart?> SoughtAsync(TimelineView wanted, Guid id)
    {
        foreach (var candidate in (TimelineView[])[wanted, new(), new(Archived: true)])
        {
            if (await AroundAsync(candidate, id, Gone) is not { } part) continue;
            view = candidate;
            return part;
        }
        Toasts.Problem(L["timeline.target.gone"]);
        return await NewestAsync(wanted, Gone);
    }

    private async Task<TimelinePart?> AroundAsync(TimelineView wanted, Guid id, CancellationToken ct)
    {
        var result = await Interactions.AroundAsync(ContactId, wanted.Filter, id, PageSize, ct);
        return result.Succeeded ? result.Value : null;
    }

    private async Task<TimelinePart?> NewestAsync(TimelineView wanted, CancellationToken ct) =>
        Page(await Interactions.TimelineAsync(ContactId, wanted.Filter, null, PageSize, ct)) is { } page ? new(page.Items, null, page.Next) : null;

    private Task OlderAsync() => MoreAsync(older, async place =>
    {
        if (Page(await Interactions.TimelineAsync(ContactId, view.Filter, place, PageSize, Gone)) is { } page) (items, older) = (TimelineItems.Joined(items!, page.Items), page.Next);
    });

    private Task NewerAsync() => MoreAsync(newer, async place =>
    {
        var first = items![0].Id;
        if (Page(await Interactions.NewerAsync(ContactId, view.Filter, place, PageSize, Gone)) is not { } page) return;
        (items, newer, reveal) = (TimelineItems.Joined(page.Items, items), page.Next, $"#i-{first}");
    });

    private async Task MoreAsync(string? place, Func<string, Task> read)
    {
        if (reading || place is null || items is null) return;
        reading = true;
        try { await read(place); }
        finally { reading = false; }
    }

    private Page<TimelineItem>? Page(Result<Page<TimelineItem>> result)
    {
        if (result.Succeeded) return result.Value;
        Toasts.Problem(L.Of(result.Errors));
        return null;
    }

    private Task ExportAsync() => ExportDialog.OpenAsync(Dialogs, L["export.title.timeline"], new(ExportKind.Interactions, default) { ContactId = ContactId, Timeline = view.Filter }, L["export.what.timeline", Contact?.Fields.Name ?? ""]);

    private async Task CountAsync(CancellationToken ct) => hits = view.IsNarrowed ? await Interactions.CountAsync(ContactId, view.Filter, ct) : null;

    private Task ChangedAsync() => ReadAsync(Gone);

    private void Reveal()
    {
        allAhead |= upcoming.Any(i => i.Id == Target!.Value.InteractionId);
        reveal = Target is { Length: > 0 } ? ".timeline [data-target]" : $"#i-{Target!.Value.InteractionId}";
    }

    private bool Has(Guid id) => items!.Exists(i => i.Id == id) || upcoming.Any(i => i.Id == id);
}
