using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.Contacts;

internal sealed class ContactPhotos : IContactPhotos
{
    public Task<Result<Saved>> AddAsync(Guid contactId, PhotoKind kind, Stream content, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> RemoveAsync(Guid contactId, Guid photoId, CancellationToken ct) => throw new NotImplementedException();

    public Task<PhotoContent?> OpenAsync(Guid contactId, Guid photoId, CancellationToken ct) => throw new NotImplementedException();
}
