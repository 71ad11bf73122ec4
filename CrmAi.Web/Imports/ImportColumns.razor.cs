using System.Globalization;
using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Imports;

/// <summary>Which column becomes what.</summary>
public sealed partial class ImportColumns : ComponentBase
{
    private const int Shown = 3, Longest = 60;

    private static readonly string[] Encodings = ["utf-8", "gb18030", "utf-16", "utf-16BE"];

    private string? problem;
    private bool busy, everybody, mayAdminister;

    [Parameter, EditorRequired] public ImportDetail Detail { get; set; } = null!;
    [Parameter] public EventCallback<ImportDetail> OnChanged { get; set; }
    [Parameter] public EventCallback OnChecked { get; set; }

    [Inject] private IImports Imports { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;

    private FileReading Reading => Detail.Shape.Reading;

    private (char Sign, string Name)[] Delimiters => [(',', L["import.comma"]), (';', L["import.semicolon"]), ('\t', L["import.tab"]), ('|', "|")];

    protected override async Task OnInitializedAsync() => mayAdminister = (await CurrentUser.GetAsync(CancellationToken.None)).May(Operation.Administer);

    private MappedColumn Mapped(int index) => Detail.Mapping.Columns.FirstOrDefault(c => c.Index == index) ?? new(index, ImportField.Ignore, 0);

    private string NameOf(int index) => Detail.Shape.Columns.FirstOrDefault(c => c.Index == index)?.Name ?? "";

    private IEnumerable<string> Cells(int index) =>
        Detail.Shape.Sample.Where(r => index < r.Cells.Count && r.Cells[index].Length > 0).Select(r => r.Cells[index].Length > Longest ? r.Cells[index][..Longest] + "…" : r.Cells[index]).Distinct().Take(Shown);

    private Task MapAsync(int index, string? chosen)
    {
        var field = Guid.TryParse(chosen, out var custom) ? new ImportField(ImportTarget.Custom, custom) : new ImportField(Enum.TryParse<ImportTarget>(chosen, out var target) ? target : ImportTarget.Ignore);
        return SaveAsync(Detail.Mapping with { Columns = [.. Detail.Shape.Columns.Select(c => c.Index == index ? new(index, field, 1) : Mapped(c.Index))] }, Detail.Policy, Detail.DropsBadValues);
    }

    private Task DatesAsync(int index, DateOrder order) =>
        SaveAsync(Detail.Mapping with { Columns = [.. Detail.Shape.Columns.Select(c => c.Index == index ? Mapped(index) with { Dates = order } : Mapped(c.Index))] }, Detail.Policy, Detail.DropsBadValues);

    private Task SaveAsync(ImportMapping mapping, DuplicatePolicy policy, bool drops, bool remember = false) => ChangeAsync(() =>
        Imports.MapAsync(Detail.Summary.Id, Detail.Version, new([.. mapping.Columns.Select(c => new PlannedColumn(c.Index, c.Field.Target, c.Field.CustomFieldId, c.Dates))], policy, drops, remember, remember && everybody), CancellationToken.None));

    private Task ReadAsAsync(FileReading reading, ImportKind? kind = null) => ChangeAsync(() => Imports.ReadAsAsync(Detail.Summary.Id, Detail.Version, reading, kind ?? Detail.Summary.Kind, CancellationToken.None));

    private Task HeaderAsync(ChangeEventArgs change) =>
        int.TryParse(change.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? ReadAsAsync(Reading with { HeaderRow = row }) : Task.CompletedTask;

    private async Task ChangeAsync(Func<Task<Result<ImportDetail>>> change)
    {
        var changed = await change();
        problem = changed.Succeeded ? null : L.Of(changed.Errors);
        // Another window was first: what it chose is shown, and the choice made here is asked for again.
        var shown = changed.Succeeded ? changed.Value : changed.Errors is [{ Code: "conflict" }] ? await Imports.GetAsync(Detail.Summary.Id, CancellationToken.None) : null;
        if (shown is not null) await OnChanged.InvokeAsync(shown);
    }

    private async Task CheckAsync()
    {
        busy = true;
        try
        {
            await SaveAsync(Detail.Mapping, Detail.Policy, Detail.DropsBadValues, remember: true);
            if (problem is null) await OnChecked.InvokeAsync();
        }
        finally
        {
            busy = false;
        }
    }
}
