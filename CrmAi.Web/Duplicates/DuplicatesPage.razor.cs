using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CrmAi.Web.Duplicates;

/// <summary>Who and what may stand in the books twice, the likeliest first, each side by side.</summary>
public sealed partial class DuplicatesPage : LiveComponent
{
    private ElementReference page;
    private IJSObjectReference? script;
    private IReadOnlyList<Shown>? groups;
    private DuplicateCounts counts = new(0, 0);
    private DuplicateScanState? state;
    private DuplicateScope scope;
    private MergeKind kind;
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
    [SupplyParameterFromQuery] private string? Kind { get; set; }

    private string Hint => groups is not { Count: > 0 } ? L["duplicates.hint"] : groups.Sum(g => g.Pairs) >= IDuplicates.MaxPairs ? L["duplicates.count.more", groups.Count] : L["duplicates.count", groups.Count];

    protected override void OnInitialized()
    {
        Watch(LiveTopic.Duplicates, LiveTopic.JobOn(IDuplicates.ScanSubject));
        ready = true;
    }

    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Kind == MergeWords.Segment(MergeKind.Account) ? MergeKind.Account : MergeKind.Contact, Enum.TryParse<DuplicateScope>(Scope, ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : DuplicateScope.Mine);
        if (!ready || (groups is not null && wanted == (kind, scope))) return;
        ((kind, scope), groups) = (wanted, null);
        await ReadAsync(Gone);
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        var wanted = (kind, scope);
        IReadOnlyList<Shown> read = kind == MergeKind.Account ? [.. (await Duplicates.CompanyGroupsAsync(scope, ct)).Select(g => new Companies(g))] : [.. (await Duplicates.GroupsAsync(scope, ct)).Select(g => new People(g))];
        (state, counts) = (await Duplicates.StateAsync(ct), await Duplicates.CountAsync(ct));
        if (wanted == (kind, scope)) groups = read;
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

    private async Task DismissAsync((IDuplicateSide A, IDuplicateSide B) pair)
    {
        var at = groups?.ToList().FindIndex(g => g.Sides.Any(s => s.Id == pair.B.Id)) ?? -1;
        var result = await Duplicates.DismissAsync(pair.A.Id, pair.B.Id, CancellationToken.None, kind);
        if (!result.Succeeded)
        {
            Toasts.Problem(L.Of(result.Errors));
            return;
        }
        Undo.Offer(L[$"duplicates.dismissed.{kind}", pair.A.Name, pair.B.Name], result.Value, () => ReadAsync(Gone), "duplicates");
        await ReadAsync(Gone);
        // The keyboard goes on with what takes its place.
        focus = groups is { Count: > 0 } left ? $"[data-group='{left[Math.Clamp(at, 0, left.Count - 1)].Key}']" : ".duplicates .rows";
    }

    private async Task ScanAsync()
    {
        var result = await Duplicates.ScanAsync(CancellationToken.None);
        if (!result.Succeeded) Toasts.Problem(L.Of(result.Errors));
        await ReadAsync(Gone);
    }

    private int Count(MergeKind of) => of == MergeKind.Account ? counts.Companies : counts.Contacts;

    private static string Address(MergeKind kind, DuplicateScope scope)
    {
        var query = new[] { kind == MergeKind.Account ? $"kind={MergeWords.Segment(kind)}" : null, scope == DuplicateScope.Mine ? null : $"scope={scope}" }.OfType<string>().ToList();
        return query.Count == 0 ? "/duplicates" : $"/duplicates?{string.Join('&', query)}";
    }

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

    private abstract record Shown(IReadOnlyList<IDuplicateSide> Sides, Guid Key, int Pairs);

    private sealed record People(DuplicateGroup Of) : Shown(Of.Contacts, Of.Pairs[0].FirstId, Of.Pairs.Count);

    private sealed record Companies(CompanyGroup Of) : Shown(Of.Companies, Of.Pairs[0].FirstId, Of.Pairs.Count);
}
