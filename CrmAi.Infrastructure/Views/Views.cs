using CrmAi.Domain.Shared;
using CrmAi.Domain.Views;

namespace CrmAi.Infrastructure.Views;

internal sealed class Views : IViews
{
    public Task<IReadOnlyList<ViewRow>> ListAsync(CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> AddAsync(ViewEdit edit, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> UpdateAsync(Guid id, int version, ViewEdit edit, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct) => throw new NotImplementedException();
}
