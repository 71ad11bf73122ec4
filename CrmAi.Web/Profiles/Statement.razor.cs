using CrmAi.Domain.Profiles;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Profiles;

/// <summary>One statement of a profile: how sure it is, the words it rests on, and what a person says of it.</summary>
public sealed partial class Statement : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private readonly string id = Guid.NewGuid().ToString("N");
    private string? focus;
    private bool editing;

    [Inject] private PageScripts Scripts { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    [Parameter, EditorRequired] public ShownClaim Shown { get; set; } = null!;
    [Parameter, EditorRequired] public ProfileSheet Sheet { get; set; } = null!;

    private ProfileClaim Claim => Shown.Claim;

    private string? Said => L.Says(Claim);

    private bool Rejected => Shown.Correction is { IsRejection: true };

    private bool IsTrait => ProfileKeys.BigFive.Contains(Claim.Key) && Claim.Level is not null;

    private string Title => Said is { } said ? L["profile.says", L.About(Claim.Key), said] : L.About(Claim.Key);

    private int Folded => ProfileKeys.IsMany(Claim.Key) || IsTrait ? 1 : 2;

    private string Words(ProfileClaim claim) => L.Says(claim) ?? (Shown.Quotes.Count > 0 ? Shown.Quotes[0].Quote : L.About(claim.Key));

    private string Who(CorrectionView by) => L[by.IsRejection ? "profile.rejected" : "profile.corrected", by.By, Clock.Day(by.At)];

    private void Toggle()
    {
        editing = !editing;
        if (editing) focus = $"#correct-{id} :is(button, input, textarea)";
    }

    private void Close() => (editing, focus) = (false, $"#pencil-{id}");

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (focus is not { } place) return;
        focus = null;
        await Scripts.FocusAsync(place, gone.Token);
    }

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }
}
