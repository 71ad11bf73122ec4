using System.Data.Common;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data.Sqlite;
using CrmAi.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Tests.Imports;

/// <summary>Large ones: in batches, each row once, whatever befalls the worker.</summary>
public sealed class ImportJobTests : IAsyncLifetime
{
    private const int Rows = 3_000;

    private ImportStage stage = null!;
    private Guid id;

    public async Task InitializeAsync()
    {
        stage = await ImportStage.CreateAsync();
        id = (await stage.CheckedAsync(ImportStage.People(Rows))).Summary.Id;
        (await stage.Imports.RunAsync(id, default)).Errors.ShouldBeEmpty();
    }

    public Task DisposeAsync() => stage.DisposeAsync().AsTask();

    [Fact]
    public async Task Worker_StoppedInTheMiddle_LeavesTheRestToTheNext()
    {
        using var stop = new CancellationTokenSource();
        using (stage.Db.Get<ILiveUpdates>().Watch(LiveTopic.JobOn(id), () => HalfwayAsync(stop.CancelAsync))) await stage.Db.Workers.DrainAsync(JobLane.Bulk, stop.Token);
        (await ReadAsync()).Summary.ShouldSatisfyAllConditions(s => s.State.ShouldBe(ImportState.Running), s => s.Run!.Done.ShouldBeInRange(1, Rows - 1));
        await stage.Db.DrainAsync();
        await ShouldBeThereOnceAsync();
    }

    [Fact]
    public async Task Lease_LostInTheMiddle_LeavesNoRowTwice()
    {
        var taken = new TaskCompletionSource();
        // Another worker takes the job over while this one is at it.
        using (stage.Db.Get<ILiveUpdates>().Watch(LiveTopic.JobOn(id), () => HalfwayAsync(async () =>
        {
            if (taken.Task.IsCompleted) return;
            await stage.Db.SqlAsync("UPDATE Jobs SET LeasedBy = x'00000000000000000000000000000001', LeasedUntil = '2000-01-01 00:00:00' WHERE State = 'Running'");
            taken.TrySetResult();
        }))) await stage.Db.Workers.DrainAsync(JobLane.Bulk, default);
        await stage.Db.DrainAsync();
        await ShouldBeThereOnceAsync();
    }

    [Fact]
    public async Task Paused_GoesOnWithTheNextRow_AndEndedEarlyKeepsWhatIsDone()
    {
        using (stage.Db.Get<ILiveUpdates>().Watch(LiveTopic.JobOn(id), () => HalfwayAsync(async () => await stage.Imports.PauseAsync(id, default)))) await stage.Db.DrainAsync();
        var paused = await ReadAsync();
        paused.Summary.State.ShouldBe(ImportState.Paused);
        paused.Summary.Run!.Done.ShouldBeInRange(1, Rows - 1);
        (await stage.Imports.UndoAsync(id, default)).Errors.Single().Code.ShouldBe("import.state");
        (await stage.Imports.ResumeAsync(id, default)).Errors.ShouldBeEmpty();
        await stage.Db.DrainAsync();
        await ShouldBeThereOnceAsync();

        var second = (await stage.CheckedAsync(ImportStage.People(Rows, from: Rows))).Summary.Id;
        await stage.Imports.RunAsync(second, default);
        (await stage.Imports.CancelAsync(second, default)).Errors.ShouldBeEmpty();
        await stage.Db.DrainAsync();
        (await stage.Imports.GetAsync(second, default))!.Summary.ShouldSatisfyAllConditions(s => s.State.ShouldBe(ImportState.Cancelled), s => s.Run!.Created.ShouldBe(0), s => s.MayUndo.ShouldBeFalse());
    }

    [Fact]
    public async Task RightsWithdrawnInMidRun_EndItThere_AndItGoesOnOnceTheyReturn()
    {
        using (stage.Db.Get<ILiveUpdates>().Watch(LiveTopic.JobOn(id), () => HalfwayAsync(async () =>
        {
            await stage.Db.SqlAsync("UPDATE Users SET Role = 'Viewer'");
            stage.Db.Clock.Advance(TimeSpan.FromMinutes(1)); // rights are read again within it
        }))) await stage.Db.DrainAsync();
        await stage.Db.SqlAsync("UPDATE Users SET Role = 'SalesRep'");
        var failed = await ReadAsync();
        (failed.Summary.State, failed.Summary.ErrorCode).ShouldBe((ImportState.Failed, "forbidden"));
        failed.Summary.Run!.Done.ShouldBeInRange(1, Rows - 1);
        (await stage.Imports.ResumeAsync(id, default)).Errors.ShouldBeEmpty();
        await stage.Db.DrainAsync();
        await ShouldBeThereOnceAsync();
    }

