using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Domain.Views;
using CrmAi.Infrastructure.Data;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Tests.Data;

/// <summary>Two people who do the same at the same moment.</summary>
public sealed class RacesTests : IAsyncLifetime
{
    private readonly Meanwhile meanwhile = new();
    private TestDatabase db = null!;
    private Acting admin = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync(services => services.AddSingleton<ISavingRule>(meanwhile));
        admin = db.As(await db.AddUserAsync(Role.Admin));
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Name_TakenBetweenCheckAndSave_IsRefusedAsByTheCheck()
    {
        var (tags, fields, views) = (admin.Get<ITags>(), admin.Get<ICustomFields>(), admin.Get<IViews>());
        foreach (var (add, code) in ((Func<Task<Result<Saved>>>, string)[])[(() => tags.AddAsync(new() { Name = "VIP" }, default), "tag.name.taken"),
            (() => fields.AddAsync(new() { Name = "展会" }, default), "field.name.taken"), (() => views.AddAsync(new() { Name = "本周", Filter = "tab=week" }, default), "view.name.taken")])
        {
            meanwhile.Does(add);
            var second = await add();
            second.Errors.Select(e => (e.Code, e.Field)).ShouldBe([(code, "Name")]);
            meanwhile.Result!.Value.Succeeded.ShouldBeTrue(code);
        }
    }

    [Fact]
    public async Task Rename_ToANameTakenInBetween_IsRefusedAndLeavesTheOldOne()
    {
        var tags = admin.Get<ITags>();
        var old = (await tags.AddAsync(new() { Name = "老" }, default)).Value;
        meanwhile.Does(() => tags.AddAsync(new() { Name = "新" }, default));
        (await tags.UpdateAsync(old.Id, 1, new() { Name = "新" }, default)).Errors.Single().Code.ShouldBe("tag.name.taken");
        (await tags.ListAsync(default)).Select(t => t.Name).ShouldBe(["老", "新"], ignoreOrder: true);
    }

    [Fact]
    public async Task Undo_OfOneBulkEditByTwoAtOnce_RunsOnce()
    {
        var bulk = admin.Get<IBulkEdits>();
        var one = (await admin.Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
        var done = (await bulk.StartAsync(new(BulkAction.SetPriority, Value: "High", Ids: [one]), default)).Value;
        await db.DrainAsync();
        var undone = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => bulk.UndoAsync(done, default))));
        undone.Count(u => u.Succeeded).ShouldBe(1);
        undone.Where(u => !u.Succeeded).Select(u => u.Errors.Single().Code).Distinct().ShouldBe(["undo.done"]);
        (await db.ReadAsync(d => d.BulkEdits.CountAsync(b => b.UndoOf == done))).ShouldBe(1);
        (await db.DrainAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Undo_OfAnUndoThatWasNeverWrittenToItsEnd_IsNotInItsWay()
    {
        var bulk = admin.Get<IBulkEdits>();
        var one = (await admin.Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
        var done = (await bulk.StartAsync(new(BulkAction.SetPriority, Value: "High", Ids: [one]), default)).Value;
        await db.DrainAsync();
        var half = (await bulk.UndoAsync(done, default)).Value;
        await db.WriteAsync(d => d.Jobs.Remove(d.Jobs.Single(j => j.SubjectId == half)));
        (await bulk.UndoAsync(done, default)).Errors.Single().Code.ShouldBe("undo.done");
        db.Clock.Advance(TimeSpan.FromMinutes(11));
        (await bulk.UndoAsync(done, default)).Succeeded.ShouldBeTrue();
    }

    /// <summary>What somebody else does after a use case has looked and before it saves.</summary>
    private sealed class Meanwhile : ISavingRule
    {
        private Func<Task<Result<Saved>>>? next;

        public Result<Saved>? Result { get; private set; }

        public void Does(Func<Task<Result<Saved>>> what) => next = what;

        public async Task BeforeAsync(AppDbContext db, CancellationToken ct)
        {
            if (Interlocked.Exchange(ref next, null) is { } what) Result = await what();
        }
    }
}
