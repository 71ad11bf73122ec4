using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.BulkEdits;

internal sealed class BulkEdits : IBulkEdits
{
    public Task<Result<Guid>> StartAsync(BulkRequest request, CancellationToken ct) => throw new NotImplementedException();

    public Task<BulkProgress?> ProgressAsync(Guid id, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result> CancelAsync(Guid id, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Guid>> UndoAsync(Guid id, CancellationToken ct) => throw new NotImplementedException();
}
