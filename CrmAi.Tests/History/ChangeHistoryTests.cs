using System.Text;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.History;

public sealed class ChangeHistoryTests : IAsyncLifetime
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
    public async Task EachCommand_OnAContact_LeavesOneChangeSetWithBeforeAndAfter()
    {
        var saved = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var edited = (await db.As(rep, ChangeOrigin.Api).Contacts.UpdateAsync(saved.Id, 1, Samples.Contact("李四"), default)).Value;
        var history = await my.History.OfAsync(nameof(Contact), saved.Id, default);
        history.Select(h => (h.ChangeSetId, h.Command, h.Kind, h.Who, h.Origin, h.Undoable)).ShouldBe([
            (edited.ChangeSetId, "contact.edit", ChangeKind.Updated, rep.Name, ChangeOrigin.Api, true),
            (saved.ChangeSetId, "contact.add", ChangeKind.Created, rep.Name, ChangeOrigin.Page, true)]);
        history[0].Fields.ShouldBe([new("Name", "张三", "李四")]);
        history[1].Fields.ShouldContain(new FieldChange("Email", null, "zhang.san@maker.example"));
    }

    [Fact]
    public async Task ContactWithItsCompany_Added_IsOneChangeSetOfTwoEntries()
    {
        var saved = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        (await db.ReadAsync(d => d.ChangeEntries.Where(e => e.ChangeSetId == saved.ChangeSetId).Select(e => e.RecordType).OrderBy(t => t).ToListAsync())).ShouldBe(["Account", "Contact"]);
    }

    [Fact]
    public async Task Payloads_InTheDatabaseFile_AreNotReadable()
    {
        var saved = (await my.Contacts.AddAsync(Samples.Contact() with { Notes = "NotesOnlyInTheRow" }, default)).Value;
        (await my.Interactions.AddAsync(saved.Id, Samples.Interaction("some words of the customer"), default)).Succeeded.ShouldBeTrue();
        foreach (var payload in await db.ReadAsync(d => d.ChangeEntries.Select(e => e.Payload!).ToListAsync()))
        {
            var text = Encoding.UTF8.GetString(payload);
            foreach (var plain in (string[])["NotesOnlyInTheRow", "Mobile", "\"field\"", "words", "张三"]) text.ShouldNotContain(plain);
        }
    }

    [Fact]
    public async Task RecordedRows_ChangedWithoutACommand_AreRefused()
    {
        await using var d = db.Open();
        d.Users.Add(new() { Email = "x@company.example", Name = "x" });
        (await Should.ThrowAsync<InvalidOperationException>(() => d.SaveChangesAsync())).Message.ShouldContain("User");
        (await db.ReadAsync(r => r.Users.AnyAsync(u => u.Email == "x@company.example"))).ShouldBeFalse();
    }

    [Fact]
    public async Task SynchronousSave_OfAnything_IsRefused()
    {
        await using var d = db.Open();
        Should.Throw<NotSupportedException>(() => d.SaveChanges());
    }

    [Fact]
    public async Task History_ForAColleague_LeavesOutWhatIsMasked()
    {
        var saved = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var seen = (await db.As(await db.AddUserAsync(Role.SalesRep, team)).History.OfAsync(nameof(Contact), saved.Id, default)).ShouldHaveSingleItem();
        seen.Undoable.ShouldBeFalse();
        seen.Fields.Select(f => f.Field).ShouldContain("Title");
        var shown = string.Join(' ', seen.Fields.Select(f => f.ToString()));
        foreach (var hidden in (string[])["6620", "maker.example", "zhangsan", "苏州", "龙井"]) shown.ShouldNotContain(hidden);
    }

    [Fact]
    public async Task History_OfAPrivateInteraction_IsItsAuthorsAndAdministrators()
    {
        var contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var talk = (await my.Interactions.AddAsync(contact.Id, Samples.Interaction(isPrivate: true), default)).Value;
        (await my.History.OfAsync(nameof(Interaction), talk.Id, default)).Count.ShouldBe(1);
        (await db.As(await db.AddUserAsync(Role.Admin)).History.OfAsync(nameof(Interaction), talk.Id, default)).Count.ShouldBe(1);
        (await db.As(await db.AddUserAsync(Role.Manager, team)).History.OfAsync(nameof(Interaction), talk.Id, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task History_OfUnknownKinds_IsEmpty()
    {
        (await my.History.OfAsync("Login", rep.Id, default)).ShouldBeEmpty();
        (await my.History.OfAsync("'; drop table Users --", Guid.NewGuid(), default)).ShouldBeEmpty();
    }
}
