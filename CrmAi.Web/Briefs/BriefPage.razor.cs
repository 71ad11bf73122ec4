using CrmAi.Domain.Briefs;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Briefs;

/// <summary>What the day begins with: at most five steps, the same all day. A manager reads those of the team.</summary>
public sealed partial class BriefPage : LiveComponent
{
    private BriefView? view;
    private IReadOnlyList<BriefPerson> people = [];
    private Guid? shown;
    private bool missing;
    private int? next;

    [Inject] private IBriefs Briefs { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private PageScripts Scripts { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    /// <summary>Whose, as the address says it; one's own where null.</summary>
    [SupplyParameterFromQuery(Name = "person")] private Guid? Person { get; set; }

    private int Done => view?.Decided ?? 0;

    protected override async Task OnInitializedAsync() => people = await Briefs.PeopleAsync(Gone);

    protected override async Task OnParametersSetAsync()
    {
        var person = Person ?? (await CurrentUser.GetAsync(Gone)).Id;
        if (shown == person) return;
        (shown, view, missing) = (person, null, false);
        Watch(LiveTopic.BriefOf(person));
        await ReadAsync(Gone);
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        var asked = Person;
        var read = await Briefs.TodayAsync(asked, ct);
        if (asked == Person) (view, missing) = (read, read is null);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (next is not { } place) return;
        next = null;
        await Scripts.FocusAsync($"[data-brief] [data-step=\"{place}\"]", CancellationToken.None);
    }

    // What was answered has no buttons any more: one goes on with the step that comes next and waits.
    private async Task ChangedAsync(int place)
    {
        await ReadAsync(Gone);
        if (view is not { } now) return;
        var open = now.Cards.Select((c, i) => (c.Suggestion.IsOpen, Place: i + 1)).Where(c => c.IsOpen).Select(c => c.Place).ToList();
        next = open.Count == 0 ? place : open.Find(p => p >= place) is > 0 and var found ? found : open[0];
    }

    private async Task ForgetAsync()
    {
        var since = await Briefs.ForgetAsync(Gone);
        await ReadAsync(Gone);
        Toasts.Show(L["brief.forgotten"], L["undo"], () => InvokeAsync(async () =>
        {
            await Briefs.RememberAsync(since, CancellationToken.None);
            await ReadAsync(Gone);
            StateHasChanged();
        }), "brief-learning");
    }
}
