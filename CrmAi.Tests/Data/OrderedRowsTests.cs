using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Data;

/// <summary>The check that every test database carries does its work.</summary>
public sealed class OrderedRowsTests : IAsyncLifetime
{
    private TestDatabase db = null!;

    public async Task InitializeAsync() => db = await TestDatabase.CreateAsync();

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Rows_TakenInNoOrder_AreRefused()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => db.ReadAsync(d => d.Users.Where(u => u.IsActive).Select(u => u.Name).Take(3).ToListAsync()));
        await Should.ThrowAsync<InvalidOperationException>(() => db.ReadAsync(d => d.Users.Skip(3).ToListAsync()));
        await Should.ThrowAsync<InvalidOperationException>(() => db.ReadAsync(d => d.Teams.Where(t => d.Users.Take(3).Any(u => u.TeamId == t.Id && u.IsActive)).ToListAsync()));
    }

    [Fact]
    public async Task RowsInAnOrder_AndCountsUpToALimit_AreRead()
    {
        (await db.ReadAsync(d => d.Users.OrderBy(u => u.Id).Where(u => u.IsActive).Select(u => u.Name).Skip(1).Take(3).ToListAsync())).ShouldBeEmpty();
        (await db.ReadAsync(d => d.Users.Where(u => u.IsActive).Take(3).CountAsync())).ShouldBe(0);
    }
}
