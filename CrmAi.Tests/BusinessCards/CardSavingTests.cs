using CrmAi.Domain.AiRuns;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.BusinessCards;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.BusinessCards;

public sealed class CardSavingTests : IAsyncLifetime
{
    private CardsStage stage = null!;

    public async Task InitializeAsync() => stage = await CardsStage.SetAsync(new ScriptedCardReader(ScriptedCardReader.Card(ScriptedCardReader.Text(), CardFieldKind.Tel)));

    public Task DisposeAsync() => stage.DisposeAsync().AsTask();

    [Fact]
    public async Task Ledger_NamesWhomACardWasSavedAs_ToThoseWhoMaySeeIt()
    {
        var card = await stage.ReadyAsync("ledger");
        async Task<string?> NamedAsync(Acting by) => (await by.Get<IAiRuns>().PageAsync(new(Type: AiRunType.Card), null, 10, default)).Value.Items[0].Contact?.Name;
        (await NamedAsync(stage.My)).ShouldBeNull("it is nobody's yet");
        var saved = (await stage.SaveAsync(card)).Value;
        (await NamedAsync(stage.My)).ShouldBe(card.Text.Name);
        (await NamedAsync(stage.Manager)).ShouldBe(card.Text.Name);
        (await stage.My.History.UndoAsync(saved.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await NamedAsync(stage.My)).ShouldBeNull("taken back");
    }

    [Fact]
    public async Task Card_Saved_IsAContactWithItsCompanyAndThePictureAsAPhoto()
    {
        var card = await stage.ReadyAsync();
        (card.Card.State, card.Card.Doubts).ShouldBe((CardState.ToReview, 1));
        var saved = (await stage.SaveAsync(card, card.Text with { TitleEn = "Director of Procurement" })).Value;
        var contact = (await stage.My.Contacts.GetAsync(saved.ContactId, default))!;
        contact.Fields.ShouldSatisfyAllConditions(f => f.Name.ShouldBe("沈知远"), f => f.EnglishName.ShouldBe("Zhiyuan Shen"), f => f.Title.ShouldBe("采购总监 / Director of Procurement"), f => f.Source.ShouldBe(ContactSource.CardScan),
            f => f.Mobile.ShouldBe("13800004127"), f => f.Phone.ShouldBe("0574-88240316"), f => f.Email.ShouldBe("shen.zhiyuan@lanyan.example"));
        var account = (await stage.My.Accounts.GetAsync(contact.Account!.Id, default))!.Fields;
        (account.Name, account.Website, account.Addresses.Single().Text).ShouldBe(("宁波澜岩精密制造有限公司", "https://www.lanyan.example", "宁波市鄞州区潘火路266号"));
        var photo = contact.Photos.ShouldHaveSingleItem();
        (photo.Kind, photo.Source).ShouldBe((PhotoKind.NameCard, PhotoSource.Ocr));
        await using (var picture = (await stage.My.Get<IContactPhotos>().OpenAsync(saved.ContactId, photo.Id, default))!.Content) picture.Length.ShouldBeGreaterThan(0);
        var history = await stage.My.History.OfAsync(nameof(Contact), saved.ContactId, default);
        history.ShouldHaveSingleItem().Command.ShouldBe("card.save");
        history[0].Fields.ShouldContain(new FieldChange("Photos", null, "NameCard"));
        (await stage.Cards.GetAsync(card.Card.Id, default))!.Card.ShouldSatisfyAllConditions(c => c.State.ShouldBe(CardState.Saved), c => c.ContactId.ShouldBe(saved.ContactId));
    }

    [Fact]
    public async Task Save_TakenBack_RestoresEverything_AndTheCardIsThereAgain()
    {
        var card = await stage.ReadyAsync();
        var text = card.Text with { Tel = "0574-88240317", Title = "采购经理" };
        var saved = (await stage.SaveAsync(card, text)).Value;
        (await stage.Cards.CorrectionsAsync(default)).Where(c => c.Corrected > 0).Select(c => (c.Field, c.Corrected, c.Cards, c.Reader)).ShouldBe([(CardFieldKind.Title, 1, 1, "scripted"), (CardFieldKind.Tel, 1, 1, "scripted")], ignoreOrder: true);
        (await stage.My.History.UndoAsync(saved.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await stage.My.Contacts.GetAsync(saved.ContactId, default)).ShouldBeNull();
        (await stage.My.Accounts.SuggestAsync("宁波澜岩", default)).ShouldBeEmpty();
        (await stage.Cards.CorrectionsAsync(default)).ShouldBeEmpty();
        var back = (await stage.Cards.GetAsync(card.Card.Id, default))!;
        (back.Card.State, back.Card.ContactId, back.DecidedBy, back.Text).ShouldBe((CardState.ToReview, null, null, card.Text));
        // its file outlives the photo that was taken back
        stage.Db.Clock.Advance(TimeSpan.FromDays(IHistory.UndoDays + 1));
        await stage.Db.Get<RemovedPhotos>().DeleteAsync(default);
        await using (var picture = (await stage.Cards.PictureAsync(card.Card.Id, default))!.Content) picture.Length.ShouldBeGreaterThan(0);
        (await stage.SaveAsync(back)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Card_OfSomebodyKnown_FillsWhatIsEmpty_AndReplacesOnlyWhatIsChosen()
    {
        var known = (await stage.My.Contacts.AddAsync(new() { Name = "沈知远", Title = "采购经理", Mobile = "+86 138-0000-4127", WeChat = "szy-old" }, default)).Value;
        var card = await stage.ReadyAsync();
        card.Card.IsKnown.ShouldBeTrue();
        var match = (await stage.Cards.MatchAsync(card.Card.Id, card.Text, default))!.Contacts.ShouldHaveSingleItem();
        (match.Id, match.MayChange).ShouldBe((known.Id, true));
        match.By.ShouldBe([DuplicateReason.Mobile, DuplicateReason.Name]);
        match.IsTaken.ShouldBeTrue();
        match.Fields(card.Text, differing: false).ShouldBe([CardFieldKind.NameEn, CardFieldKind.Company, CardFieldKind.Tel, CardFieldKind.Email]);
        match.Fields(card.Text, differing: true).ShouldBe([CardFieldKind.Title]);
        var saved = (await stage.SaveAsync(card, save: new(card.Text, null, match.Id, match.Version))).Value;
        var kept = (await stage.My.Contacts.GetAsync(known.Id, default))!;
        kept.Fields.ShouldSatisfyAllConditions(f => f.Title.ShouldBe("采购经理"), f => f.Mobile.ShouldBe("+86 138-0000-4127"), f => f.WeChat.ShouldBe("szy-old"), f => f.Email.ShouldBe("shen.zhiyuan@lanyan.example"), f => f.Company.ShouldBe("宁波澜岩精密制造有限公司"));
        kept.Photos.ShouldHaveSingleItem().Kind.ShouldBe(PhotoKind.NameCard);
        (await stage.My.History.UndoAsync(saved.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        var before = (await stage.My.Contacts.GetAsync(known.Id, default))!;
        (before.Fields.Email, before.Fields.Company, before.Photos.Count).ShouldBe((null, null, 0));
        var again = (await stage.Cards.GetAsync(card.Card.Id, default))!;
        (await stage.SaveAsync(again, save: new(card.Text, null, known.Id, before.Version, [CardFieldKind.Title]))).Succeeded.ShouldBeTrue();
        (await stage.My.Contacts.GetAsync(known.Id, default))!.Fields.Title.ShouldBe("采购总监");
    }

    [Fact]
    public async Task Save_OfWhatChangedInBetween_IsRefused_AndNothingIsWritten()
    {
        var known = (await stage.My.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var card = await stage.ReadyAsync();
        // two tabs with the same card
        var other = stage.Db.As(stage.Rep).Get<IBusinessCards>();
        var both = await Task.WhenAll(stage.SaveAsync(card), other.SaveAsync(card.Card.Id, card.Card.Version, new(card.Text), default));
        both.Count(r => r.Succeeded).ShouldBe(1);
        both.Single(r => !r.Succeeded).Errors.Single().Code.ShouldBeOneOf("conflict", "card.done");
        (await stage.SaveAsync(card)).Errors.Single().Code.ShouldBe("card.done");
        (await stage.Db.ReadAsync(db => db.Contacts.CountAsync(c => c.Name == "沈知远"))).ShouldBe(1);
        // a contact that was saved, and one that was deleted, while the card was looked over
        var second = await stage.ReadyAsync("b");
        (await stage.SaveAsync(second, save: new(second.Text, null, known.Id, known.Version + 1))).Errors.ShouldBe([Error.Conflict]);
        (await stage.My.Contacts.DeleteAsync(known.Id, default)).Succeeded.ShouldBeTrue();
        (await stage.SaveAsync(second, save: new(second.Text, null, known.Id, known.Version))).Errors.Single().Code.ShouldBe("card.contact.gone");
        (await stage.SaveAsync(second, second.Text with { Name = null, NameEn = null, Email = "x", Website = "no address" })).Errors.Select(e => (e.Code, e.Field))
            .ShouldBe([("contact.name.empty", "Name"), ("email.invalid", "Email"), ("url.invalid", "Website")]);
        (await stage.SaveAsync(second, save: new(second.Text, AccountId: Guid.CreateVersion7()))).Errors.Single().Code.ShouldBe("account.unknown");
        (await stage.Cards.GetAsync(second.Card.Id, default))!.Card.State.ShouldBe(CardState.ToReview);
        (await stage.Db.ReadAsync(db => db.ContactPhotos.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Cards_OfOthers_AreNotThere_ButAManagerSeesTheTeams()
    {
        var card = await stage.ReadyAsync();
        foreach (var other in (Acting[])[stage.Mate, stage.Stranger, stage.Db.As(await stage.Db.AddUserAsync(Domain.Users.Role.SupportAgent))])
        {
            var cards = other.Get<IBusinessCards>();
            (await cards.GetAsync(card.Card.Id, default)).ShouldBeNull();
            (await cards.PictureAsync(card.Card.Id, default)).ShouldBeNull();
            (await cards.MatchAsync(card.Card.Id, card.Text, default)).ShouldBeNull();
            (await cards.OpenAsync(true, default)).ShouldBeEmpty();
            (await cards.PageAsync(new(true), null, 10, default)).Value.Items.ShouldBeEmpty();
            (await cards.SaveAsync(card.Card.Id, card.Card.Version, new(card.Text), default)).Errors.ShouldBe([Error.NotFound]);
            (await cards.DiscardAsync(card.Card.Id, default)).Errors.ShouldBe([Error.NotFound]);
            (await cards.RetryAsync(card.Card.Id, default)).Errors.ShouldBe([Error.NotFound]);
            (await cards.PutOffAsync(card.Card.Id, default)).Errors.ShouldBe([Error.NotFound]);
        }
        var theirs = stage.Manager.Get<IBusinessCards>();
        (await theirs.OpenAsync(false, default)).ShouldBeEmpty();
        (await theirs.OpenAsync(true, default)).ShouldHaveSingleItem().OwnerId.ShouldBe(stage.Rep.Id);
        var saved = (await theirs.SaveAsync(card.Card.Id, card.Card.Version, new(card.Text), default)).Value;
        (await stage.My.Contacts.GetAsync(saved.ContactId, default))!.OwnerId.ShouldBe(stage.Rep.Id);
        (await stage.Stranger.History.UndoAsync(saved.ChangeSetId, default)).Errors.ShouldBe([Error.NotFound]);
        (await stage.My.History.UndoAsync(saved.ChangeSetId, default)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Matches_AreThoseOneMaySee_AndOthersAreToldOfOnlyWhereTheCompanyAllows()
    {
        await using var open = await CardsStage.SetAsync(new ScriptedCardReader(ScriptedCardReader.Card(ScriptedCardReader.Text())), services => Microsoft.Extensions.DependencyInjection.OptionsServiceCollectionExtensions.Configure<CardOptions>(services, o => o.TellsDuplicateOwners = true));
        foreach (var (place, told) in ((CardsStage, bool)[])[(stage, false), (open, true)])
        {
            (await place.Stranger.Contacts.AddAsync(new() { Name = "沈总", Email = "SHEN.zhiyuan@lanyan.example", Visibility = Visibility.Private }, default)).Succeeded.ShouldBeTrue();
            (await place.Mate.Contacts.AddAsync(new() { Name = "沈知远", Company = "宁波澜岩精密制造有限公司" }, default)).Succeeded.ShouldBeTrue();
            (await place.Mate.Contacts.AddAsync(new() { Name = "另一人", Company = "澜岩集团", Email = "info@lanyan.example" }, default)).Succeeded.ShouldBeTrue();
            var card = await place.ReadyAsync();
            var matches = (await place.Cards.MatchAsync(card.Card.Id, card.Text, default))!;
            var match = matches.Contacts.ShouldHaveSingleItem();
            (match.MayChange, match.IsExact, match.IsTaken).ShouldBe((false, true, false));
            match.By.ShouldBe([DuplicateReason.Name, DuplicateReason.Company]);
            matches.Accounts.Select(a => (a.Name, a.By)).ShouldBe([("宁波澜岩精密制造有限公司", AccountReason.Name), ("澜岩集团", AccountReason.Domain)]);
            matches.Elsewhere.Count.ShouldBe(told ? 1 : 0);
            (await place.SaveAsync(card, save: new(card.Text, null, match.Id, match.Version))).Errors.ShouldBe([Error.Forbidden]);
        }
    }

    [Fact]
    public async Task OldCards_GoWhenNothingCanBeTakenBack_AndThePhotoOfTheContactStays()
    {
        var (saved, thrown, waiting) = (await stage.ReadyAsync("a"), await stage.ReadyAsync("b"), await stage.ReadyAsync("c"));
        var contact = (await stage.SaveAsync(saved, saved.Text with { Title = "总监" })).Value.ContactId;
        (await stage.Cards.DiscardAsync(thrown.Card.Id, default)).Succeeded.ShouldBeTrue();
        (await stage.Db.Get<OldCards>().RemoveAsync(default)).ShouldBe(0);
        stage.Db.Clock.Advance(TimeSpan.FromDays(IHistory.UndoDays + 2));
        (await stage.Db.Get<OldCards>().RemoveAsync(default)).ShouldBe(2);
        (await stage.Db.Get<OldCards>().RemoveAsync(default)).ShouldBe(0);
        (await stage.Cards.GetAsync(thrown.Card.Id, default)).ShouldBeNull();
        (await stage.Cards.GetAsync(saved.Card.Id, default))!.ShouldSatisfyAllConditions(c => c.Read.ShouldBeNull(), c => c.Card.HasPicture.ShouldBeFalse());
        (await stage.Cards.CorrectionsAsync(default)).Count(c => c.Corrected > 0).ShouldBe(1);
        var photo = (await stage.My.Contacts.GetAsync(contact, default))!.Photos.Single();
        await using (var picture = (await stage.My.Get<IContactPhotos>().OpenAsync(contact, photo.Id, default))!.Content) picture.Length.ShouldBeGreaterThan(0);
        (await stage.Cards.GetAsync(waiting.Card.Id, default))!.Card.HasPicture.ShouldBeTrue();
        stage.FilesStored().ShouldBe(2);
        (await stage.Db.ReadAsync(db => db.AiRuns.CountAsync(r => r.Type == AiRunType.Card && r.ErrorCode == null))).ShouldBe(3);
    }

    [Fact]
    public async Task Number_ThatIsMaskedForMe_FindsNobody_HoweverOftenItIsGuessed()
    {
        await using var place = await CardsStage.SetAsync(new ScriptedCardReader(ScriptedCardReader.Card(ScriptedCardReader.Text())));
        (await place.Mate.Contacts.AddAsync(new() { Name = "别人", Mobile = "13800004127", Visibility = Domain.Shared.Visibility.Team }, default)).Succeeded.ShouldBeTrue();
        var card = await place.ReadyAsync();
        card.Card.IsKnown.ShouldBeFalse();
        (await place.Cards.MatchAsync(card.Card.Id, new() { Mobile = "13800004127" }, default))!.Contacts.ShouldBeEmpty();
    }

    [Fact]
    public async Task WhoChangedJobs_KeepsTheCompanyLeftOn_AndItKeepsItsOwnWebsite()
    {
        await using var place = await CardsStage.SetAsync(new ScriptedCardReader(ScriptedCardReader.Card(ScriptedCardReader.Text())));
        var id = (await place.My.Contacts.AddAsync(new() { Name = "沈知远", Company = "旧东家机械" }, default)).Value.Id;
        var card = await place.ReadyAsync();
        var text = new CardForm { Name = "沈知远", Company = "新东家机械", Website = "www.new.example", Address = "新城一路 2 号" };
        var saved = await place.SaveAsync(card, save: new(text, ContactId: id, ContactVersion: (await place.My.Contacts.GetAsync(id, default))!.Version));
        saved.Succeeded.ShouldBeTrue();
        saved.Value.AccountId.ShouldBeNull("the card's company is not the contact's");
        (await place.Db.ReadAsync(db => db.Accounts.SingleAsync())).ShouldSatisfyAllConditions(a => a.Name.ShouldBe("旧东家机械"), a => a.Website.ShouldBeNull(), a => a.Addresses.ShouldBeEmpty());
        (await place.My.Contacts.GetAsync(id, default))!.Fields.Notes!.ShouldContain("www.new.example");
    }
}
