using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.Contacts;

internal sealed class Tags : ITags
{
    public Task<IReadOnlyList<TagRow>> ListAsync(CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> AddAsync(TagEdit edit, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> UpdateAsync(Guid id, int version, TagEdit edit, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct) => throw new NotImplementedException();
}
