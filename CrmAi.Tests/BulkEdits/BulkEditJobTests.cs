using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.BulkEdits;

/// <summary>Large ones: in batches, each counted once, whatever befalls the worker.</summary>
public sealed class BulkEditJobTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private User rep = null!;
    private IBulkEdits bulk = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        rep = await db.AddUserAsync(Role.SalesRep, await db.AddTeamAsync("华东"));
        bulk = db.As(rep).Get<IBulkEdits>();
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task TenThousand_DoneAndUndone_AreEachChangedOnceInManySets()
    {
        await FillAsync(10_000);
        var id = (await bulk.StartAsync(new(BulkAction.SetPriority, Value: "High", All: new()), default)).Value;
        (await db.JobsAsync()).Single().ShouldSatisfyAllConditions(j => j.Lane.ShouldBe(JobLane.Bulk), j => j.Total.ShouldBe(10_000));
        await db.DrainAsync();
        (await bulk.ProgressAsync(id, default))!.ShouldSatisfyAllConditions(p => p.State.ShouldBe(JobState.Done), p => p.Done.ShouldBe(10_000), p => p.Failed.ShouldBe(0));
        (await db.ReadAsync(d => d.Contacts.CountAsync(c => c.Priority == Priority.High && c.Version == 2))).ShouldBe(10_000);
        (await db.ReadAsync(d => d.ChangeEntries.CountAsync(e => d.ChangeSets.Any(s => s.Id == e.ChangeSetId && s.GroupId == id)))).ShouldBe(10_000);
        (await db.ReadAsync(d => d.ChangeSets.CountAsync(s => s.GroupId == id))).ShouldBeGreaterThan(40);
        await bulk.UndoAsync(id, default);
        await db.DrainAsync();
        (await db.ReadAsync(d => d.Contacts.CountAsync(c => c.Priority == Priority.Medium && c.Version == 3))).ShouldBe(10_000);
    }

    [Fact]
    public async Task Worker_StoppedInTheMiddle_LeavesTheRestToTheNext()
    {
        await FillAsync(600);
        var id = (await bulk.StartAsync(new(BulkAction.Archive, All: new()), default)).Value;
        using var stop = new CancellationTokenSource();
        using (db.Get<ILiveUpdates>().Watch(LiveTopic.ContactsOf(rep.Id), stop.CancelAsync)) await db.Workers.DrainAsync(JobLane.Bulk, stop.Token);
        var half = (await bulk.ProgressAsync(id, default))!;
        (half.State, half.MayUndo).ShouldBe((JobState.Waiting, false));
        half.Done.ShouldBeInRange(1, 599);
        (await bulk.UndoAsync(id, default)).Errors.Single().Code.ShouldBe("bulk.running");
        await db.DrainAsync();
        await ShouldBeArchivedOnceAsync(id, 600);
    }

    [Fact]
    public async Task Lease_LostInTheMiddle_LeavesNoRowDoneTwice()
    {
        await FillAsync(600);
        var id = (await bulk.StartAsync(new(BulkAction.Archive, All: new()), default)).Value;
        var taken = new TaskCompletionSource();
        // Another worker takes the job over while this one is at it.
        using (db.Get<ILiveUpdates>().Watch(LiveTopic.ContactsOf(rep.Id), async () =>
        {
            await db.SqlAsync("UPDATE Jobs SET LeasedBy = x'00000000000000000000000000000001', LeasedUntil = '2000-01-01 00:00:00' WHERE State = 'Running'");
            taken.TrySetResult();
        })) await db.Workers.DrainAsync(JobLane.Bulk, default);
        await taken.Task;
        await db.DrainAsync();
        await ShouldBeArchivedOnceAsync(id, 600);
    }

    [Fact]
    public async Task Cancelled_InTheMiddle_KeepsWhatIsDoneAndMayTakeItBack()
    {
        await FillAsync(600);
        var id = (await bulk.StartAsync(new(BulkAction.Archive, All: new()), default)).Value;
        using (db.Get<ILiveUpdates>().Watch(LiveTopic.ContactsOf(rep.Id), async () => await db.As(rep).Get<IBulkEdits>().CancelAsync(id, default))) await db.DrainAsync();
        var ended = (await bulk.ProgressAsync(id, default))!;
        (ended.State, ended.MayUndo).ShouldBe((JobState.Cancelled, true));
        ended.Done.ShouldBeInRange(1, 599);
        (await ArchivedAsync()).ShouldBe(ended.Done);
        (await bulk.UndoAsync(id, default)).Errors.ShouldBeEmpty();
        await db.DrainAsync();
        (await ArchivedAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Cancelled_BeforeItBegan_ChangesNothing()
    {
        await FillAsync(5);
        var id = (await bulk.StartAsync(new(BulkAction.Archive, All: new()), default)).Value;
        (await bulk.CancelAsync(id, default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        (await bulk.ProgressAsync(id, default))!.ShouldSatisfyAllConditions(p => p.State.ShouldBe(JobState.Cancelled), p => p.MayUndo.ShouldBeFalse());
        (await ArchivedAsync()).ShouldBe(0);
        (await bulk.CancelAsync(Guid.NewGuid(), default)).Errors.ShouldBe([Error.NotFound]);
    }

    private Task FillAsync(int count) => db.WriteAsync(d => d.Contacts.AddRange(Enumerable.Range(0, count).Select(i => new Contact { Name = $"人{i}", OwnerId = rep.Id, TeamId = rep.TeamId, CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now })));

    private Task<int> ArchivedAsync() => db.ReadAsync(d => d.Contacts.CountAsync(c => c.IsArchived));

    private async Task ShouldBeArchivedOnceAsync(Guid id, int count)
    {
        (await bulk.ProgressAsync(id, default))!.ShouldSatisfyAllConditions(p => p.State.ShouldBe(JobState.Done), p => p.Done.ShouldBe(count), p => p.Failed.ShouldBe(0));
        (await db.ReadAsync(d => d.Contacts.CountAsync(c => c.IsArchived && c.Version == 2))).ShouldBe(count);
        (await db.ReadAsync(d => d.ChangeEntries.CountAsync(e => d.ChangeSets.Any(s => s.Id == e.ChangeSetId && s.GroupId == id)))).ShouldBe(count);
    }
}
