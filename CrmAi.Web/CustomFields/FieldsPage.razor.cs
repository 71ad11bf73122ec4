using System.Globalization;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Web.History;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.CustomFields;

/// <summary>The administrator's own fields: added, changed, ordered and archived, each change with its way back.</summary>
public sealed partial class FieldsPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private IReadOnlyList<CustomFieldRow>? fields;
    private CustomFieldTarget target;
    private Guid? open;
    private Guid? dragged;
    private bool adding;
    private bool? may;

    [Inject] private ICustomFields Fields { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private Undo Undo { get; set; } = null!;

    private IReadOnlyList<CustomFieldRow> Present => [.. (fields ?? []).Where(f => !f.IsArchived)];

    private IReadOnlyList<CustomFieldRow> Archived => [.. (fields ?? []).Where(f => f.IsArchived)];

    protected override async Task OnInitializedAsync()
    {
        may = (await CurrentUser.GetAsync(gone.Token)).May(Operation.ManageCustomFields);
        if (may == true) await ReadAsync();
    }

    private async Task ReadAsync()
    {
        fields = await Fields.ListAsync(target, archivedToo: true, gone.Token);
        StateHasChanged();
    }

    private Task ShowAsync(CustomFieldTarget kind)
    {
        (target, fields) = (kind, null);
        Close();
        return ReadAsync();
    }

    private void Open(Guid? id) => (open, adding) = (id, id is null);

    private void Close() => (open, adding) = (null, false);

    private async Task<IReadOnlyList<Error>> SaveAsync(CustomFieldRow? field, CustomFieldEdit edit)
    {
        var saved = field is null ? await Fields.AddAsync(edit, gone.Token) : await Fields.UpdateAsync(field.Id, field.Version, edit, gone.Token);
        if (!saved.Succeeded)
        {
            if (saved.Errors.Contains(Error.Conflict)) await ReadAsync();
            return saved.Errors;
        }
        Close();
        await ReadAsync();
        Undo.Offer(L["fields.saved", edit.Name.Trim()], saved.Value, ReadAgainAsync);
        return [];
    }

    private async Task ArchiveAsync(CustomFieldRow field, bool archived) =>
        await DoneAsync(await Fields.ArchiveAsync(field.Id, archived, gone.Token), L[archived ? "fields.archive.done" : "fields.unarchive.done", field.Fields.Name]);

    private async Task MoveAsync(Guid id, Guid? before) => await DoneAsync(await Fields.MoveAsync(id, before, gone.Token), null);

    private Task DropAsync(Guid on)
    {
        if (dragged is not { } moved || moved == on) return Task.CompletedTask;
        var order = Present.Select(f => f.Id).ToList();
        // Down past others it lands behind the one it is let go on, up before it.
        var (from, to) = (order.IndexOf(moved), order.IndexOf(on));
        dragged = null;
        return MoveAsync(moved, from < to ? (to + 1 < order.Count ? order[to + 1] : null) : on);
    }

    private async Task DoneAsync(Result<Saved> saved, string? words)
    {
        if (!saved.Succeeded) Toasts.Problem(L.Of(saved.Errors));
        else if (words is not null) Undo.Offer(words, saved.Value, ReadAgainAsync);
        await ReadAsync();
    }

    private async Task HistoryAsync(CustomFieldRow field)
    {
        await HistoryDialog.OpenAsync(Dialogs, L["history.of", field.Fields.Name], nameof(CustomField), field.Id);
        await ReadAsync();
    }

    private Task ReadAgainAsync() => InvokeAsync(ReadAsync);

    private static string? Detail(CustomFieldEdit field)
    {
        var range = (field.Min, field.Max) is (null, null) ? null : $"{field.Min?.ToString("0.##", CultureInfo.CurrentCulture) ?? "−∞"} – {field.Max?.ToString("0.##", CultureInfo.CurrentCulture) ?? "∞"}";
        var parts = (string?[])[field.Choices.Count > 0 ? string.Join(" / ", field.Choices) : null, range, field.Hint];
        return string.Join(" · ", parts.OfType<string>()) is { Length: > 0 } text ? text : null;
    }

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }
}
