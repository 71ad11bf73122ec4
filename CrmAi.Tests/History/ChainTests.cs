using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.History;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.History;

public sealed class ChainTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Acting admin = null!;
    private Chain chain = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        chain = db.Get<Chain>();
        admin = db.As(await db.AddUserAsync(Role.Admin));
        for (var batch = 0; batch < 3; batch++)
        {
            for (var i = 0; i < 2; i++) (await admin.Contacts.AddAsync(new() { Name = $"人{batch}{i}" }, default)).Succeeded.ShouldBeTrue();
            db.Clock.Advance(TimeSpan.FromSeconds(10));
            (await chain.SealAsync(default)).ShouldBe(batch == 0 ? 3 : 2);
        }
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Chain_LeftAlone_Holds() => (await admin.History.VerifyAsync(default)).Value.ShouldBe(new(3, 7, null));

    [Fact]
    public async Task ChangeSets_JustWritten_WaitToBeSealed()
    {
        (await admin.Contacts.AddAsync(new() { Name = "新" }, default)).Succeeded.ShouldBeTrue();
        (await chain.SealAsync(default)).ShouldBe(0);
        (await chain.VerifyAsync(default)).ShouldBe(new(3, 7, null));
        db.Clock.Advance(TimeSpan.FromSeconds(10));
        (await chain.SealAsync(default)).ShouldBe(1);
        (await chain.VerifyAsync(default)).ShouldBe(new(4, 8, null));
    }

    [Theory]
    [InlineData("UPDATE ChangeSets SET Command = 'contact.edit' WHERE Id = $id")]
    [InlineData("UPDATE ChangeSets SET UserId = randomblob(16) WHERE Id = $id")]
    [InlineData("UPDATE ChangeSets SET At = '2020-01-01 00:00:00' WHERE Id = $id")]
    [InlineData("UPDATE ChangeSets SET Origin = 'Api' WHERE Id = $id")]
    [InlineData("UPDATE ChangeSets SET SealNumber = NULL WHERE Id = $id")]
    [InlineData("UPDATE ChangeSets SET SealNumber = 3 WHERE Id = $id")]
    [InlineData("UPDATE ChangeEntries SET Digest = randomblob(32) WHERE ChangeSetId = $id")]
    [InlineData("UPDATE ChangeEntries SET RecordId = randomblob(16) WHERE ChangeSetId = $id")]
    [InlineData("UPDATE ChangeEntries SET Kind = 'Deleted' WHERE ChangeSetId = $id")]
    [InlineData("UPDATE ChangeEntries SET Payload = randomblob(length(Payload)) WHERE ChangeSetId = $id")]
    [InlineData("UPDATE ChangeEntries SET Payload = x'00' WHERE ChangeSetId = $id")]
    [InlineData("UPDATE ChangeEntries SET Payload = (SELECT Payload FROM ChangeEntries WHERE ChangeSetId <> $id LIMIT 1) WHERE ChangeSetId = $id")]
    [InlineData("DELETE FROM ChangeEntries WHERE ChangeSetId = $id")]
    [InlineData("PRAGMA foreign_keys = OFF; DELETE FROM ChangeSets WHERE Id = $id")]
    [InlineData("UPDATE ChangeSeals SET Hash = randomblob(32) WHERE Number = 2")]
    public async Task Chain_TamperedWithInItsSecondSeal_BreaksThere(string tamper)
    {
        var victim = await db.ReadAsync(d => d.ChangeSets.Where(s => s.SealNumber == 2).OrderBy(s => s.Id).Select(s => s.Id).FirstAsync());
        await db.SqlAsync(tamper, ("$id", victim.ToByteArray(true)));
        (await chain.VerifyAsync(default)).BrokenAt.ShouldBe(2);
    }

    [Fact]
    public async Task Chain_WithoutASeal_BreaksAtTheNext()
    {
        await db.SqlAsync("DELETE FROM ChangeSeals WHERE Number = 1");
        (await chain.VerifyAsync(default)).BrokenAt.ShouldBe(2);
    }

    [Fact]
    public async Task Chain_WithErasedPayloads_StaysWhole()
    {
        await db.SqlAsync("UPDATE ChangeEntries SET Payload = NULL");
        (await chain.VerifyAsync(default)).ShouldBe(new(3, 7, null));
    }

    [Fact]
    public async Task Chain_SealedByTwoAtOnce_HoldsWithoutGaps()
    {
        for (var i = 0; i < 5; i++) (await admin.Contacts.AddAsync(new() { Name = $"又{i}" }, default)).Succeeded.ShouldBeTrue();
        db.Clock.Advance(TimeSpan.FromSeconds(10));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            try { await chain.SealAsync(default); }
            catch (DbUpdateException) { } // the other was first
        })));
        await chain.SealAsync(default);
        (await chain.VerifyAsync(default)).ShouldSatisfyAllConditions(c => c.BrokenAt.ShouldBeNull(), c => c.ChangeSets.ShouldBe(12));
    }

    [Theory]
    [InlineData(Role.Manager)]
    [InlineData(Role.SalesRep)]
    [InlineData(Role.Analyst)]
    public async Task Chain_AskedForByOthers_IsRefused(Role role) =>
        (await db.As(await db.AddUserAsync(role)).History.VerifyAsync(default)).Errors.ShouldBe([Error.Forbidden]);
}
