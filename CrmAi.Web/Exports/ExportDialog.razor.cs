using CrmAi.Domain.Exports;
using CrmAi.Domain.Imports;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.Exports;

/// <summary>Begins an export: a small one is downloaded at once, of a large one the page of exports tells.</summary>
public sealed partial class ExportDialog : ComponentBase
{
    private readonly HashSet<ImportField> chosen = [];
    private IReadOnlyList<ExportColumn>? columns;
    private ExportFormat format = ExportFormat.Xlsx;
    private string? problem;
    private bool busy;

    [Inject] private IExports Exports { get; set; } = null!;
    [Inject] private ExportTitles Titles { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private PageScripts Scripts { get; set; } = null!;

    /// <summary>What is taken; format and columns are chosen here.</summary>
    [Parameter, EditorRequired] public ExportRequest Request { get; set; } = null!;

    /// <summary>In words: "12 contacts of this list".</summary>
    [Parameter, EditorRequired] public string What { get; set; } = "";

    private IEnumerable<ExportFormat> Formats => Request.Kind == ExportKind.Contacts ? [ExportFormat.Xlsx, ExportFormat.Csv, ExportFormat.VCard] : [ExportFormat.Xlsx, ExportFormat.Csv];

    public static Task OpenAsync(DialogService dialogs, string title, ExportRequest request, string what) =>
        dialogs.OpenAsync<ExportDialog>(title, new() { [nameof(Request)] = request, [nameof(What)] = what }, new DialogOptions { Width = "min(560px, calc(100vw - 16px))" });

    protected override async Task OnInitializedAsync() => Choose(columns = await Titles.AllAsync(Request.Kind, CancellationToken.None));

    private void Choose(IReadOnlyList<ExportColumn> wanted)
    {
        chosen.Clear();
        chosen.UnionWith(wanted.Select(c => c.Field));
    }

    private void Flip(ExportColumn column)
    {
        if (!chosen.Remove(column.Field)) chosen.Add(column.Field);
    }

    private async Task StartAsync()
    {
        (busy, problem) = (true, null);
        var started = await Exports.StartAsync(Request with { Format = format, Columns = [.. columns!.Where(c => chosen.Contains(c.Field))] }, CancellationToken.None);
        busy = false;
        if (!started.Succeeded)
        {
            problem = L.Of(started.Errors);
            return;
        }
        Dialogs.Close();
        if (started.Value.State == ExportState.Ready) await Scripts.LeaveAsync($"/exports/{started.Value.Id}/file");
        else Toasts.Show(L["export.begun", started.Value.Total], L["export.follow"], () =>
        {
            Navigation.NavigateTo("/exports");
            return Task.CompletedTask;
        });
    }

    private static string IconOf(ExportFormat format) => format switch { ExportFormat.Xlsx => "table_view", ExportFormat.Csv => "csv", _ => "contact_page" };
}
