using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.History;

public sealed class UndoTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Team team = null!;
    private User rep = null!;
    private Acting my = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("华东");
        rep = await db.AddUserAsync(Role.SalesRep, team);
        my = db.As(rep);
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task AddedContact_Undone_IsGoneAndComesBackWithAnotherUndo()
    {
        var saved = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var undo = (await my.History.UndoAsync(saved.ChangeSetId, default)).Value;
        (await my.Contacts.GetAsync(saved.Id, default)).ShouldBeNull();
        (await my.Contacts.ListAsync(new(Search: "张三"), 0, 5, default)).Total.ShouldBe(0);
        (await my.History.UndoAsync(undo, default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.GetAsync(saved.Id, default))!.Fields.Mobile.ShouldBe(Samples.Contact().Mobile);
        (await my.Contacts.ListAsync(new(Search: "沪上精工"), 0, 5, default)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task EditedContact_Undone_HasItsFormerFields()
    {
        var before = Samples.Contact() with { NextFollowUpAt = new(2027, 1, 2, 3, 4, 5, DateTimeKind.Utc), DealValueMinor = 5, Competitors = ["甲"] };
        var saved = (await my.Contacts.AddAsync(before, default)).Value;
        var edit = (await my.Contacts.UpdateAsync(saved.Id, 1, new() { Name = "李四", Email = "li@maker.example" }, default)).Value;
        (await my.History.UndoAsync(edit.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        var read = (await my.Contacts.GetAsync(saved.Id, default))!;
        (read.Fields.Name, read.Fields.Mobile, read.Fields.Email, read.Fields.NextFollowUpAt, read.Fields.DealValueMinor, read.Company, read.Fields.Personal.City)
            .ShouldBe((before.Name, before.Mobile, before.Email, before.NextFollowUpAt, 5, before.Company, "苏州"));
        read.Fields.Competitors.ShouldBe(["甲"]);
        read.Version.ShouldBe(3);
        (await my.Contacts.ListAsync(new(Search: "6620"), 0, 5, default)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task DeletedContact_Undone_ReturnsWithItsConversations()
    {
        var saved = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var talk = (await my.Interactions.AddAsync(saved.Id, Samples.Interaction(), default)).Value;
        var deleted = (await my.Contacts.DeleteAsync(saved.Id, default)).Value;
        (await my.History.UndoAsync(deleted.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await my.Interactions.GetAsync(talk.Id, default)).ShouldNotBeNull();
        (await my.Contacts.ListAsync(new(Search: "zs"), 0, 5, default)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Interaction_AddedEditedDeleted_IsUndoneStepByStep()
    {
        var contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var added = (await my.Interactions.AddAsync(contact.Id, Samples.Interaction(), default)).Value;
        var edited = (await my.Interactions.UpdateAsync(added.Id, 1, Samples.Interaction("改过的"), default)).Value;
        var deleted = (await my.Interactions.DeleteAsync(added.Id, default)).Value;
        (await my.Contacts.GetAsync(contact.Id, default))!.InteractionCount.ShouldBe(0);

        (await my.History.UndoAsync(deleted.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await my.Interactions.GetAsync(added.Id, default))!.Fields.Content.ShouldBe("改过的");
        (await my.Contacts.GetAsync(contact.Id, default))!.InteractionCount.ShouldBe(1);
        (await my.History.UndoAsync(edited.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await my.Interactions.GetAsync(added.Id, default))!.Fields.Content.ShouldBe(Samples.Talk);
        (await my.History.UndoAsync(added.ChangeSetId, default)).Errors.ShouldBeEmpty();
        (await my.Interactions.GetAsync(added.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Undo_Twice_IsRefused()
    {
        var saved = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        (await my.History.UndoAsync(saved.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        Code(await my.History.UndoAsync(saved.ChangeSetId, default)).ShouldBe("undo.done");
    }

    [Fact]
    public async Task Undo_AfterALaterEditOfTheSameField_IsRefusedAndLeavesIt()
    {
        var saved = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var first = (await my.Contacts.UpdateAsync(saved.Id, 1, Samples.Contact("李四"), default)).Value;
        (await my.Contacts.UpdateAsync(saved.Id, 2, Samples.Contact("王五"), default)).Succeeded.ShouldBeTrue();
        Code(await my.History.UndoAsync(first.ChangeSetId, default)).ShouldBe("undo.changed");
        (await my.Contacts.GetAsync(saved.Id, default))!.Fields.Name.ShouldBe("王五");
    }

    [Fact]
    public async Task Undo_AfterALaterEditOfAnotherField_KeepsThatEdit()
    {
        var saved = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var renamed = (await my.Contacts.UpdateAsync(saved.Id, 1, Samples.Contact("李四"), default)).Value;
        (await my.Contacts.UpdateAsync(saved.Id, 2, Samples.Contact("李四") with { Title = "总经理" }, default)).Succeeded.ShouldBeTrue();
        (await my.History.UndoAsync(renamed.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        var read = (await my.Contacts.GetAsync(saved.Id, default))!.Fields;
        (read.Name, read.Title).ShouldBe(("张三", "总经理"));
    }

    [Fact]
    public async Task Undo_AfterThirtyDays_IsRefused()
    {
        var saved = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        db.Clock.Advance(TimeSpan.FromDays(IHistory.UndoDays) + TimeSpan.FromMinutes(1));
        Code(await my.History.UndoAsync(saved.ChangeSetId, default)).ShouldBe("undo.late");
        (await my.History.OfAsync(nameof(Contact), saved.Id, default)).ShouldHaveSingleItem().Undoable.ShouldBeFalse();
    }

    [Fact]
    public async Task Undo_OfAnErasedChange_IsRefused()
    {
        var saved = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        await db.SqlAsync("UPDATE ChangeEntries SET Payload = NULL");
        Code(await my.History.UndoAsync(saved.ChangeSetId, default)).ShouldBe("undo.late");
        (await my.History.OfAsync(nameof(Contact), saved.Id, default)).ShouldHaveSingleItem().Fields.ShouldBeEmpty();
    }

    [Fact]
    public async Task Undo_ByOthers_IsDecidedByWhatTheyMayChange()
    {
        var saved = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        Code(await db.As(await db.AddUserAsync(Role.SalesRep, team)).History.UndoAsync(saved.ChangeSetId, default)).ShouldBe("forbidden");
        Code(await db.As(await db.AddUserAsync(Role.SalesRep)).History.UndoAsync(saved.ChangeSetId, default)).ShouldBe("not_found");
        Code(await my.History.UndoAsync(Guid.NewGuid(), default)).ShouldBe("not_found");
        (await db.As(await db.AddUserAsync(Role.Manager, team)).History.UndoAsync(saved.ChangeSetId, default)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Undo_BySomebodyWhoLostTheRightToWrite_IsRefused()
    {
        var contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var talk = (await my.Interactions.AddAsync(contact.Id, Samples.Interaction(), default)).Value;
        await db.SqlAsync("UPDATE Users SET Role = 'Viewer' WHERE Email = $mail", ("$mail", rep.Email));
        Code(await db.As(rep).History.UndoAsync(talk.ChangeSetId, default)).ShouldBe("forbidden");
    }

    [Fact]
    public async Task Undo_OfAnAddedContact_KeepsTheCompanyThatOthersWorkAtByNow()
    {
        var first = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var second = (await my.Contacts.AddAsync(Samples.Contact("李四"), default)).Value;
        (await my.History.UndoAsync(first.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.GetAsync(first.Id, default)).ShouldBeNull();
        var account = (await my.Contacts.GetAsync(second.Id, default))!.Account!;
        (await my.Accounts.GetAsync(account.Id, default)).ShouldNotBeNull();
        (await my.Contacts.ListAsync(new(Search: "沪上精工"), 0, 5, default)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Undo_OfACommandThatChangedNothing_IsNotFound()
    {
        var me = await my.Users.MeAsync(default);
        (await my.Users.SaveAsync(me, default)).Succeeded.ShouldBeTrue();
        foreach (var set in await db.ReadAsync(d => d.ChangeSets.Where(s => s.Entries.Count == 0).ToListAsync()))
            Code(await db.As(await db.AddUserAsync(Role.SalesRep)).History.UndoAsync(set.Id, default)).ShouldBe("not_found");
    }

    private static string Code(Result<Guid> refused) => refused.Errors.Single().Code;
}
