using CrmAi.Domain.Deletions;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Deletions;

public sealed class DeletedTasksTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Team team = null!;
    private User rep = null!, mate = null!;
    private Acting my = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("华东");
        rep = await db.AddUserAsync(Role.SalesRep, team);
        mate = await db.AddUserAsync(Role.SalesRep, team);
        my = db.As(rep);
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Task_Deleted_IsListedForWhoSeesIt_AndComesBackAsItWas()
    {
        var person = (await my.Contacts.AddAsync(Samples.Contact("张三"), default)).Value.Id;
        var task = (await my.Get<ITasks>().AddAsync(new("寄样机", "带支架", db.Clock.Now.AddDays(2), true, null, person, null, TaskOrigin.Person, null), default)).Value;
        (await my.Get<ITasks>().RestoreAsync(task, default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("not_found", "it is not deleted");
        (await my.Get<ITasks>().DeleteAsync(task, default)).Succeeded.ShouldBeTrue();

        var row = (await AllAsync(my)).ShouldHaveSingleItem();
        (row.Kind, row.Id, row.Name, row.Owner, row.DeletedBy).ShouldBe((DeletedKind.Task, task, "寄样机", rep.Name, rep.Name));
        row.Details.ShouldBe(["张三"]);
        var manager = db.As(await db.AddUserAsync(Role.Manager, team));
        (await AllAsync(manager, DeletedKind.Task)).ShouldHaveSingleItem().Id.ShouldBe(task);
        // A colleague, and roles without tasks, learn nothing of it.
        foreach (var other in (Acting[])[db.As(mate), db.As(await db.AddUserAsync(Role.Viewer, team))])
        {
            (await AllAsync(other)).ShouldBeEmpty();
            (await other.Get<ITasks>().RestoreAsync(task, default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("not_found");
        }
        (await manager.Get<ITasks>().RestoreAsync(task, default)).Succeeded.ShouldBeTrue();
        (await my.Get<ITasks>().GetAsync(task, default))!.Fields.ShouldSatisfyAllConditions(f => f.Note.ShouldBe("带支架"), f => f.ContactId.ShouldBe(person));
        (await AllAsync(my)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Task_OfADeletedContact_OrDeletedLongAgo_IsNotBroughtBack()
    {
        var person = (await my.Contacts.AddAsync(Samples.Contact("张三"), default)).Value.Id;
        var (with, alone) = (await AddTaskAsync("跟进", person), await AddTaskAsync("写周报", null));
        foreach (var task in (Guid[])[with, alone]) (await my.Get<ITasks>().DeleteAsync(task, default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.DeleteAsync(person, default)).Succeeded.ShouldBeTrue();
        (await AllAsync(my, DeletedKind.Task)).Select(r => r.Id).ShouldBe([alone]);
        (await my.Contacts.RestoreAsync(person, default)).Succeeded.ShouldBeTrue();
        (await AllAsync(my, DeletedKind.Task)).Select(r => r.Id).ShouldBe([alone, with], ignoreOrder: true);
        db.Clock.Advance(TimeSpan.FromDays(31));
        (await AllAsync(my)).ShouldBeEmpty();
        (await my.Get<ITasks>().RestoreAsync(alone, default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("undo.late");

        async Task<Guid> AddTaskAsync(string title, Guid? contact) => (await my.Get<ITasks>().AddAsync(new(title, null, null, false, null, contact, null, TaskOrigin.Person, null), default)).Value;
    }

    private static async Task<IReadOnlyList<DeletedRow>> AllAsync(Acting who, DeletedKind? kind = null) => (await who.Get<IDeletions>().ListAsync(kind, null, 200, default)).Value.Items;
}
