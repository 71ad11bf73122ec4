using System.Globalization;
using System.Text.Json;
using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.History;

/// <summary>Who changed what and when, with the way back.</summary>
public sealed partial class HistoryDialog : ComponentBase, IDisposable
{
    private const int Shown = 400;

    private static readonly Dictionary<string, Type> Kinds = new()
    {
        ["Type"] = typeof(InteractionType),
        ["Direction"] = typeof(InteractionDirection),
        ["Outcome"] = typeof(InteractionOutcome),
        ["Priority"] = typeof(Priority),
        ["Lifecycle"] = typeof(Lifecycle),
        ["Stage"] = typeof(DealStage),
        ["Seniority"] = typeof(Seniority),
        ["Source"] = typeof(ContactSource),
        ["BudgetAuthority"] = typeof(BudgetAuthority),
        ["Visibility"] = typeof(Visibility),
        ["Class"] = typeof(AccountClass),
        ["Size"] = typeof(CompanySize),
    };

    private readonly CancellationTokenSource gone = new();
    private IReadOnlyList<HistoryEntry>? entries;
    private bool busy;

    [Inject] private IHistory History { get; set; } = null!;
    [Inject] private Undo Undo { get; set; } = null!;

    [Parameter, EditorRequired] public string RecordType { get; set; } = "";
    [Parameter, EditorRequired] public Guid RecordId { get; set; }

    public static Task OpenAsync(DialogService dialogs, string title, string recordType, Guid recordId) =>
        dialogs.OpenAsync<HistoryDialog>(title, new() { [nameof(RecordType)] = recordType, [nameof(RecordId)] = recordId }, new DialogOptions { Width = "min(680px, calc(100vw - 16px))", CloseDialogOnOverlayClick = true });

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync() => entries = await History.OfAsync(RecordType, RecordId, gone.Token);

    private async Task UndoAsync(HistoryEntry entry)
    {
        busy = true;
        await Undo.TakeBackAsync(entry.ChangeSetId);
        busy = false;
        await ReadAsync();
    }

    // Keys of other records and places in lists tell a reader nothing.
    private IEnumerable<FieldChange> Told(HistoryEntry entry) =>
        entry.Fields.Where(f => !L["field." + f.Field].ResourceNotFound && !Guid.TryParse(f.Before, out _) && !Guid.TryParse(f.After, out _) && (f.Before ?? "") != (f.After ?? ""));

    // A company's name is not called as a person's is.
    private string Label(string field) => RecordType == nameof(Account) && field == nameof(Account.Name) ? L["field.account.Name"] : L["field." + field];

    // Values come as they are stored: names of kinds and moments are put into words.
    private string Value(string field, string stored)
    {
        if (Kinds.TryGetValue(field, out var kind) && L[$"{kind.Name}.{stored}"] is { ResourceNotFound: false } word) return word;
        if (bool.TryParse(stored, out var yes)) return L[yes ? "yes" : "no"];
        if (field.EndsWith("At", StringComparison.Ordinal) && DateTime.TryParse(stored, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)) return Clock.Full(at);
        if (field.EndsWith("Minor", StringComparison.Ordinal) && long.TryParse(stored, CultureInfo.InvariantCulture, out var minor)) return (minor / 100m).ToString("N2", CultureInfo.CurrentCulture);
        if (stored is ['{' or '[', ..]) stored = Flat(stored);
        return stored.Length > Shown ? stored[..Shown] + "\u2026" : stored;
    }

    private static string Flat(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return string.Join(" · ", Leaves(document.RootElement));
        }
        catch (JsonException) { return json; }
    }

    private static IEnumerable<string> Leaves(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Leaves(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Leaves),
        JsonValueKind.Null => [],
        _ => [element.ToString()],
    };

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }
}
