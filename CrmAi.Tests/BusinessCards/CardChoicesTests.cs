using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.BusinessCards;

/// <summary>What goes with a card beside its fields: what was chosen of searches outside, a company, and what has no field.</summary>
public sealed class CardChoicesTests : IAsyncLifetime
{
    private const string Company = "宁波澜岩精密制造有限公司";

    private CardsStage stage = null!;

    public async Task InitializeAsync() => stage = await CardsStage.SetAsync(new ScriptedCardReader(ScriptedCardReader.Card(ScriptedCardReader.Text() with { Fax = "0574-88240399" })));

    public Task DisposeAsync() => stage.DisposeAsync().AsTask();

    [Fact]
    public async Task Choices_AreSavedWithTheCard_InOneCommand_AndTakenBackAsOne()
    {
        var (card, save) = await ChosenAsync();
        var saved = (await stage.SaveAsync(card, save: save)).Value;
        saved.LeftOut.ShouldBeEmpty();
        (await stage.My.Get<IRegistryEntries>().GetAsync(saved.AccountId!.Value, default))!.Entry!.SourceId.ShouldBe("101");
        (await stage.My.Get<INameConfirmations>().GetAsync(saved.ContactId, default))!.Page!.SourceId.ShouldBe("p1");
        (await stage.Db.ReadAsync(db => db.ChangeSets.Where(s => s.Command.StartsWith("registry.") || s.Command.StartsWith("name.")).CountAsync())).ShouldBe(0);
        (await stage.My.History.UndoAsync(saved.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await stage.Db.ReadAsync(db => db.RegistryEntries.CountAsync())).ShouldBe(0);
        (await stage.Db.ReadAsync(db => db.NameConfirmations.CountAsync())).ShouldBe(0);
        (await stage.My.Contacts.GetAsync(saved.ContactId, default)).ShouldBeNull();
        (await stage.Cards.GetAsync(card.Card.Id, default))!.Card.State.ShouldBe(CardState.ToReview);
    }

    [Fact]
    public async Task Undo_ThatSomethingStandsAgainst_TakesNothingBack()
    {
        var (card, save) = await ChosenAsync();
        var saved = (await stage.SaveAsync(card, save: save)).Value;
        var contact = (await stage.My.Contacts.GetAsync(saved.ContactId, default))!;
        (await stage.My.Contacts.UpdateAsync(contact.Id, contact.Version, contact.Fields with { Title = "总经理" }, default)).Succeeded.ShouldBeTrue();
        (await stage.My.History.UndoAsync(saved.ChangeSetId, default)).Errors.Single().Code.ShouldBe("undo.changed");
        (await stage.Db.ReadAsync(db => db.RegistryEntries.CountAsync())).ShouldBe(1);
        (await stage.Db.ReadAsync(db => db.NameConfirmations.CountAsync())).ShouldBe(1);
        (await stage.Cards.GetAsync(card.Card.Id, default))!.Card.State.ShouldBe(CardState.Saved);
    }

    [Fact]
    public async Task Choice_ThatCannotBeKept_IsTold_AndTheCardIsSaved()
    {
        // of a company that the contact does not join
        var elsewhere = (await stage.My.Contacts.AddAsync(new() { Name = "沈知远", Company = "旧东家机械" }, default)).Value.Id;
        var (card, save) = await ChosenAsync();
        var saved = (await stage.SaveAsync(card, save: save with { ContactId = elsewhere, ContactVersion = 1 })).Value;
        saved.LeftOut.ShouldBe([new Error("card.elsewhere", nameof(CardSave.Registered))]);
        (await stage.Db.ReadAsync(db => db.RegistryEntries.CountAsync())).ShouldBe(0);
        (await stage.Db.ReadAsync(db => db.NameConfirmations.CountAsync())).ShouldBe(1);
        // of another's search, or of none
        (card, save) = await ChosenAsync("b", by: stage.Mate);
        saved = (await stage.SaveAsync(card, save: save)).Value;
        saved.LeftOut.Select(e => (e.Code, e.Field)).ShouldBe([("enrichment.candidate", nameof(CardSave.Registered)), ("enrichment.candidate", nameof(CardSave.Confirmed))]);
        // of a company that one may see and not change
        (await stage.Mate.Accounts.AddAsync(new() { Name = "同事的公司" }, default)).Succeeded.ShouldBeTrue();
        (card, save) = await ChosenAsync("c");
        saved = (await stage.SaveAsync(card, save: save with { Text = save.Text with { Name = "另一人", Company = "同事的公司", Mobile = "13800004100" } })).Value;
        saved.LeftOut.ShouldBe([Error.Forbidden with { Field = nameof(CardSave.Registered) }]);
    }

    [Fact]
    public async Task WhatNotesHaveNoRoomFor_StandsInTheTimeline_AndGoesWithTheUndo()
    {
        var full = new string('记', ContactRules.MaxNotes - 5);
        var id = (await stage.My.Contacts.AddAsync(new() { Name = "沈知远", Mobile = "13800004127", Notes = full }, default)).Value.Id;
        var card = await stage.ReadyAsync();
        var saved = (await stage.SaveAsync(card, save: new(card.Text, ContactId: id, ContactVersion: 1))).Value;
        (await stage.My.Contacts.GetAsync(id, default))!.Fields.Notes.ShouldBe(full);
        (await TimelineAsync(id)).ShouldHaveSingleItem().ShouldContain("0574-88240399");
        (await stage.My.History.UndoAsync(saved.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await TimelineAsync(id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task WhatTheCompanyKeepsOtherwise_OrIsNotOnesOwnToChange_StandsInTheNotes()
    {
        (await stage.Mate.Accounts.AddAsync(new() { Name = Company, Website = "https://www.lanyan.example" }, default)).Succeeded.ShouldBeTrue();
        var card = await stage.ReadyAsync();
        var saved = (await stage.SaveAsync(card, card.Text with { CompanyEn = "Lanyan Precision" })).Value;
        var contact = (await stage.My.Contacts.GetAsync(saved.ContactId, default))!;
        contact.Fields.Notes!.Split('\n').ShouldBe(["Fax 0574-88240399", "宁波市鄞州区潘火路266号", "Lanyan Precision"]);
        (await stage.Mate.Accounts.GetAsync(saved.AccountId!.Value, default))!.Fields.Addresses.ShouldBeEmpty();
        // the second time there is nothing new
        card = await stage.ReadyAsync("b");
        saved = (await stage.SaveAsync(card, save: new(card.Text with { CompanyEn = "Lanyan Precision" }, ContactId: contact.Id, ContactVersion: contact.Version))).Value;
        (await stage.My.Contacts.GetAsync(saved.ContactId, default))!.Fields.Notes.ShouldBe(contact.Fields.Notes);
    }

    [Fact]
    public async Task Company_ThatWasChosen_IsTheContacts_AlsoWhereTheCardSpellsItOtherwise()
    {
        var group = (await stage.My.Accounts.AddAsync(new() { Name = "澜岩集团" }, default)).Value.Id;
        var id = (await stage.My.Contacts.AddAsync(new() { Name = "沈知远", Mobile = "13800004127", Company = "旧东家机械" }, default)).Value.Id;
        var card = await stage.ReadyAsync();
        var saved = (await stage.SaveAsync(card, save: new(card.Text, group, id, 1, [CardFieldKind.Company]))).Value;
        saved.AccountId.ShouldBe(group);
        (await stage.My.Contacts.GetAsync(id, default))!.Account!.Id.ShouldBe(group);
        (await stage.My.Accounts.GetAsync(group, default))!.Fields.Website.ShouldBe("https://www.lanyan.example");
        (await stage.Db.ReadAsync(db => db.Accounts.CountAsync(a => a.Name == Company))).ShouldBe(0);
    }

    [Fact]
    public async Task Company_ThatWasDeleted_IsNotNamed_AndTheCardsTakesItsPlace()
    {
        var id = (await stage.My.Contacts.AddAsync(new() { Name = "沈知远", Mobile = "13800004127", Company = "旧东家机械" }, default)).Value.Id;
        (await stage.My.Accounts.DeleteAsync((await stage.My.Contacts.GetAsync(id, default))!.Account!.Id, default)).Succeeded.ShouldBeTrue();
        var card = await stage.ReadyAsync();
        var match = (await stage.Cards.MatchAsync(card.Card.Id, card.Text with { Company = "旧东家机械" }, default))!;
        match.Accounts.ShouldBeEmpty();
        match.Contacts.Single().ShouldSatisfyAllConditions(m => m.Company.ShouldBeNull(), m => m.Present.Company.ShouldBeNull());
        (await stage.SaveAsync(card, save: new(card.Text, ContactId: id, ContactVersion: match.Contacts.Single().Version))).Succeeded.ShouldBeTrue();
        (await stage.My.Contacts.GetAsync(id, default))!.Fields.Company.ShouldBe(Company);
    }

    private async Task<(CardDetail Card, CardSave Save)> ChosenAsync(string key = "a", Acting? by = null)
    {
        var who = by is null ? stage.Rep.Id : (await by.Get<ICurrentUser>().GetAsync(default)).Id;
        var company = new LookUp { UserId = who, Kind = LookUpKind.Company, CreatedAt = stage.Db.Clock.Now, Ask = new(LookUpKind.Company, Company), Found = new("tianyancha", stage.Db.Clock.Now, [new("101", Company, CompanyStatus.Active, "存续", "贺长林", null, null, null, null, null)], []) };
        var person = new LookUp { UserId = who, Kind = LookUpKind.Person, CreatedAt = stage.Db.Clock.Now, Ask = new(LookUpKind.Person, "沈知远"), Found = new("baidu", stage.Db.Clock.Now, [], [new("p1", "沈知远谈质量", "……", "https://news.example/a", null, null)]) };
        await stage.Db.WriteAsync(db => db.LookUps.AddRange(company, person));
        var card = await stage.ReadyAsync(key);
        return (card, new CardSave(card.Text) { Registered = new(company.Id, "101"), Confirmed = new(person.Id, "p1") });
    }

    private async Task<IReadOnlyList<string>> TimelineAsync(Guid id) => [.. (await stage.My.Interactions.TimelineAsync(id, new(), null, 10, default)).Value.Items.Select(i => i.Fields.Content)];
}
