using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Interactions;

/// <summary>All that happened with a contact, newest first, read on as one scrolls.</summary>
public sealed partial class Timeline : LiveComponent
{
    public const int PageSize = 20;
    private const int FarthestPages = 50;

    private static readonly InteractionType[] Common = [InteractionType.Call, InteractionType.WeChat, InteractionType.Meeting, InteractionType.Email];

    private List<TimelineItem>? items;
    private TimelineFilter filter = new();
    private string? next;
    private bool reading;
    private Evidence? shownTarget;
    private string? reveal;

    [Inject] private IInteractions Interactions { get; set; } = null!;
    [Inject] private PageScripts Scripts { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter, EditorRequired] public Guid ContactId { get; set; }
    [Parameter] public ContactDetail? Contact { get; set; }

    /// <summary>The sentence to show.</summary>
    [Parameter] public Evidence? Target { get; set; }

    /// <summary>Whose words speakers' are, as confirmed in what was read.</summary>
    [Parameter] public EventCallback<IEnumerable<SpeakerSide>> OnKnown { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Watch(LiveTopic.Contact(ContactId));
        await ReadAsync(Gone);
        await SeekAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (items is not null) await SeekAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (reveal is not { } place || items is null) return;
        reveal = null;
        await Scripts.RevealAsync(place, Gone);
    }

    /// <summary>Reads the newest page again and lays it over what is shown, so that the place one reads at stays.</summary>
    protected override async Task ReadAsync(CancellationToken ct)
    {
        if (await PageAsync(null, ct) is not { } page) return;
        if (items is null || items.Count <= PageSize || page.Next is null) (items, next) = ([.. page.Items], page.Next);
        else
        {
            var fresh = page.Items.Select(i => i.Id).ToHashSet();
            var last = page.Items[^1].Id;
            var older = items.FindIndex(i => i.Id == last);
            items = [.. page.Items, .. items.Skip(older < 0 ? 0 : older + 1).Where(i => !fresh.Contains(i.Id))];
        }
        await OnKnown.InvokeAsync(page.Items.SelectMany(i => i.Fields.Speakers));
    }

    /// <summary>Brings what was just written into view.</summary>
    public async Task ShowAsync(Guid id)
    {
        if (filter != new TimelineFilter()) await FilterAsync(new());
        else await ReadAsync(Gone);
        reveal = $"#i-{id}";
        StateHasChanged();
    }

    private async Task MoreAsync()
    {
        if (reading || next is null || items is null) return;
        reading = true;
        if (await PageAsync(next, Gone) is { } page)
        {
            var known = items.Select(i => i.Id).ToHashSet();
            items.AddRange(page.Items.Where(i => !known.Contains(i.Id)));
            next = page.Next;
        }
        reading = false;
    }

    private async Task<Page<TimelineItem>?> PageAsync(string? after, CancellationToken ct)
    {
        var result = await Interactions.TimelineAsync(ContactId, filter, after, PageSize, ct);
        if (result.Succeeded) return result.Value;
        items ??= [];
        Toasts.Problem(L.Of(result.Errors));
        return null;
    }

    // Reads on until the sentence's conversation is there, and has it scrolled to once it is rendered.
    private async Task SeekAsync()
    {
        if (Target == shownTarget || items is null) return;
        shownTarget = Target;
        if (Target is not { } target) return;
        if (!Has(target) && filter != new TimelineFilter()) await FilterAsync(new());
        for (var page = 0; page < FarthestPages && !Has(target) && next is not null; page++) await MoreAsync();
        if (Has(target)) reveal = ".timeline [data-target]";
        else Toasts.Problem(L["timeline.target.gone"]);
    }

    private bool Has(Evidence target) => items!.Exists(i => i.Id == target.InteractionId);

    private async Task FilterAsync(TimelineFilter wanted)
    {
        filter = wanted;
        items = null;
        StateHasChanged();
        await ReadAsync(Gone);
    }

    private Task SearchAsync(ChangeEventArgs change) =>
        FilterAsync(filter with { Search = (change.Value as string)?.Trim() is { Length: > 0 } text ? text : null });

    private static string Pressed(bool on) => on ? "true" : "false";
}
