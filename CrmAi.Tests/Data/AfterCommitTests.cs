using CrmAi.Domain.Jobs;
using CrmAi.Infrastructure.Data;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Tests.Data;

/// <summary>Who is told of a save within a transaction must find what it is about, and must not wait for that transaction.</summary>
public sealed class AfterCommitTests : IAsyncLifetime
{
    private TestDatabase db = null!;

    public async Task InitializeAsync() => db = await TestDatabase.CreateAsync();

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Workers_AreWokenOnceTheCallersTransactionIsCommitted()
    {
        await using var context = await db.Provider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        await using (var transaction = await context.Database.BeginTransactionAsync())
        {
            await AddJobAsync(context);
            db.Bell.Rung.ShouldBeEmpty();
            await transaction.CommitAsync();
        }
        db.Bell.Rung.ShouldBe([(JobLane.Bulk, null)]);
    }

    [Fact]
    public async Task Workers_OfWhatIsTakenBack_AreNotWoken()
    {
        await using var context = await db.Provider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        await using (var transaction = await context.Database.BeginTransactionAsync())
        {
            await AddJobAsync(context);
            await transaction.RollbackAsync();
        }
        await using (var transaction = await context.Database.BeginTransactionAsync()) await transaction.CommitAsync();
        db.Bell.Rung.ShouldBeEmpty();
    }

    private async Task AddJobAsync(AppDbContext context)
    {
        context.Jobs.Add(new() { Kind = "test", Lane = JobLane.Bulk, SubjectId = Guid.CreateVersion7(), DueAt = db.Clock.Now, CreatedAt = db.Clock.Now });
        await context.SaveChangesAsync();
    }
}
