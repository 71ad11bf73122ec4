using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CrmAi.Web.Duplicates;

/// <summary>Who may stand in the books twice, the likeliest first, each side by side.</summary>
public sealed partial class DuplicatesPage : LiveComponent
{
    private ElementReference page;
    private IJSObjectReference? script;
    private IReadOnlyList<DuplicateGroup>? groups;
    private DuplicateScanState? state;
    private DuplicateScope scope;
    private bool ready;
    private string? focus;

    [Inject] private IDuplicates Duplicates { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private Undo Undo { get; set; } = null!;
    [Inject] private PageScripts Scripts { get; set; } = null!;
    [Inject] private IJSRuntime Js { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Scope { get; set; }

    private string Hint => groups is not { Count: > 0 } ? L["duplicates.hint"] : groups.Sum(g => g.Pairs.Count) >= IDuplicates.MaxPairs ? L["duplicates.count.more", groups.Count] : L["duplicates.count", groups.Count];

    protected override void OnInitialized()
    {
        Watch(LiveTopic.Duplicates, LiveTopic.JobOn(IDuplicates.ScanSubject));
        ready = true;
    }

    protected override async Task OnParametersSetAsync()
    {
        var wanted = Enum.TryParse<DuplicateScope>(Scope, ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : DuplicateScope.Mine;
        if (!ready || (groups is not null && wanted == scope)) return;
        (scope, groups) = (wanted, null);
        await ReadAsync(Gone);
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        var wanted = scope;
        var read = await Duplicates.GroupsAsync(wanted, ct);
        state = await Duplicates.StateAsync(ct);
        if (wanted == scope) groups = read;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender)
            {
                var module = await Js.InvokeAsync<IJSObjectReference>("import", Gone, "./duplicates.js");
                script = await module.InvokeAsync<IJSObjectReference>("attach", Gone, page);
            }
            if (focus is not { } place) return;
            focus = null;
            await Scripts.FocusAsync(place, Gone);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException) { }
    }

    private async Task DismissAsync((DuplicateSide A, DuplicateSide B) pair)
    {
        var at = groups?.ToList().FindIndex(g => g.Contacts.Any(c => c.Id == pair.B.Id)) ?? -1;
        var result = await Duplicates.DismissAsync(pair.A.Id, pair.B.Id, CancellationToken.None);
        if (!result.Succeeded)
        {
            Toasts.Problem(L.Of(result.Errors));
            return;
        }
        Undo.Offer(L["duplicates.dismissed", pair.A.Name, pair.B.Name], result.Value, () => ReadAsync(Gone), "duplicates");
        await ReadAsync(Gone);
        // The keyboard goes on with what takes its place.
        focus = groups is { Count: > 0 } left ? $"[data-group='{Key(left[Math.Clamp(at, 0, left.Count - 1)])}']" : ".duplicates .rows";
    }

    private async Task ScanAsync()
    {
        var result = await Duplicates.ScanAsync(CancellationToken.None);
        if (!result.Succeeded) Toasts.Problem(L.Of(result.Errors));
        await ReadAsync(Gone);
    }

    internal static Guid Key(DuplicateGroup group) => group.Pairs[0].FirstId;

    private static string Address(DuplicateScope scope) => scope == DuplicateScope.Mine ? "/duplicates" : $"/duplicates?scope={scope}";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
        try
        {
            if (script is null) return;
            await script.InvokeVoidAsync("dispose", CancellationToken.None);
            await script.DisposeAsync();
        }
        catch (JSDisconnectedException) { }
    }
}
