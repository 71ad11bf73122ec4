using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.CustomFields;

internal sealed class CustomFields : ICustomFields
{
    public Task<IReadOnlyList<CustomFieldRow>> ListAsync(CustomFieldTarget target, bool archivedToo, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> AddAsync(CustomFieldEdit edit, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> UpdateAsync(Guid id, int version, CustomFieldEdit edit, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> ArchiveAsync(Guid id, bool archived, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> MoveAsync(Guid id, Guid? before, CancellationToken ct) => throw new NotImplementedException();
}
