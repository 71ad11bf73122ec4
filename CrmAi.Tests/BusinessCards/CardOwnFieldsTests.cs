using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.BusinessCards;

/// <summary>Fields of the administrator's own that every new contact needs.</summary>
public sealed class CardOwnFieldsTests
{
    [Fact]
    public async Task Card_BecomesAContact_WithWhatIsRequiredBesideIt()
    {
        await using var stage = await CardsStage.SetAsync(new ScriptedCardReader(ScriptedCardReader.Card(ScriptedCardReader.Text())));
        var admin = stage.Db.As(await stage.Db.AddUserAsync(Role.Admin));
        var field = (await admin.Get<ICustomFields>().AddAsync(new() { Target = CustomFieldTarget.Contact, Type = CustomFieldType.Text, Name = "展会", IsRequired = true }, default)).Value.Id;
        var card = await stage.ReadyAsync();
        (await stage.SaveAsync(card)).Errors.Select(e => (e.Code, e.Field)).ShouldBe([("custom.required", CustomFieldRules.FieldName(field))]);
        (await stage.SaveAsync(card, save: new(card.Text) { Custom = new Dictionary<Guid, string> { [Guid.NewGuid()] = "x", [field] = "广交会" } })).Errors.ShouldNotBeEmpty("one of them is no field");
        var saved = await stage.SaveAsync(card, save: new(card.Text) { Custom = new Dictionary<Guid, string> { [field] = "广交会" } });
        saved.Errors.ShouldBeEmpty();
        (await stage.My.Contacts.GetAsync(saved.Value.ContactId, default))!.Fields.Custom[field].ShouldBe("广交会");
        // one that is there already needs no more than it has
        var second = await stage.ReadyAsync("b");
        var match = (await stage.Cards.MatchAsync(second.Card.Id, second.Text, default))!.Contacts[0];
        (await stage.SaveAsync(second, save: new(second.Text, null, match.Id, match.Version))).Errors.ShouldBeEmpty();
    }
}
