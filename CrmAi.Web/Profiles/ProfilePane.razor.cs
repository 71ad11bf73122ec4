using CrmAi.Domain.Conversations;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Profiles;

/// <summary>What is known of a person, each statement with its words and open to correction.</summary>
public sealed partial class ProfilePane : LiveComponent
{
    // Who they are, what they are after, and how to go on.
    private static readonly ProfilePart[][] Columns =
    [
        [ProfilePart.Personality, ProfilePart.Communication, ProfilePart.Decision],
        [ProfilePart.Needs, ProfilePart.Qualification, ProfilePart.Relationship],
        [ProfilePart.Strategy, ProfilePart.Objections, ProfilePart.Opportunity, ProfilePart.Risks, ProfilePart.Milestones],
    ];

    private ProfileView? view;
    private IReadOnlyList<ProfileVersion>? versions;
    private string? drafts;
    private bool missing, busy;

    [Inject] private IProfiles Profiles { get; set; } = null!;
    [Inject] private IConversations Conversations { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter, EditorRequired] public Guid ContactId { get; set; }
    [Parameter, EditorRequired] public Func<Evidence, string> Link { get; set; } = null!;

    /// <summary>What changed from version to version, in place of the cards.</summary>
    [Parameter] public bool ShowsVersions { get; set; }

    /// <summary>Leads to the other of the two.</summary>
    [Parameter, EditorRequired] public string VersionsAddress { get; set; } = "";

    protected override async Task OnInitializedAsync()
    {
        Watch(LiveTopic.Contact(ContactId));
        drafts = Drafts.Record((await CurrentUser.GetAsync(Gone)).Id, "profile", ContactId);
        await ReadAsync(Gone);
    }

    protected override async Task OnParametersSetAsync()
    {
        if (ShowsVersions && view is not null && versions is null) versions = await Profiles.HistoryAsync(ContactId, Gone);
        else if (!ShowsVersions) versions = null;
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        view = await Profiles.GetAsync(ContactId, ct);
        missing = view is null;
        if (ShowsVersions) versions = await Profiles.HistoryAsync(ContactId, ct);
    }

    private ProfileSheet Sheet(ProfileView shown) => new(shown, Link, drafts, CorrectAsync, KeepAsync, WithdrawAsync);

    private async Task AnalyseAsync()
    {
        busy = true;
        var result = await Profiles.AnalyseAsync(ContactId, Gone);
        busy = false;
        if (result.Succeeded) Toasts.Show(L["profile.asked"]);
        else Toasts.Problem(L.Of(result.Errors));
        await ReadAsync(Gone);
    }

    // Shown at once, and taken back with the reason where it is refused.
    private async Task RateAsync(bool useful)
    {
        if (view is not { AiRunId: { } run } before) return;
        view = before with { RatedUseful = useful };
        var result = await Conversations.RateAsync(run, useful, null, Gone);
        if (result.Succeeded) return;
        view = before;
        Toasts.Problem(L.Of(result.Errors));
    }

    private async Task<IReadOnlyList<Error>> CorrectAsync(ShownClaim shown, Correction correction)
    {
        var result = await Profiles.CorrectAsync(ContactId, correction, Gone);
        if (!result.Succeeded) return result.Errors;
        Toasts.Show(L["profile.saved", L.About(shown.Claim.Key)], L["undo"], () => RestoreAsync(shown));
        await ShowAsync();
        return [];
    }

    private async Task KeepAsync(ShownClaim shown)
    {
        var result = await Profiles.CorrectAsync(ContactId, ProfileSheet.Again(shown), Gone);
        if (result.Succeeded) Toasts.Show(L["profile.kept"]);
        else Toasts.Problem(L.Of(result.Errors));
        await ShowAsync();
    }

    private async Task WithdrawAsync(ShownClaim shown)
    {
        if (shown.Correction is not { } correction) return;
        var result = await Profiles.WithdrawAsync(correction.Id, Gone);
        if (result.Succeeded) Toasts.Show(L["profile.withdrawn"], L["undo"], () => RestoreAsync(shown));
        else Toasts.Problem(L.Of(result.Errors));
        await ShowAsync();
    }

    /// <summary>Puts back what a person had said before, or that nobody had said anything. The notice may outlive the page.</summary>
    private async Task RestoreAsync(ShownClaim before)
    {
        var result = Result.Ok;
        if (before.Correction is not null) result = await Profiles.CorrectAsync(ContactId, ProfileSheet.Again(before), CancellationToken.None);
        else if ((await Profiles.GetAsync(ContactId, CancellationToken.None))?.Claims.FirstOrDefault(c => c.Claim.Identity == before.Claim.Identity)?.Correction is { } made)
            result = await Profiles.WithdrawAsync(made.Id, CancellationToken.None);
        if (result.Succeeded) Toasts.Show(L["undone"]);
        else Toasts.Problem(L.Of(result.Errors));
        if (!Gone.IsCancellationRequested) await ShowAsync();
    }

    private async Task ShowAsync()
    {
        await ReadAsync(Gone);
        StateHasChanged();
    }
}
