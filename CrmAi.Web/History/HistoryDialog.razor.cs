using CrmAi.Domain.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.History;

/// <summary>A record's history over the page it belongs to.</summary>
public sealed partial class HistoryDialog : ComponentBase
{
    [Parameter, EditorRequired] public string RecordType { get; set; } = "";
    [Parameter, EditorRequired] public Guid RecordId { get; set; }

    /// <summary>What tells of changes to it; null where nothing does.</summary>
    [Parameter] public LiveTopic? Topic { get; set; }

    public static Task OpenAsync(DialogService dialogs, string title, string recordType, Guid recordId, LiveTopic? topic = null) =>
        dialogs.OpenAsync<HistoryDialog>(title, new() { [nameof(RecordType)] = recordType, [nameof(RecordId)] = recordId, [nameof(Topic)] = topic! }, new DialogOptions { Width = "min(680px, calc(100vw - 16px))", CloseDialogOnOverlayClick = true });
}
