using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CrmAi.Infrastructure.Data;

/// <summary>Lets a context tell what was saved within a transaction once that is committed, and forget it where it is taken back.</summary>
internal sealed class AfterCommit : DbTransactionInterceptor
{
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => (eventData.Context as AppDbContext)?.Tell();

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        (eventData.Context as AppDbContext)?.Tell();
        return Task.CompletedTask;
    }

    public override void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => (eventData.Context as AppDbContext)?.Forget();

    public override Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        (eventData.Context as AppDbContext)?.Forget();
        return Task.CompletedTask;
    }
}