    [Fact]
    public async Task DiskThatIsFullInTheMiddle_LosesNothing_AndTheRestComesOnceThereIsRoom()
    {
        var disk = new FullDisk();
        await using var full = await ImportStage.CreateAsync(services => services.ConfigureDbContext<SqliteAppDbContext>(options => options.AddInterceptors(disk)));
        var sent = (await full.CheckedAsync(ImportStage.People(Rows))).Summary.Id;
        (await full.Imports.RunAsync(sent, default)).Errors.ShouldBeEmpty();
        disk.Left = 12;
        await full.Db.DrainAsync();
        disk.Left = int.MaxValue;
        var stopped = (await full.Imports.GetAsync(sent, default))!.Summary;
        stopped.Run!.Done.ShouldBeInRange(1, Rows - 1);
        (await full.Db.ReadAsync(d => d.Contacts.CountAsync())).ShouldBe(stopped.Run.Created, "no batch is half there");
        full.Db.Clock.Advance(TimeSpan.FromHours(1)); // the job tries again by itself
        await full.Db.DrainAsync();
        (await full.Imports.GetAsync(sent, default))!.Summary.State.ShouldBe(ImportState.Done);
        await ShouldBeThereOnceAsync(full.Db, sent, Rows);
    }

    // As SQLite says it when the file cannot grow: SQLITE_FULL.
    private sealed class FullDisk : DbTransactionInterceptor
    {
        public int Left { get; set; } = int.MaxValue;

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            Left-- > 0 ? ValueTask.FromResult(result) : throw new SqliteException("database or disk is full", 13);
    }

    [Fact]
    public async Task TwoImportsOfTheSamePeopleAtOnce_MakeNobodyTwice()
    {
        var second = (await stage.CheckedAsync(ImportStage.People(Rows))).Summary.Id;
        (await stage.Imports.RunAsync(second, default)).Errors.ShouldBeEmpty();
        await Task.WhenAll(stage.Db.Workers.DrainAsync(JobLane.Bulk, default), stage.Db.Workers.DrainAsync(JobLane.Bulk, default));
        var (one, two) = ((await ReadAsync()).Summary.Run!, (await stage.Imports.GetAsync(second, default))!.Summary.Run!);
        (one.Done, two.Done, one.Created + two.Created).ShouldBe((Rows, Rows, Rows));
        (await stage.Db.ReadAsync(db => db.Contacts.CountAsync())).ShouldBe(Rows);
        (await stage.Db.ReadAsync(db => db.Accounts.CountAsync())).ShouldBe(Rows / 8);
    }

    private async Task HalfwayAsync(Func<Task> then)
    {
        if ((await stage.Db.ReadAsync(db => db.Imports.Where(i => i.Id == id).Select(i => i.Done).SingleAsync())) is > 0 and < Rows) await then();
    }

    private async Task<ImportDetail> ReadAsync() => (await stage.Imports.GetAsync(id, default))!;

    private async Task ShouldBeThereOnceAsync()
    {
        (await ReadAsync()).Summary.ShouldSatisfyAllConditions(s => s.State.ShouldBe(ImportState.Done), s => s.Run.ShouldBe(new(Rows, Rows, 0, 0, 0, 0)));
        await ShouldBeThereOnceAsync(stage.Db, id, Rows);
    }

    internal static async Task ShouldBeThereOnceAsync(TestDatabase db, Guid id, int rows)
    {
        (await db.ReadAsync(d => d.Contacts.CountAsync())).ShouldBe(rows);
        (await db.ReadAsync(d => d.Contacts.Select(c => c.Index.Mobile).Distinct().CountAsync())).ShouldBe(rows);
        (await db.ReadAsync(d => d.Accounts.CountAsync())).ShouldBe((rows + 7) / 8);
        (await db.ReadAsync(d => d.ImportItems.CountAsync(i => i.ImportId == id && i.Phase == ImportPhase.Run && i.RecordId != null))).ShouldBe(rows);
        (await db.ReadAsync(d => d.ChangeEntries.CountAsync(e => e.RecordType == "Contact" && d.ChangeSets.Any(s => s.Id == e.ChangeSetId && s.GroupId == id)))).ShouldBe(rows);
        (await db.ReadAsync(d => d.Contacts.CountAsync(c => !d.ContactTerms.Any(t => t.ContactId == c.Id)))).ShouldBe(0, "each is found by the search box");
        (await db.ReadAsync(d => d.Accounts.CountAsync(a => !d.AccountTerms.Any(t => t.AccountId == a.Id)))).ShouldBe(0, "and each company");
    }
}
