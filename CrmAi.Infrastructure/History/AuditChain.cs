using CrmAi.Domain.History;
using CrmAi.Infrastructure.History;

namespace CrmAi.Infrastructure;

/// <summary>The chain over the change history, for the console.</summary>
public interface IAuditChain
{
    Task<ChainCheck> VerifyAsync(CancellationToken ct);
}

internal sealed class AuditChain(Chain chain) : IAuditChain
{
    public Task<ChainCheck> VerifyAsync(CancellationToken ct) => chain.VerifyAsync(ct);
}
