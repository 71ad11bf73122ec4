using System.Globalization;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace CrmAi.Web.Profiles;

/// <summary>Asks what is right in place of a statement, or takes that it is wrong. What is typed stays where it is refused.</summary>
public sealed partial class CorrectionForm : ComponentBase
{
    private string? value;
    private string level = "", note = "";
    private IReadOnlyList<Error> errors = [];
    private bool saving;

    [Inject] private Drafts Drafts { get; set; } = null!;

    [Parameter, EditorRequired] public ShownClaim Shown { get; set; } = null!;
    [Parameter, EditorRequired] public ProfileSheet Sheet { get; set; } = null!;

    /// <summary>Tells this form's fields from those of others on the page.</summary>
    [Parameter, EditorRequired] public string Id { get; set; } = "";
    [Parameter] public EventCallback OnClosed { get; set; }

    private IReadOnlyList<string> Choices => ProfileKeys.Choices(Shown.Claim.Key);

    private bool HasLevel => ProfileKeys.HasLevel(Shown.Claim.Key);

    private bool CanSay => Choices.Count > 0 || HasLevel;

    protected override void OnInitialized()
    {
        value = Shown.Claim.Value;
        level = Shown.Claim.Level?.ToString(CultureInfo.InvariantCulture) ?? "";
        note = Shown.Correction?.Note ?? "";
    }

    private string Word(string choice) => Shown.Claim.Key == ProfileKeys.Disc ? $"{choice} {L.Value(ProfileKeys.Disc, choice)}" : L.Value(Shown.Claim.Key, choice);

    private Task SaveAsync()
    {
        if (!CanSay) return Task.CompletedTask;
        if (!HasLevel) return SendAsync(value, null);
        if (int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return SendAsync(null, number);
        errors = [new Error("profile.level", nameof(Correction.Level))];
        return Task.CompletedTask;
    }

    private Task RejectAsync() => SendAsync(null, null);

    private async Task SendAsync(string? said, int? number)
    {
        if (saving) return;
        saving = true;
        errors = await Sheet.CorrectAsync(Shown, new(Shown.Claim.Identity, said, number, note));
        saving = false;
        if (errors.Count > 0) return;
        await OnClosed.InvokeAsync();
        if (Sheet.Drafts is { } record) await Drafts.KeepAsync(record, Shown.Claim.Identity, null, CancellationToken.None);
    }

    private async Task KeysAsync(KeyboardEventArgs key)
    {
        if (key.Key == "Escape") await OnClosed.InvokeAsync();
    }
}
