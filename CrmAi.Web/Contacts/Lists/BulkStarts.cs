using CrmAi.Domain.BulkEdits;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Contacts.Lists;

/// <summary>Begins changes to many, and the way back; says why where it cannot.</summary>
public sealed class BulkStarts(IBulkEdits edits, BulkRuns runs, Toasts toasts, IStringLocalizer<Text> words)
{
    public async Task<bool> StartAsync(BulkRequest request, CancellationToken ct) => Follow(await edits.StartAsync(request, ct));

    public async Task<bool> UndoAsync(Guid id) => Follow(await edits.UndoAsync(id, CancellationToken.None));

    private bool Follow(Domain.Shared.Result<Guid> started)
    {
        if (started.Succeeded) runs.Add(started.Value);
        else toasts.Problem(words.Of(started.Errors));
        return started.Succeeded;
    }
}
