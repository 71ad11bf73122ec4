using CrmAi.Domain.Duplicates;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Web.History;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Duplicates;

/// <summary>Two records side by side, field by field: which value wins, what moves, and one button.</summary>
public sealed partial class MergePage : LiveComponent
{
    private readonly Dictionary<string, MergeSide> chosen = [];
    private MergePreview? preview;
    private (Guid, Guid?)? shown;
    private string? problem, notice;
    private bool saving, merged, busy;
    private HistoryWords words = null!;

    [Inject] private IMerges Merges { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    [Parameter] public string Kind { get; set; } = "contacts";
    [Parameter] public Guid Survivor { get; set; }
    [Parameter] public Guid? Loser { get; set; }
    [SupplyParameterFromQuery] private string? From { get; set; }

    private MergeKind Which => Kind == "accounts" ? MergeKind.Account : MergeKind.Contact;

    private string Title => L[Which == MergeKind.Account ? "merge.title.accounts" : "merge.title.contacts"];

    private string Back => From == "duplicates" ? Duplicates : Record(Survivor);

    private string Duplicates => Which == MergeKind.Account ? $"/duplicates?kind={Kind}" : "/duplicates";

    protected override async Task OnParametersSetAsync()
    {
        if (shown == (Survivor, Loser)) return;
        shown = (Survivor, Loser);
        words = new(L, Clock, Which == MergeKind.Account ? "Account" : "Contact");
        (preview, problem, notice, merged) = (null, null, null, false);
        chosen.Clear();
        if (Loser is not { } loser) return;
        Watch(Which == MergeKind.Account ? [LiveTopic.Account(Survivor), LiveTopic.Account(loser)] : [LiveTopic.Contact(Survivor), LiveTopic.Contact(loser)]);
        await ReadAsync(Gone);
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        if (merged || Loser is not { } loser) return;
        busy = preview is null;
        var result = await Merges.PreviewAsync(Which, Survivor, loser, ct);
        busy = false;
        if (merged) return;
        if (!result.Succeeded) (preview, problem) = (null, L.Of(result.Errors));
        else
        {
            // What stood here before was read of older versions.
            if (preview is { } last && (last.Survivor.Version, last.Loser.Version) != (result.Value.Survivor.Version, result.Value.Loser.Version)) notice = L["merge.changed"];
            (preview, problem) = (result.Value, null);
        }
    }

    private MergeSide Wins(MergeField field) => chosen.TryGetValue(field.Field, out var side) ? side : field.Wins;

    private (string Name, string? Mine, string? Other) Words(MergeField field)
    {
        var change = new FieldChange(field.Field, field.Survivor, field.Loser) { Label = field.Label };
        var line = words.Lines(new HistoryEntry(default, default, "", default, "", default, false, false, [change])).FirstOrDefault();
        return line is null ? (field.Label ?? field.Field, field.Survivor, field.Loser) : (line.Name, line.Before, line.After);
    }

    private string Detail(MergeHead head) => string.Join(" · ", new[] { head.Detail, head.Owner, L["merge.updated", Clock.Day(head.UpdatedAt)].Value }.OfType<string>());

    private void Choose(Guid other) => Navigation.NavigateTo($"/merge/{Kind}/{Survivor}/{other}");

    private void Swap() => Navigation.NavigateTo($"/merge/{Kind}/{Loser}/{Survivor}{(From is null ? "" : $"?from={Uri.EscapeDataString(From)}")}", replace: true);

    private async Task MergeAsync()
    {
        if (saving || preview is not { } seen) return;
        saving = true;
        var fields = chosen.Where(c => seen.Fields.Any(f => f.Field == c.Key && !f.Joins)).ToDictionary();
        var result = await Merges.MergeAsync(Which, new(seen.Survivor.Id, seen.Survivor.Version, seen.Loser.Id, seen.Loser.Version, fields), CancellationToken.None);
        saving = false;
        if (!result.Succeeded)
        {
            if (result.Errors.Any(e => e.Code == Error.Conflict.Code)) await ReadAsync(Gone);
            else Toasts.Problem(L.Of(result.Errors));
            return;
        }
        merged = true;
        Toasts.Show(L["merge.done", seen.Loser.Name, seen.Survivor.Name], L["undo"], () => UndoAsync(result.Value.ChangeSetId), "merge");
        Navigation.NavigateTo(From == "duplicates" ? Duplicates : Record(seen.Survivor.Id));
    }

    private async Task UndoAsync(Guid changeSet)
    {
        var result = await Merges.UndoAsync(changeSet, CancellationToken.None);
        if (!result.Succeeded) Toasts.Problem(L.Of(result.Errors));
        else Toasts.Show(result.Value.Kept.Count == 0 ? L["merge.undone"] : L["merge.undone.kept", MergeWords.Fields(L, result.Value.Kept)]);
    }

    private string Record(Guid id) => $"/{Kind}/{id}";
}
